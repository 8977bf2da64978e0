import { createHash } from 'node:crypto';

/** One step of the server: nothing else happens in the middle of it, and all of it happens or nothing. */
export interface Script {
  readonly text: string;
  /** By which the server knows it once it has seen it. */
  readonly sha: string;
}

export type Argument = string | number;
export type Reply = string | number | null | readonly Reply[];

/**
 * What the scripts share. `A` holds what the caller gave. Keys are made here rather than declared: this is for one server, or
 * a primary with replicas of its own, not for a cluster. Every key that is written expires some time after the last replica has ended.
 *
 * JSON of accounts and of journal entries is read here at most, and stored as it came: cjson would write empty lists as objects.
 */
const prelude = `
local p, ttl, A = ARGV[1] .. ':', ARGV[2], {}
for i = 3, #ARGV do A[i - 2] = ARGV[i] end
local call = redis.call

local function nowMs()
  local time = call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function keep(key) call('EXPIRE', key, ttl) end

local function nextNumber()
  keep(p .. 'seq')
  return call('INCR', p .. 'seq')
end

local function forgetToken(name)
  local token = p .. 'token:' .. name
  local facts = call('HMGET', token, 'username', 'refreshToken')
  if facts[1] then call('ZREM', p .. 'tokens:' .. facts[1], name) end
  if facts[2] and call('HGET', p .. 'refresh', facts[2]) == name then call('HDEL', p .. 'refresh', facts[2]) end
  call('ZREM', p .. 'tokens', name)
  call('DEL', token)
end

local function forgetTokensOf(username)
  for _, name in ipairs(call('ZRANGE', p .. 'tokens:' .. username, 0, -1)) do forgetToken(name) end
end

local function eachName(account, visit)
  visit(p .. 'clients', account.clientId)
  for _, bundle in ipairs(account.bundles) do visit(p .. 'bundles', bundle.key) end
end

local function unindex(username)
  local known = call('HGET', p .. 'account:' .. username, 'account')
  if not known then return end
  eachName(cjson.decode(known), function(index, name)
    if call('HGET', index, name) == username then call('HDEL', index, name) end
  end)
end

local function putAccount(username, json)
  unindex(username)
  call('HSET', p .. 'account:' .. username, 'account', json)
  eachName(cjson.decode(json), function(index, name)
    call('HSET', index, name, username)
    keep(index)
  end)
  if not call('ZSCORE', p .. 'accounts', username) then call('ZADD', p .. 'accounts', nextNumber(), username) end
  keep(p .. 'account:' .. username)
  keep(p .. 'accounts')
end

local function openAccount(username, json)
  putAccount(username, json)
  call('HSET', p .. 'account:' .. username, 'original', json, 'issued', 0, 'calls:crop', 0, 'calls:token', 0)
  call('DEL', p .. 'queue:' .. username)
end

local function dropAccount(username)
  unindex(username)
  call('ZREM', p .. 'accounts', username)
  call('DEL', p .. 'queue:' .. username)
  return call('DEL', p .. 'account:' .. username)
end

local function bornOf(name) return call('ZSCORE', p .. 'tokens', name) or '' end

-- To the token that it was taken from: a reset in between may have made another of the same name.
local function give(hold)
  local it = cjson.decode(hold)
  local born = call('HGET', p .. 'held', hold)
  call('HDEL', p .. 'held', hold)
  if not born or born == '' or born ~= bornOf(it[2]) then return end
  local token, field = p .. 'token:' .. it[2], 'spent:' .. it[3]
  local spent = tonumber(call('HGET', token, field) or 0)
  if spent > 0 then call('HSET', token, field, spent - 1) end
end

-- Whoever held a trial for so long is dead.
local function reap()
  local now = nowMs()
  for _, hold in ipairs(call('ZRANGEBYSCORE', p .. 'holds', '-inf', now)) do
    call('ZREM', p .. 'holds', hold)
    give(hold)
  end
  for _, hold in ipairs(call('ZRANGEBYSCORE', p .. 'kept', '-inf', now)) do
    call('ZREM', p .. 'kept', hold)
    call('HDEL', p .. 'held', hold)
  end
end

local function wipe()
  for _, name in ipairs(call('ZRANGE', p .. 'tokens', 0, -1)) do forgetToken(name) end
  for _, username in ipairs(call('ZRANGE', p .. 'accounts', 0, -1)) do dropAccount(username) end
end
`;

export function script(body: string): Script {
  const text = `${prelude}${body}`;
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
