/**
 * Photos that wait for one of so many workers, first come, first served. Piscina has a queue of its own, but (5.3) tasks that can be
 * aborted do not keep their order in it: with `stricterFIFO` the last comes first.
 */
export class WaitingRoom {
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(workers: number) {
    this.#free = workers;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /**
   * @param callIn called once, now or when a worker has become free; `leave` has to be called after it
   * @returns what takes the photo out of the room, if it has not been called in
   */
  enter(callIn: () => void): () => void {
    if (this.#free > 0) {
      this.#free--;
      callIn();
    } else {
      this.#waiting.add(callIn);
    }
    return () => this.#waiting.delete(callIn);
  }

  /** The worker is free for the next. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free++;
    } else {
      this.#waiting.delete(next);
      next();
    }
  }
}
