import type { Account, Bundle } from '../snapshot.js';
import type { Store } from '../store.js';
import type { Run } from './connection.js';
import { type Reply, script } from './script.js';

type AccountMethods = Pick<
  Store,
  | 'findClient'
  | 'findUser'
  | 'findBundle'
  | 'listAccounts'
  | 'putAccount'
  | 'removeAccount'
  | 'resetAccount'
  | 'configureAccounts'
>;

const findUser = script(`return call('HGET', p .. 'account:' .. A[1], 'account')`);

const findBy = (index: 'clients' | 'bundles') =>
  script(`
local username = call('HGET', p .. '${index}', A[1])
return username and call('HGET', p .. 'account:' .. username, 'account')
`);
const findClient = findBy('clients');
const findBundle = findBy('bundles');

const list = script(`
local all = {}
for i, username in ipairs(call('ZRANGE', p .. 'accounts', 0, -1)) do
  all[i] = call('HGET', p .. 'account:' .. username, 'account')
end
return all
`);

const put = script(`
local account = cjson.decode(A[1])
local function isTaken(index, name)
  local username = call('HGET', p .. index, name)
  return username and username ~= account.username
end
if isTaken('clients', account.clientId) then return 'clientId' end
for _, bundle in ipairs(account.bundles) do
  if isTaken('bundles', bundle.key) then return 'bundleKey' end
end
local isKnown = call('EXISTS', p .. 'account:' .. account.username) == 1
if isKnown then putAccount(account.username, A[1]) else openAccount(account.username, A[1]) end
return ''
`);

const remove = script(`
forgetTokensOf(A[1])
return dropAccount(A[1])
`);

const reset = script(`
local original = call('HGET', p .. 'account:' .. A[1], 'original')
if not original then return 0 end
forgetTokensOf(A[1])
openAccount(A[1], original)
return 1
`);

/**
 * One that the configuration has not changed may have been changed since, and stays so, unless it has taken a client id or a bundle key of
 * another. Each replica says what is configured when it comes and when it comes back: only what is new is one.
 */
const configure = script(`
local function isKnown(configured)
  if #configured ~= #A then return false end
  for i, json in ipairs(A) do
    if configured[i] ~= json then return false end
  end
  return true
end

local own = {}
for _, json in ipairs(A) do own[cjson.decode(json).username] = json end
local function goes(username)
  forgetTokensOf(username)
  dropAccount(username)
end

-- All are found before one is changed: several may have exchanged what they had.
local function holders()
  local found = {}
  for username, json in pairs(own) do
    eachName(cjson.decode(json), function(index, name)
      local holder = call('HGET', index, name)
      if holder and holder ~= username then found[holder] = true end
    end)
  end
  return found
end

local configured = call('LRANGE', p .. 'configured', 0, -1)
if isKnown(configured) then return end
for _, json in ipairs(configured) do
  local old = cjson.decode(json).username
  if not own[old] then goes(old) end
end
for holder in pairs(holders()) do
  if own[holder] then putAccount(holder, own[holder]) else goes(holder) end
end
call('DEL', p .. 'configured')
for _, json in ipairs(A) do
  local username = cjson.decode(json).username
  local original = call('HGET', p .. 'account:' .. username, 'original')
  if not original then
    openAccount(username, json)
  elseif original ~= json then
    putAccount(username, json)
    call('HSET', p .. 'account:' .. username, 'original', json)
  end
  call('RPUSH', p .. 'configured', json)
end
keep(p .. 'configured')
`);

/** Who there is. The tokens of an account go with it. */
export const accountMethods = (run: Run): AccountMethods => ({
  findClient: async (clientId) => readAccount(await run(findClient, clientId)),
  findUser: async (username) => readAccount(await run(findUser, username)),

  findBundle: async (bundleKey) => {
    const account = readAccount(await run(findBundle, bundleKey));
    const bundle = account?.bundles.find(({ key }) => key === bundleKey);
    return account && bundle && { bundle, username: account.username };
  },

  listAccounts: async () => ((await run(list)) as string[]).map((json) => JSON.parse(json)),
  putAccount: async (account) => {
    const clash = (await run(put, accountText(account))) as '' | 'clientId' | 'bundleKey';
    return clash === '' ? undefined : clash;
  },
  removeAccount: async (username) => (await run(remove, username)) === 1,
  resetAccount: async (username) => (await run(reset, username)) === 1,
  configureAccounts: (accounts) => configureAccounts(run, accounts),
});

export async function configureAccounts(run: Run, accounts: readonly Account[]): Promise<void> {
  await run(configure, ...accounts.map(accountText));
}

const readAccount = (reply: Reply): Account | undefined =>
  typeof reply === 'string' ? (JSON.parse(reply) as Account) : undefined;

/** Equal accounts have equal texts, whoever made them. */
export function accountText(account: Account): string {
  const { username, password, clientId, clientSecret, bundles, defaultScenario } = account;
  return JSON.stringify({
    username,
    password,
    clientId,
    clientSecret,
    bundles: bundles.map(({ key, hmacKey, trials, services }: Bundle) => ({
      key,
      hmacKey,
      trials,
      services,
    })),
    ...(defaultScenario && { defaultScenario }),
  });
}
