import { roundUp } from './channels.js';

interface Block {
  readonly at: number;
  readonly end: number;
}

/** Hands out stretches of a memory, the first that is free and large enough each time. */
export class Places {
  readonly #start: number;
  /** In the order in which they lie. */
  readonly #taken: Block[] = [];
  /** As much memory has been needed so far. */
  end: number;

  constructor(start: number) {
    this.#start = this.end = start;
  }

  take(bytes: number): number {
    const needed = roundUp(Math.max(1, bytes), 64); // whole lines of the processor's cache
    let at = this.#start;
    let index = 0;
    for (; index < this.#taken.length; index++) {
      const next = this.#taken[index]!;
      if (next.at - at >= needed) break;
      at = next.end;
    }
    this.#taken.splice(index, 0, { at, end: at + needed });
    this.end = Math.max(this.end, at + needed);
    return at;
  }

  give(at: number): void {
    this.#taken.splice(
      this.#taken.findIndex((block) => block.at === at),
      1,
    );
  }
}
