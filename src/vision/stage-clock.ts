import { performance } from 'node:perf_hooks';
import type { StageTimings } from './types.js';

/** Books the time since the last stage ended to the stage that ends now. */
export class StageClock {
  readonly timings: Record<keyof StageTimings, number> = {
    decode: 0,
    detect: 0,
    rectify: 0,
    inspect: 0,
    encode: 0,
  };
  readonly #now: () => number;
  #since: number;

  /** @param now milliseconds; the bench counts those of the processor */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  endStage(stage: keyof StageTimings): void {
    const now = this.#now();
    this.timings[stage] += now - this.#since;
    this.#since = now;
  }
}
