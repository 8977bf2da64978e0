import type { OpponentImage } from '../view/opponent-image.js';

/** Offsets of a profile across a side: −10 … 10 pixels, inwards. */
const near = 10;
const taps = 2 * near + 1;

/** The colours across one side, at the point of it that was read last and in sum over all of them. One may serve many sides, each after the other. */
export class SideProfile {
  readonly #here = new Float64Array(taps * 3);
  readonly #total = new Float64Array(taps * 3);
  #count = 0;

  /** Forgets the side before. */
  begin(): void {
    this.#total.fill(0);
    this.#count = 0;
  }

  /** Reads the colours across the side at one point of it; `nx`, `ny` point inwards. */
  read(image: OpponentImage, x: number, y: number, nx: number, ny: number): void {
    const { data } = image;
    const here = this.#here;
    const total = this.#total;
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
      here[to] = c0;
      here[to + 1] = c1;
      here[to + 2] = c2;
      total[to]! += c0;
      total[to + 1]! += c1;
      total[to + 2]! += c2;
    }
    this.#count++;
  }

  /** The strongest change over four pixels right at the side, at the point read last. */
  stepHere(): number {
    let strongest = 0;
    for (let k = near - 1; k <= near + 1; k++) {
      strongest = Math.max(strongest, squaredStep(this.#here, k, 2));
    }
    return Math.sqrt(strongest);
  }

  /** One channel of the strip two to four pixels inside (1) or outside (−1), at the point read last. */
  stripHere(side: 1 | -1, channel: number): number {
    const second = (near + 2 * side) * 3 + channel;
    const here = this.#here;
    return (here[second]! + here[second + 3 * side]! + here[second + 6 * side]!) / 3;
  }

  /** How much the edge of the side's mean profile stands out against the next one beside it: 0 to 1. */
  dominance(): number {
    const centre = this.#strongestStep(near - 2, near + 2);
    const beside = Math.max(this.#strongestStep(2, near - 3), this.#strongestStep(near + 3, taps - 3));
    return centre / Math.max(1e-6 * this.#count, centre + beside);
  }

  /** How far the side's mean profile differs between seven to ten pixels inside and outside: nothing at a printed line. */
  wideContrast(): number {
    const total = this.#total;
    let squared = 0;
    for (let channel = 0; channel < 3; channel++) {
      let difference = 0;
      for (let reach = near - 3; reach <= near; reach++) {
        difference += total[(near + reach) * 3 + channel]! - total[(near - reach) * 3 + channel]!;
      }
      squared += (difference / (4 * this.#count)) ** 2;
    }
    return Math.sqrt(squared);
  }

  #strongestStep(first: number, last: number): number {
    let strongest = 0;
    for (let k = first; k <= last; k++) strongest = Math.max(strongest, squaredStep(this.#total, k, 1));
    return Math.sqrt(strongest);
  }
}

function squaredStep(colours: Float64Array, k: number, reach: number): number {
  const a = (k + reach) * 3;
  const b = (k - reach) * 3;
  const d0 = colours[a]! - colours[b]!;
  const d1 = colours[a + 1]! - colours[b + 1]!;
  const d2 = colours[a + 2]! - colours[b + 2]!;
  return d0 * d0 + d1 * d1 + d2 * d2;
}
