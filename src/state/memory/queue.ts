import type { QueuedScenario } from '../snapshot.js';
import type { Store } from '../store.js';
import type { AccountRecords } from './account-records.js';

type QueueMethods = Pick<Store, 'beginCall' | 'readQueue' | 'writeQueue' | 'enqueue'>;

/** The calls of an account, and what was queued for them. */
export const queueMethods = (accounts: AccountRecords): QueueMethods => ({
  beginCall: async (username, endpoint, takesQueued) => {
    const record = accounts.find(username);
    if (record === undefined) return { n: 1 };
    const { account, calls, queue } = record;
    const n = calls[endpoint] + 1;
    const item = takesQueued ? queue.find((queued) => queued.endpoint === endpoint) : undefined;
    accounts.count(username, { calls: { ...calls, [endpoint]: n }, queue: withoutOneOf(item, queue) });
    return { n, account, ...(item && { queued: item.scenario }) };
  },

  readQueue: async (username) => accounts.find(username)?.queue ?? [],
  writeQueue: async (username, queue) => accounts.count(username, { queue }),

  enqueue: async (username, items) =>
    accounts.count(username, { queue: [...(accounts.find(username)?.queue ?? []), ...items] }),
});

function withoutOneOf(item: QueuedScenario | undefined, queue: readonly QueuedScenario[]) {
  if (item === undefined) return queue;
  return queue.flatMap((queued) => {
    if (queued !== item) return [queued];
    return item.times > 1 ? [{ ...item, times: item.times - 1 }] : [];
  });
}
