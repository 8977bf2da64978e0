/** Everything that asks for the time asks this clock, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Stops at the given time, or where it stands. */
  freeze(atMs?: number): void;
  /** Goes on from the given time. */
  set(atMs: number): void;
  /** Moves by so many milliseconds, frozen or not. */
  advance(byMs: number): void;
  /** Back to real time. */
  reset(): void;
  readonly frozen: boolean;
}

export function createClock(real: () => number = Date.now): Clock {
  let offsetMs = 0;
  let frozenAtMs: number | undefined;
  const now = () => frozenAtMs ?? real() + offsetMs;
  return {
    now,
    freeze: (atMs = now()) => {
      frozenAtMs = atMs;
    },
    set: (atMs) => {
      frozenAtMs = undefined;
      offsetMs = atMs - real();
    },
    advance: (byMs) => {
      if (frozenAtMs === undefined) offsetMs += byMs;
      else frozenAtMs += byMs;
    },
    reset: () => {
      offsetMs = 0;
      frozenAtMs = undefined;
    },
    get frozen() {
      return frozenAtMs !== undefined;
    },
  };
}
