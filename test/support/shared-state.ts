import { type Clocks, createClock, createClocks } from '../../src/clock.js';
import { readAddress } from '../../src/state/redis/address.js';
import { createRedisState } from '../../src/state/redis/redis-state.js';
import type { Simulation, State } from '../../src/state/state.js';
import { suiteAccounts } from '../state/store-suite.js';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

export interface SharedState extends State {
  readonly clocks: Clocks;
}

/** The state of one replica, without a server around it. */
export async function openSharedState(
  url: string,
  { log = silent, ...simulation }: Partial<Simulation> & { log?: typeof silent } = {},
): Promise<SharedState> {
  const clocks = createClocks(createClock());
  const state = createRedisState(
    readAddress(url)!,
    {
      seed: undefined,
      accounts: () => suiteAccounts,
      journalLimits: () => ({ entries: 100, bytes: 1_000_000 }),
      longestCropMs: () => 10_000,
      ...simulation,
    },
    { read: () => JSON.stringify(clocks.state()), replace: (text) => clocks.restore(JSON.parse(text)) },
  );
  await state.open(log);
  return Object.defineProperty(state, 'clocks', { value: clocks }) as SharedState;
}
