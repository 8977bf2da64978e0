/** A straight line through weighted values over a position, by least squares. */
export class LineFit {
  #w = 0;
  #wt = 0;
  #wtt = 0;
  #wv = 0;
  #wtv = 0;

  add(position: number, value: number, weight: number): void {
    this.#w += weight;
    this.#wt += weight * position;
    this.#wtt += weight * position * position;
    this.#wv += weight * value;
    this.#wtv += weight * position * value;
  }

  /** Value at position 0, and what it changes by per position; `null` where all positions are about the same. */
  solve(): { readonly start: number; readonly slope: number } | null {
    const determinant = this.#w * this.#wtt - this.#wt * this.#wt;
    if (!(determinant > 1e-3 * this.#w * this.#w) || this.#w === 0) return null;
    const slope = (this.#w * this.#wtv - this.#wt * this.#wv) / determinant;
    return { slope, start: (this.#wv - slope * this.#wt) / this.#w };
  }
}
