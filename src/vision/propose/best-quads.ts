/** Keeps the best of very many sets of four lines, without sorting or even storing most of them. */
export class BestQuads {
  /** What scores no more than this has no chance any more. */
  floor = 0;
  readonly #most: number;
  readonly #sides: Int32Array;
  readonly #scores: Float64Array;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
    this.#sides = new Int32Array(8 * most);
    this.#scores = new Float64Array(2 * most);
  }

  add(i: number, j: number, k: number, l: number, score: number): void {
    this.#put(this.#count++, i, j, k, l, score);
    if (this.#count === 2 * this.#most) this.#dropHalf();
  }

  /** Line numbers of the four sides, best first: i and j opposite each other, k and l across. */
  *sorted(): Generator<readonly [i: number, j: number, k: number, l: number]> {
    for (const place of this.#order().slice(0, this.#most)) {
      const at = 4 * place;
      const sides = this.#sides;
      yield [sides[at]!, sides[at + 1]!, sides[at + 2]!, sides[at + 3]!];
    }
  }

  #put(place: number, i: number, j: number, k: number, l: number, score: number): void {
    this.#sides[4 * place] = i;
    this.#sides[4 * place + 1] = j;
    this.#sides[4 * place + 2] = k;
    this.#sides[4 * place + 3] = l;
    this.#scores[place] = score;
  }

  #order(): Int32Array {
    const scores = this.#scores;
    // of equals the one that came first, so that the order does not depend on when halves were dropped
    return Int32Array.from({ length: this.#count }, (_, place) => place).sort(
      (a, b) => scores[b]! - scores[a]! || a - b,
    );
  }

  #dropHalf(): void {
    const kept = this.#order().subarray(0, this.#most).sort();
    this.floor = Number.POSITIVE_INFINITY;
    kept.forEach((from, to) => {
      const at = 4 * from;
      const sides = this.#sides;
      const score = this.#scores[from]!;
      this.floor = Math.min(this.floor, score);
      this.#put(to, sides[at]!, sides[at + 1]!, sides[at + 2]!, sides[at + 3]!, score);
    });
    this.#count = this.#most;
  }
}
