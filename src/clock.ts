import Type, { type Static } from 'typebox';
import type { Frozen } from './frozen.js';

/** Everything that asks for the time asks this clock, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Stops at the given time, or where it stands. */
  freeze(atMs?: number): void;
  /** Goes on from the given time, or from where it stands. */
  set(atMs?: number): void;
  /** Moves by so many milliseconds, frozen or not. */
  advance(byMs: number): void;
  /** Back to real time. */
  reset(): void;
  readonly frozen: boolean;
  /** How it stands to the time that it is made from. */
  state(): ClockState;
  restore(state: ClockState): void;
}

/** What an ISO date with a year of four digits can say: 0000 to 9999. */
const firstMs = Date.parse('0000-01-01T00:00:00.000Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

export const isWritable = (atMs: number) => atMs >= firstMs && atMs <= lastMs;

/** ISO 8601. Times beyond, as clocks that were moved may come to, are written as the nearest that can be. */
export const formatTime = (atMs: number): string =>
  new Date(Math.min(lastMs, Math.max(firstMs, atMs))).toISOString();

/** As this file is loaded: a test may put another in its place. */
const realNow = Date.now;

/** Of an ISO 8601 text; NaN for any other. */
export const readTime = (text: string): number => Date.parse(text);

const clockState = Type.Object({
  offsetMs: Type.Number(),
  frozenAtMs: Type.Union([Type.Number(), Type.Null()]),
});
export type ClockState = Frozen<Static<typeof clockState>>;

const real: ClockState = { offsetMs: 0, frozenAtMs: null };

export function createClock(source: () => number = realNow): Clock {
  let state = real;
  const now = () => state.frozenAtMs ?? source() + state.offsetMs;
  return {
    now,
    freeze: (atMs = now()) => {
      state = { ...state, frozenAtMs: atMs };
    },
    set: (atMs = now()) => {
      state = { offsetMs: atMs - source(), frozenAtMs: null };
    },
    advance: (byMs) => {
      const { offsetMs, frozenAtMs } = state;
      state =
        frozenAtMs === null
          ? { offsetMs: offsetMs + byMs, frozenAtMs }
          : { offsetMs, frozenAtMs: frozenAtMs + byMs };
    },
    reset: () => {
      state = real;
    },
    get frozen() {
      return state.frozenAtMs !== null;
    },
    state: () => state,
    restore: (earlier) => {
      state = earlier;
    },
  };
}

/** The server's clock, and one for each account that runs on it, so that tests side by side can each have their own time. */
export interface Clocks {
  readonly server: Clock;
  of(username: string): Clock;
  /** Lets an account's clock run with the server's again. */
  reset(username: string): void;
  resetAll(): void;
  state(): ClocksState;
  restore(state: ClocksState): void;
}

export const clocksState = Type.Object({
  server: clockState,
  accounts: Type.Record(Type.String(), clockState),
});
export type ClocksState = Frozen<Static<typeof clocksState>>;

export function createClocks(server: Clock): Clocks {
  const accounts = new Map<string, Clock>();

  function clockOf(username: string): Clock {
    const clock = accounts.get(username) ?? createClock(server.now);
    accounts.set(username, clock);
    return clock;
  }

  return {
    server,
    of: clockOf,
    reset: (username) => {
      accounts.delete(username);
    },
    resetAll: () => {
      accounts.clear();
      server.reset();
    },
    state: () => ({
      server: server.state(),
      accounts: Object.fromEntries(
        [...accounts]
          .map(([username, clock]) => [username, clock.state()] as const)
          .filter(([, { offsetMs, frozenAtMs }]) => offsetMs !== 0 || frozenAtMs !== null),
      ),
    }),
    restore: (state) => {
      server.restore(state.server);
      accounts.clear();
      for (const [username, clock] of Object.entries(state.accounts)) clockOf(username).restore(clock);
    },
  };
}
