import type { Identifiers } from './identifiers.js';
import { AccountRecords } from './memory/account-records.js';
import { accountMethods } from './memory/accounts.js';
import { queueMethods } from './memory/queue.js';
import { TokenRecords } from './memory/token-records.js';
import { tokenMethods } from './memory/tokens.js';
import { trialMethods } from './memory/trials.js';
import type { StoreSnapshot } from './snapshot.js';
import type { Account, Store } from './store.js';

/** Everything in this process; nothing survives it. Each method runs to its end before another starts: atomic by construction. */
export function createMemoryStore(seeds: readonly Account[], identifiers: Identifiers): Store {
  const accounts = new AccountRecords();
  const tokens = new TokenRecords();
  accounts.start(seeds);

  return {
    ...accountMethods(accounts, tokens),
    ...tokenMethods(accounts, tokens, identifiers),
    ...trialMethods(tokens, identifiers),
    ...queueMethods(accounts),

    reset: async () => {
      tokens.restore([]);
      accounts.start(accounts.configured);
    },

    // Copies: no caller holds what the store holds.
    snapshot: async () =>
      copyOf({ configured: accounts.configured, accounts: accounts.all(), tokens: tokens.all() }),

    restore: async (snapshot) => {
      const copy = copyOf(snapshot);
      accounts.restore(copy.configured, copy.accounts);
      tokens.restore(copy.tokens);
    },
  };
}

/** A snapshot is JSON. (`structuredClone` is missing in some test environments.) */
const copyOf = (snapshot: StoreSnapshot): StoreSnapshot => JSON.parse(JSON.stringify(snapshot));
