import type { Identifiers } from '../identifiers.js';
import type { AccessToken } from '../snapshot.js';
import type { Store } from '../store.js';
import type { Run } from './connection.js';
import { type Argument, type Reply, script } from './script.js';

type TokenMethods = Pick<
  Store,
  'issueToken' | 'findToken' | 'findRefreshToken' | 'rotateToken' | 'listTokens' | 'changeToken'
>;

const find = script(`return call('HGETALL', p .. 'token:' .. A[1])`);

const findRefresh = script(`
local name = call('HGET', p .. 'refresh', A[1])
return name and call('HGETALL', p .. 'token:' .. name) or {}
`);

const list = script(`
local all = {}
for _, name in ipairs(call('ZRANGE', p .. 'tokens:' .. A[1], 0, -1)) do
  all[#all + 1] = call('HGETALL', p .. 'token:' .. name)
end
return all
`);

const change = script(`
local token = p .. 'token:' .. A[1]
if call('EXISTS', token) == 0 then return {} end
for i = 2, #A, 2 do call('HSET', token, A[i], A[i + 1]) end
return call('HGETALL', token)
`);

/**
 * The n-th pair of a user has names that only the caller can make, and only the server knows n: the caller gives the names for some n
 * from A[3] on, and is told the right n if it is not among them.
 */
const issue = script(`
local used, username, first, most = A[1], A[2], tonumber(A[3]), tonumber(A[4])
local old = used ~= '' and call('HGET', p .. 'refresh', used)
if used ~= '' and not old then return {'used'} end

local account = p .. 'account:' .. username
local n = tonumber(call('HGET', account, 'issued') or 0) + 1
local name, refresh = A[9 + 2 * (n - first)], A[10 + 2 * (n - first)]
if n < first or not name then return {'again', n} end

if call('EXISTS', account) == 1 then call('HSET', account, 'issued', n) end
if old then
  call('HDEL', p .. 'refresh', used)
  call('HSET', p .. 'token:' .. old, 'revoked', 1, 'refreshable', 0)
end
forgetToken(name)
call('HSET', p .. 'token:' .. name, 'username', username, 'clientId', A[5], 'scope', A[6],
  'issuedAtMs', A[7], 'expiresAtMs', A[8], 'accessToken', name, 'refreshToken', refresh, 'revoked', 0, 'refreshable', 1)
local number = nextNumber()
call('ZADD', p .. 'tokens', number, name)
call('ZADD', p .. 'tokens:' .. username, number, name)
call('HSET', p .. 'refresh', refresh, name)
for _, key in ipairs({'token:' .. name, 'tokens', 'tokens:' .. username, 'refresh'}) do keep(p .. key) end
if call('ZCARD', p .. 'tokens') > most then forgetToken(call('ZRANGE', p .. 'tokens', 0, 0)[1]) end
return {'issued', name, refresh}
`);

/** As many as the store in memory remembers. */
const maxTokens = 20_000;
/** Names that are made in advance: nearly always enough at once, and soon where hundreds log in as one user at the same time. */
const firstAhead = 2;
const mostAhead = 128;

/** Which tokens there are. */
export function tokenMethods(run: Run, identifiers: () => Identifiers): TokenMethods {
  function namesFrom(first: number, count: number, username: string): string[] {
    const { token } = identifiers();
    return Array.from({ length: count }, (_, i) => first + i).flatMap((n) => [
      token('access', username, n),
      token('refresh', username, n),
    ]);
  }

  async function issueInPlaceOf(used: string, grant: Omit<AccessToken, 'accessToken' | 'refreshToken'>) {
    const { username, clientId, scope, issuedAtMs, expiresAtMs } = grant;
    const facts = [maxTokens, clientId, scope, issuedAtMs, expiresAtMs];
    let first = 1;
    for (let ahead = firstAhead; ; ahead = Math.min(mostAhead, ahead * 2)) {
      const names = namesFrom(first, ahead, username);
      const [outcome, ...given] = (await run(issue, used, username, first, ...facts, ...names)) as Reply[];
      if (outcome === 'used') return undefined;
      if (outcome === 'issued') {
        const [accessToken, refreshToken] = given as [string, string];
        return { ...grant, accessToken, refreshToken };
      }
      first = given[0] as number;
    }
  }

  async function findByRefreshToken(refreshToken: string): Promise<AccessToken | undefined> {
    return readToken(await run(findRefresh, refreshToken));
  }

  return {
    issueToken: async (grant) => (await issueInPlaceOf('', { ...grant, revoked: false }))!,
    findToken: async (accessToken) => readToken(await run(find, accessToken)),
    findRefreshToken: findByRefreshToken,

    rotateToken: async (refreshToken, rotation) => {
      const old = await findByRefreshToken(refreshToken);
      return old && issueInPlaceOf(refreshToken, { ...old, ...rotation, revoked: false });
    },

    listTokens: async (username) =>
      ((await run(list, username)) as Reply[]).map(readToken).filter((token) => token !== undefined),

    changeToken: async (accessToken, { expiresAtMs, revoked }) => {
      const fields: Argument[] = [];
      if (expiresAtMs !== undefined) fields.push('expiresAtMs', expiresAtMs);
      if (revoked !== undefined) fields.push('revoked', Number(revoked));
      return readToken(await run(change, accessToken, ...fields));
    },
  };
}

export function fieldsOf(reply: Reply): Readonly<Record<string, string>> {
  const flat = (reply ?? []) as readonly string[];
  return Object.fromEntries(flat.flatMap((field, i) => (i % 2 === 0 ? [[field, flat[i + 1]!]] : [])));
}

export function readToken(reply: Reply): AccessToken | undefined {
  const { username, clientId, scope, issuedAtMs, expiresAtMs, accessToken, refreshToken, revoked } = fieldsOf(
    reply,
  ) as Partial<Record<string, string>>;
  if (accessToken === undefined || username === undefined) return undefined;
  return {
    username,
    clientId: clientId!,
    scope: scope!,
    issuedAtMs: Number(issuedAtMs),
    expiresAtMs: Number(expiresAtMs),
    accessToken,
    refreshToken: refreshToken!,
    revoked: revoked === '1',
  };
}
