import type { Account, QueuedScenario } from '../snapshot.js';
import type { Store } from '../store.js';
import type { Run } from './connection.js';
import { script } from './script.js';

type QueueMethods = Pick<Store, 'beginCall' | 'readQueue' | 'writeQueue' | 'enqueue'>;

/** An item is a list of endpoint, times and the scenario as text, so that it can be written here too. */
const begin = script(`
local account, queue, endpoint = p .. 'account:' .. A[1], p .. 'queue:' .. A[1], A[2]
local known = call('HGET', account, 'account')
if not known then return {1} end
local n = call('HINCRBY', account, 'calls:' .. endpoint, 1)
if A[3] == '0' then return {n, known} end
for i, raw in ipairs(call('LRANGE', queue, 0, -1)) do
  local item = cjson.decode(raw)
  if item[1] == endpoint then
    if item[2] > 1 then
      call('LSET', queue, i - 1, cjson.encode({item[1], item[2] - 1, item[3]}))
    else
      call('LSET', queue, i - 1, '')
      call('LREM', queue, 1, '')
    end
    return {n, known, item[3]}
  end
end
return {n, known}
`);

const read = script(`return call('LRANGE', p .. 'queue:' .. A[1], 0, -1)`);

const add = `
local queue = p .. 'queue:' .. A[1]
if call('EXISTS', p .. 'account:' .. A[1]) == 0 then return end
for i = 2, #A do call('RPUSH', queue, A[i]) end
keep(queue)
`;
const enqueue = script(add);
const write = script(`call('DEL', p .. 'queue:' .. A[1])${add}`);

/** The calls of an account, and what was queued for them. */
export const queueMethods = (run: Run): QueueMethods => ({
  beginCall: async (username, endpoint, takesQueued) => {
    const [n, account, queued] = (await run(begin, username, endpoint, Number(takesQueued))) as BegunReply;
    return {
      n,
      ...(account !== undefined && { account: JSON.parse(account) as Account }),
      ...(queued !== undefined && { queued: JSON.parse(queued) }),
    };
  },
  readQueue: async (username) => readItems((await run(read, username)) as string[]),
  writeQueue: async (username, items) => {
    await run(write, username, ...items.map(itemText));
  },
  enqueue: async (username, items) => {
    await run(enqueue, username, ...items.map(itemText));
  },
});

type BegunReply = [n: number, account?: string, queued?: string];

export const itemText = ({ endpoint, times, scenario }: QueuedScenario): string =>
  JSON.stringify([endpoint, times, JSON.stringify(scenario)]);

export const readItems = (items: readonly string[]): QueuedScenario[] =>
  items.map((text) => {
    const [endpoint, times, scenario] = JSON.parse(text);
    return { scenario: JSON.parse(scenario), endpoint, times };
  });
