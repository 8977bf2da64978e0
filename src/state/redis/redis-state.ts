import { randomUUID } from 'node:crypto';
import { clearInterval, setInterval } from '../../real-time.js';
import { createIdentifiers, type Identifiers } from '../identifiers.js';
import type { Simulation, State, StateLog } from '../state.js';
import { configureAccounts } from './accounts.js';
import type { Address } from './address.js';
import { createConnection, type Run } from './connection.js';
import { type Copy, createSharedControls } from './controls.js';
import { createRedisJournal } from './journal.js';
import { createRedisStore } from './redis-store.js';
import { script } from './script.js';

/** The first seed holds. */
const agreeOnSeed = script(`
call('SET', p .. 'seed', A[1], 'NX')
keep(p .. 'seed')
return call('GET', p .. 'seed')
`);

const stayAlive = script(`
for _, key in ipairs({'seed', 'controls', 'seq', 'configured', 'accounts', 'clients', 'bundles', 'tokens', 'refresh', 'holds',
  'held', 'kept', 'journal', 'journal:facts'}) do keep(p .. key) end
for _, username in ipairs(call('ZRANGE', p .. 'accounts', 0, -1)) do
  for _, key in ipairs({'account:', 'queue:', 'tokens:'}) do keep(p .. key .. username) end
end
for _, name in ipairs(call('ZRANGE', p .. 'tokens', 0, -1)) do keep(p .. 'token:' .. name) end
`);

class OtherSeed extends Error {
  override readonly name = 'OtherSeed';
  override readonly message =
    'it was begun with another seed; leave the setting seed out, or give the state another prefix (redis://…?prefix=…)';
}

/** Everything on a Redis or Valkey server, the same for all replicas. Memory keeps the clocks and changed settings besides. */
export function createRedisState(address: Address, simulation: Simulation, copy: Copy): State {
  const connection = createConnection(address, (error) => !(error instanceof OtherSeed));
  const { run } = connection;
  const leaseMs = () => simulation.longestCropMs() + leewayMs;
  const fresh = copy.read();
  let log: StateLog | undefined;
  let known: { readonly seed: string; readonly identifiers: Identifiers } | undefined;
  let lostEntries = 0;

  const identifiers = () => opened(known).identifiers;
  const store = createRedisStore(run, identifiers, leaseMs);
  const controls = createSharedControls(run, copy, () => begin(run));
  const journal = createRedisJournal(run, simulation.journalLimits, () => {
    lostEntries += 1;
  });
  let living: ReturnType<typeof setInterval> | undefined;

  /** What has to be there before anything else; the first replica makes it, and whoever comes to a server that has forgotten it. */
  async function begin(by: Run): Promise<void> {
    const seed = String(await by(agreeOnSeed, simulation.seed ?? randomUUID()));
    if (simulation.seed !== undefined && seed !== simulation.seed) throw new OtherSeed();
    if (known?.seed !== seed) known = { seed, identifiers: createIdentifiers(seed) };
    await controls.begin(by, fresh);
    await configureAccounts(by, simulation.accounts());
    await store.repay(by);
    if (lostEntries > 0)
      log?.warn({ requests: lostEntries }, 'the journal lacks requests that ended meanwhile');
    lostEntries = 0;
  }

  return {
    get seed() {
      return opened(known).seed;
    },
    get identifiers() {
      return identifiers();
    },
    store,
    controls,
    journal,
    get problem() {
      return connection.problem;
    },
    open: async (to) => {
      log = to;
      await connection.open(to, begin);
      living = setInterval(
        () => {
          run(stayAlive).catch(() => {}); // Later, then: there are three more times before anything expires.
        },
        Math.min(longestTimerMs, address.ttlSeconds * 250),
      );
      living.unref();
    },
    close: async () => {
      clearInterval(living);
      await connection.close();
    },
  };
}

/** For answers on their way. */
const leewayMs = 5000;
/** Node's timers take no more. */
const longestTimerMs = 2 ** 31 - 1;

function opened<Known>(known: Known | undefined): Known {
  if (known === undefined) throw new Error('the shared state is not open yet');
  return known;
}
