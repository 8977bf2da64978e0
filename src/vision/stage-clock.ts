import type { StageTimings } from './types.js';

/** Books the time since the last stage ended to the stage that ends now. */
export class StageClock {
  readonly timings: Record<keyof StageTimings, number> = { decode: 0, detect: 0, rectify: 0, encode: 0 };
  #since = performance.now();

  endStage(stage: keyof StageTimings): void {
    const now = performance.now();
    this.timings[stage] += now - this.#since;
    this.#since = now;
  }
}
