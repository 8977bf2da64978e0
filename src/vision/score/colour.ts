/** A colour of an `OpponentImage`: luma, red against green, yellow against blue. */
export type Colour = [number, number, number];

export function colourDistance(a: Colour, b: Colour): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

export function meanColour(colours: readonly Colour[]): Colour {
  const count = Math.max(1, colours.length);
  const mean = (c: 0 | 1 | 2): number => colours.reduce((sum, colour) => sum + colour[c], 0) / count;
  return [mean(0), mean(1), mean(2)];
}

/** Sums of colours and of their squares. */
export class ColourTally {
  readonly #sum: Colour = [0, 0, 0];
  readonly #squares: Colour = [0, 0, 0];
  #count = 0;

  add(c0: number, c1: number, c2: number): void {
    this.#sum[0] += c0;
    this.#sum[1] += c1;
    this.#sum[2] += c2;
    this.#squares[0] += c0 * c0;
    this.#squares[1] += c1 * c1;
    this.#squares[2] += c2 * c2;
    this.#count++;
  }

  mean(): Colour {
    const count = Math.max(1, this.#count);
    return [this.#sum[0] / count, this.#sum[1] / count, this.#sum[2] / count];
  }

  /** Standard deviation of the three channels together. */
  spread(): number {
    const mean = this.mean();
    const count = Math.max(1, this.#count);
    let variance = 0;
    for (let c = 0; c < 3; c++) variance += Math.max(0, this.#squares[c]! / count - mean[c]! * mean[c]!);
    return Math.sqrt(variance);
  }
}
