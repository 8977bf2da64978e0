import type { OpponentImage } from '../view/opponent-image.js';

/** Offsets of a profile across a side: −10 … 10 pixels, inwards. */
const near = 10;
const taps = 2 * near + 1;

// Scratch space: scoring is synchronous and looks at one side at a time.
const profile = new Float64Array(taps * 3);
const total = new Float64Array(taps * 3);

export function startSide(): void {
  total.fill(0);
}

/** Reads the colours across a side at one point of it; `nx`, `ny` point inwards. */
export function readProfile(image: OpponentImage, x: number, y: number, nx: number, ny: number): void {
  const { data } = image;
  const right = image.width - 1;
  const bottom = image.height - 1;
  // 0.5 rounds, the truncation that follows needs positive numbers: positions are clamped first
  const startX = x - nx * near + 0.5;
  const startY = y - ny * near + 0.5;
  for (let k = 0, to = 0; k < taps; k++, to += 3) {
    const px = Math.min(right, Math.max(0, startX + nx * k)) | 0;
    const py = Math.min(bottom, Math.max(0, startY + ny * k)) | 0;
    const i = image.at(px, py);
    const c0 = data[i]!;
    const c1 = data[i + 1]!;
    const c2 = data[i + 2]!;
    profile[to] = c0;
    profile[to + 1] = c1;
    profile[to + 2] = c2;
    total[to]! += c0;
    total[to + 1]! += c1;
    total[to + 2]! += c2;
  }
}

/** The strongest change over four pixels right at the side. */
export function stepAtSide(): number {
  let strongest = 0;
  for (let k = near - 1; k <= near + 1; k++) strongest = Math.max(strongest, squaredStep(profile, k, 2));
  return Math.sqrt(strongest);
}

/** One channel of the strip two to four pixels inside (1) or outside (−1). */
export function stripValue(side: 1 | -1, channel: number): number {
  const second = (near + 2 * side) * 3 + channel;
  return (profile[second]! + profile[second + 3 * side]! + profile[second + 6 * side]!) / 3;
}

/** How much the edge of the mean profile of `count` points stands out against the next one beside it: 0 to 1. */
export function dominance(count: number): number {
  const centre = strongestMeanStep(near - 2, near + 2);
  const beside = Math.max(strongestMeanStep(2, near - 3), strongestMeanStep(near + 3, taps - 3));
  return centre / Math.max(1e-6 * count, centre + beside);
}

/** How far the mean profile of `count` points differs between seven to ten pixels inside and outside: nothing at a printed line. */
export function wideContrast(count: number): number {
  let squared = 0;
  for (let channel = 0; channel < 3; channel++) {
    let difference = 0;
    for (let reach = near - 3; reach <= near; reach++) {
      difference += total[(near + reach) * 3 + channel]! - total[(near - reach) * 3 + channel]!;
    }
    squared += (difference / (4 * count)) ** 2;
  }
  return Math.sqrt(squared);
}

function strongestMeanStep(first: number, last: number): number {
  let strongest = 0;
  for (let k = first; k <= last; k++) strongest = Math.max(strongest, squaredStep(total, k, 1));
  return Math.sqrt(strongest);
}

function squaredStep(colours: Float64Array, k: number, reach: number): number {
  const a = (k + reach) * 3;
  const b = (k - reach) * 3;
  const d0 = colours[a]! - colours[b]!;
  const d1 = colours[a + 1]! - colours[b + 1]!;
  const d2 = colours[a + 2]! - colours[b + 2]!;
  return d0 * d0 + d1 * d1 + d2 * d2;
}
