import type { Identifiers } from '../identifiers.js';
import type { Counter } from '../snapshot.js';
import type { Store } from '../store.js';
import type { TokenRecords } from './token-records.js';

type TrialMethods = Pick<Store, 'takeTrial' | 'keepTrial' | 'returnTrial' | 'countTrials' | 'setTrials'>;

const noCounter: Counter = { spent: 0, calls: 0 };

/** What each token has left for each service. */
export function trialMethods(tokens: TokenRecords, identifiers: Identifiers): TrialMethods {
  function counterOf(accessToken: string, service: string): Counter {
    const { counters = {} } = tokens.find(accessToken) ?? {};
    return (Object.hasOwn(counters, service) ? counters[service] : undefined) ?? noCounter;
  }

  function count(accessToken: string, service: string, change: Partial<Counter>): void {
    const counter = { ...counterOf(accessToken, service), ...change };
    tokens.change(accessToken, { counters: { ...tokens.find(accessToken)?.counters, [service]: counter } });
  }

  return {
    takeTrial: async (accessToken, service, given) => {
      const { spent: before, calls: earlier, limit = given } = counterOf(accessToken, service);
      const taken = before < limit;
      const spent = before + (taken ? 1 : 0);
      const calls = earlier + 1;
      count(accessToken, service, { spent, calls });
      const transactionId = identifiers.transaction(accessToken, service, calls);
      const hold = `${tokens.birthOf(accessToken)}`;
      return { taken, transactionId, remaining: Math.max(0, limit - spent), hold };
    },

    // Whoever holds it dies together with this store.
    keepTrial: async () => true,

    // To the token that it was taken from: a reset in between may have made another of the same name.
    returnTrial: async (accessToken, service, hold) => {
      const { spent } = counterOf(accessToken, service);
      if (spent > 0 && hold === `${tokens.birthOf(accessToken)}`)
        count(accessToken, service, { spent: spent - 1 });
    },

    countTrials: async (accessToken, service, given) => {
      const { spent, limit = given } = counterOf(accessToken, service);
      return Math.max(0, limit - spent);
    },

    setTrials: async (accessToken, service, remaining) =>
      count(accessToken, service, { limit: counterOf(accessToken, service).spent + remaining }),
  };
}
