/** A terminal, or something that is none. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shorter work needs no word about it. */
const patienceMs = 1000;
const eraseLine = '\r\u001b[K';

/** One line on a terminal about work that takes longer than a second; it is gone when the work is done. */
export class Progress {
  readonly #total: number;
  readonly #screen: Screen;
  readonly #now: () => number;
  readonly #startedMs: number;
  #done = 0;
  #shown = false;

  constructor(total: number, screen: Screen = process.stderr, now = () => performance.now()) {
    this.#total = total;
    this.#screen = screen;
    this.#now = now;
    this.#startedMs = now();
  }

  get ms(): number {
    return this.#now() - this.#startedMs;
  }

  /** @param long known to take more than a second, and this thread with it */
  begin(name: string, long = false): void {
    if (!this.#screen.isTTY || !(long || this.ms >= patienceMs)) return;
    const line = this.#total > 1 ? `${this.#done + 1}/${this.#total} ${name}` : `${name} …`;
    this.#screen.write(`${eraseLine}${line.slice(0, (this.#screen.columns || 80) - 1)}`);
    this.#shown = true;
  }

  end(): void {
    this.#done++;
    this.clear();
  }

  /** Before anything else is written to the terminal. */
  clear(): void {
    if (this.#shown) this.#screen.write(eraseLine);
    this.#shown = false;
  }
}
