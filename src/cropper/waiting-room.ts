/**
 * Photos that wait for one of so many workers, first come, first served. Piscina has a queue of its own, but (5.3) tasks that can be
 * aborted do not keep their order in it: with `stricterFIFO` the last comes first.
 */
export class WaitingRoom {
  /** With the bytes of the photo. */
  readonly #waiting = new Map<() => void, number>();
  readonly #workers: number;
  #free: number;
  #bytes = 0;

  constructor(workers: number) {
    this.#workers = workers;
    this.#free = workers;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Of the photos that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Photos that were called in, and have not left. */
  get busy(): number {
    return this.#workers - this.#free;
  }

  /**
   * @param callIn called once, now or when a worker has become free; `leave` has to be called after it
   * @returns what takes the photo out of the room, if it has not been called in
   */
  enter(callIn: () => void, bytes = 0): () => void {
    if (this.#free > 0) {
      this.#free--;
      callIn();
    } else {
      this.#waiting.set(callIn, bytes);
      this.#bytes += bytes;
    }
    return () => this.#takeOut(callIn);
  }

  /** The worker is free for the next. */
  leave(): void {
    const [next] = this.#waiting.keys();
    if (next === undefined) {
      this.#free++;
    } else {
      this.#takeOut(next);
      next();
    }
  }

  #takeOut(callIn: () => void): void {
    this.#bytes -= this.#waiting.get(callIn) ?? 0;
    this.#waiting.delete(callIn);
  }
}
