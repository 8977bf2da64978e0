import type { Gradients } from './gradients.js';

/** Votes for lines, by direction of the normal (bins of a degree) and distance from the origin. */
export interface VoteSpace {
  /** Two per cell, direction by direction: faint edges count in the first, strong ones in the second. */
  readonly votes: Float32Array;
  readonly offsetBins: number;
  /** Bins of opposite offsets add up to this. */
  readonly mirror: number;
  /** Offset of the first bin. */
  readonly lowest: number;
}

export interface Peak {
  /** Of the normal, 0 to π. */
  readonly angle: number;
  readonly offset: number;
  readonly strength: number;
}

/** A strong edge is one of so many times the strength that counts at all. */
export const strongGain = 6;

const angleBins = 180;
const angleStep = Math.PI / angleBins;
const offsetStep = 1.5;
/** How far off the gradient's direction may be from the line's normal, in bins of a degree. */
const angleSlack = 3;
/** Weakest gradient that votes, as a share of a full one: faint borders are found by their length. */
const weakest = 0.3;

const cosines = Float64Array.from({ length: angleBins }, (_, bin) => Math.cos(bin * angleStep));
const sines = Float64Array.from({ length: angleBins }, (_, bin) => Math.sin(bin * angleStep));
const tangents = 512;
/** Degrees by tangent, up to 45. */
const degrees = Float32Array.from({ length: tangents + 1 }, (_, i) => Math.atan(i / tangents) / angleStep);

/**
 * A Hough transform in which every edge pixel votes with its saturated strength, and only for the directions that its
 * own gradient allows: a tenth of the votes of the classical one, and faint but long borders win over short strong
 * ones (after Ballard 1981 and the "advanced Hough" of Tropin et al. 2021).
 */
export function vote({ x: gx, y: gy, width, height }: Gradients, fullGradient: number): VoteSpace {
  const reach = Math.hypot(width, height);
  const lowest = -reach;
  const offsetBins = Math.ceil((2 * reach) / offsetStep) + 2;
  const votes = new Float32Array(2 * angleBins * offsetBins);
  const least = (weakest * fullGradient) ** 2;
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2, i = y * width + 2; x < width - 2; x++, i++) {
      const dx = gx[i]!;
      const dy = gy[i]!;
      const squared = dx * dx + dy * dy;
      if (squared < least || !isSteepestAcross(gx, gy, i, width, dx, dy, squared)) continue;
      const size = Math.sqrt(squared);
      const faint = size / (size + fullGradient);
      const strong = size / (size + strongGain * fullGradient);
      const middle = normalBin(dx, dy) + angleBins;
      for (let bin = middle - angleSlack; bin <= middle + angleSlack; bin++) {
        const direction = bin % angleBins;
        const offset = (x * cosines[direction]! + y * sines[direction]! - lowest) / offsetStep;
        const share = offset - (offset | 0);
        const cell = 2 * (direction * offsetBins + (offset | 0));
        votes[cell]! += faint * (1 - share);
        votes[cell + 1]! += strong * (1 - share);
        votes[cell + 2]! += faint * share;
        votes[cell + 3]! += strong * share;
      }
    }
  }
  return { votes, offsetBins, mirror: Math.round((2 * reach) / offsetStep), lowest };
}

/** The bin of the direction in which the gradient points, whichever way round; by table, as atan2 takes as long as a vote. */
function normalBin(dx: number, dy: number): number {
  const ax = Math.abs(dx);
  const ay = Math.abs(dy);
  const acute = ax >= ay ? degrees[(tangents * (ay / ax)) | 0]! : 90 - degrees[(tangents * (ax / ay)) | 0]!;
  return (dx * dy < 0 ? 180.5 - acute : 0.5 + acute) | 0;
}

/** Is the gradient no weaker than at both neighbours across the edge? */
function isSteepestAcross(
  gx: Float32Array,
  gy: Float32Array,
  i: number,
  width: number,
  dx: number,
  dy: number,
  squared: number,
): boolean {
  const ax = Math.abs(dx);
  const ay = Math.abs(dy);
  const horizontal = ay > 2.414 * ax ? 0 : dx > 0 ? 1 : -1;
  const vertical = ax > 2.414 * ay ? 0 : dy > 0 ? width : -width;
  const ahead = i + horizontal + vertical;
  const behind = i - horizontal - vertical;
  return (
    gx[ahead]! * gx[ahead]! + gy[ahead]! * gy[ahead]! <= squared &&
    gx[behind]! * gx[behind]! + gy[behind]! * gy[behind]! < squared
  );
}

/** The cells that no neighbour outvotes, most votes first; by the votes of faint edges or of strong ones. */
export function findPeaks(space: VoteSpace, kind: 'faint' | 'strong', least: number): Peak[] {
  const { votes, offsetBins, lowest } = space;
  const plane = kind === 'faint' ? 0 : 1;
  const peaks: Peak[] = [];
  for (let bin = 0; bin < angleBins; bin++) {
    for (let cell = 2; cell < offsetBins - 2; cell++) {
      const strength = votes[2 * (bin * offsetBins + cell) + plane]!;
      if (strength < least || !isPeak(space, plane, bin, cell, strength)) continue;
      peaks.push({ angle: bin * angleStep, offset: lowest + cell * offsetStep, strength });
    }
  }
  return peaks.sort((a, b) => b.strength - a.strength);
}

function isPeak(
  { votes, offsetBins, mirror }: VoteSpace,
  plane: number,
  bin: number,
  cell: number,
  strength: number,
): boolean {
  for (let da = -2; da <= 2; da++) {
    const other = bin + da;
    const flipped = other < 0 || other >= angleBins; // half a turn on, offsets change their sign
    const row = ((other + angleBins) % angleBins) * offsetBins;
    for (let d = -2; d <= 2; d++) {
      if (da === 0 && d === 0) continue;
      const at = flipped ? mirror - (cell + d) : cell + d;
      if (at < 0 || at >= offsetBins) continue;
      const neighbour = votes[2 * (row + at) + plane]!;
      if (neighbour > strength || (neighbour === strength && (da > 0 || (da === 0 && d > 0)))) return false;
    }
  }
  return true;
}
