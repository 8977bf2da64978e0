import type { AccountRecord, Counter, StoreSnapshot, TokenRecord } from '../snapshot.js';
import type { Store } from '../store.js';
import { accountText } from './accounts.js';
import type { Run } from './connection.js';
import { itemText, readItems } from './queue.js';
import { type Argument, type Reply, script } from './script.js';
import { fieldsOf, readToken } from './tokens.js';

type WholeMethods = Pick<Store, 'reset' | 'snapshot' | 'restore'>;

const reset = script(`
wipe()
for _, json in ipairs(call('LRANGE', p .. 'configured', 0, -1)) do openAccount(cjson.decode(json).username, json) end
`);

const snapshot = script(`
reap()
local accounts, tokens = {}, {}
for i, username in ipairs(call('ZRANGE', p .. 'accounts', 0, -1)) do
  accounts[i] = {call('HGETALL', p .. 'account:' .. username), call('LRANGE', p .. 'queue:' .. username, 0, -1)}
end
for i, name in ipairs(call('ZRANGE', p .. 'tokens', 0, -1)) do tokens[i] = call('HGETALL', p .. 'token:' .. name) end
return {call('LRANGE', p .. 'configured', 0, -1), accounts, tokens}
`);

/** What was configured, then each account with what is written besides its text, then each token: an entry of JSON for each. */
const restore = script(`
wipe()
call('DEL', p .. 'configured')
for _, json in ipairs(A) do
  local it = cjson.decode(json)
  if it.configured then
    call('RPUSH', p .. 'configured', it.configured)
    keep(p .. 'configured')
  elseif it.account then
    putAccount(it.username, it.account)
    call('HSET', p .. 'account:' .. it.username, unpack(it.fields))
    call('DEL', p .. 'queue:' .. it.username)
    for _, item in ipairs(it.queue) do call('RPUSH', p .. 'queue:' .. it.username, item) end
    keep(p .. 'queue:' .. it.username)
  else
    local token, number = p .. 'token:' .. it.name, nextNumber()
    for j = 1, #it.fields, 2 do call('HSET', token, it.fields[j], it.fields[j + 1]) end
    call('ZADD', p .. 'tokens', number, it.name)
    call('ZADD', p .. 'tokens:' .. it.username, number, it.name)
    if it.refresh ~= '' then call('HSET', p .. 'refresh', it.refresh, it.name) end
    for _, key in ipairs({token, p .. 'tokens', p .. 'tokens:' .. it.username, p .. 'refresh'}) do keep(key) end
  end
end
`);

/** All of it at once. */
export const wholeMethods = (run: Run): WholeMethods => ({
  reset: async () => {
    await run(reset);
  },
  snapshot: async () => readSnapshot((await run(snapshot)) as SnapshotReply),
  restore: async ({ configured, accounts, tokens }) => {
    const entries = [
      ...configured.map((account) => ({ configured: accountText(account) })),
      ...accounts.map(accountEntry),
      ...tokens.map(tokenEntry),
    ];
    await run(restore, ...entries.map((entry) => JSON.stringify(entry)));
  },
});

const accountEntry = ({ account, original, issued, calls, queue }: AccountRecord) => ({
  username: account.username,
  account: accountText(account),
  fields: [
    ...['original', accountText(original)],
    ...['issued', String(issued)],
    ...Object.entries(calls).flatMap(([endpoint, n]) => [`calls:${endpoint}`, String(n)]),
  ],
  queue: queue.map(itemText),
});

function tokenEntry({ token, refreshable, counters }: TokenRecord) {
  const facts = { ...token, revoked: Number(token.revoked), refreshable: Number(refreshable) };
  const counts = Object.entries(counters).flatMap(([service, counter]) =>
    Object.entries(counter).map(([name, n]) => [`${name}:${service}`, n] as const),
  );
  const fields = [...Object.entries<Argument>(facts), ...counts].flat().map(String);
  const { accessToken: name, username, refreshToken } = token;
  return { name, username, refresh: refreshable ? refreshToken : '', fields };
}

type SnapshotReply = readonly [configured: string[], accounts: Reply[], tokens: Reply[]];

const readSnapshot = ([configured, accounts, tokens]: SnapshotReply): StoreSnapshot => ({
  configured: configured.map((json) => JSON.parse(json)),
  accounts: accounts.map((reply) => readAccountRecord(reply as [Reply, string[]])),
  tokens: tokens.flatMap(readTokenRecord),
});

function readAccountRecord([reply, queue]: [Reply, string[]]): AccountRecord {
  const fields = fieldsOf(reply);
  return {
    account: JSON.parse(fields.account!),
    original: JSON.parse(fields.original!),
    issued: Number(fields.issued),
    calls: { crop: Number(fields['calls:crop']), token: Number(fields['calls:token']) },
    queue: readItems(queue),
  };
}

function readTokenRecord(reply: Reply): TokenRecord[] {
  const token = readToken(reply);
  if (token === undefined) return [];
  const fields = fieldsOf(reply);
  const services = Object.keys(fields).flatMap((field) => /^(?:spent|limit):(.*)$/s.exec(field)?.[1] ?? []);
  const counters = services.map((service) => [service, readCounter(fields, service)]);
  return [{ token, refreshable: fields.refreshable === '1', counters: Object.fromEntries(counters) }];
}

function readCounter(fields: Readonly<Record<string, string>>, service: string): Counter {
  const number = (name: string) => Number(fields[`${name}:${service}`] ?? 0);
  const limit = fields[`limit:${service}`];
  return {
    spent: number('spent'),
    calls: number('calls'),
    ...(limit !== undefined && { limit: Number(limit) }),
  };
}
