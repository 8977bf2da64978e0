import { isDeepStrictEqual } from 'node:util';
import type { Endpoint } from '../scenarios/rules.js';
import type { Identifiers } from './identifiers.js';
import type { Counter, StoreSnapshot } from './snapshot.js';
import type { AccessToken, Account, Grant, QueuedScenario, Store } from './store.js';

/**
 * Tokens remembered at once. Beyond it the oldest are forgotten (and answered as unknown), so that a server that runs for
 * weeks does not grow; at about 1 kB a token this is 20 MB.
 */
const maxTokens = 20_000;

interface TokenRecord {
  token: AccessToken;
  refreshable: boolean;
  readonly counters: Map<string, Counter>;
}

interface AccountRecord {
  account: Account;
  readonly original: Account;
  issued: number;
  readonly calls: Record<Endpoint, number>;
  queue: readonly QueuedScenario[];
}

/** The same with the types that the rest of the program knows. */
interface RestorableSnapshot {
  readonly configured: readonly Account[];
  readonly accounts: readonly AccountRecord[];
  readonly tokens: readonly (Omit<TokenRecord, 'counters'> & {
    readonly counters: Readonly<Record<string, Counter>>;
  })[];
}

const noCounter: Counter = { spent: 0, calls: 0 };

/** Everything in this process; nothing survives it. Each method runs to its end before another starts: atomic by construction. */
export function createMemoryStore(seeds: readonly Account[], identifiers: Identifiers): Store {
  let configured = seeds;
  const accounts = new Map<string, AccountRecord>();
  const byAccessToken = new Map<string, TokenRecord>();
  const byRefreshToken = new Map<string, TokenRecord>();
  // Looked up at every call, changed now and then.
  const usersOfClients = new Map<string, string>();
  const usersOfBundles = new Map<string, string>();

  function keep(record: AccountRecord): void {
    const { username, clientId, bundles } = record.account;
    unindex(username);
    accounts.set(username, record);
    usersOfClients.set(clientId, username);
    for (const { key } of bundles) usersOfBundles.set(key, username);
  }

  function unindex(username: string): void {
    const { clientId, bundles = [] } = accounts.get(username)?.account ?? {};
    if (clientId !== undefined && usersOfClients.get(clientId) === username) usersOfClients.delete(clientId);
    for (const { key } of bundles) if (usersOfBundles.get(key) === username) usersOfBundles.delete(key);
  }

  function drop(username: string): boolean {
    unindex(username);
    return accounts.delete(username);
  }

  const open = (account: Account) =>
    keep({ account, original: account, issued: 0, calls: { crop: 0, token: 0 }, queue: [] });

  function clear(): void {
    for (const map of [accounts, byAccessToken, byRefreshToken, usersOfClients, usersOfBundles]) map.clear();
  }

  function start(): void {
    clear();
    configured.forEach(open);
  }

  function remember(record: TokenRecord): void {
    byAccessToken.set(record.token.accessToken, record);
    if (record.refreshable) byRefreshToken.set(record.token.refreshToken, record);
  }

  function forget({ token }: TokenRecord): void {
    byAccessToken.delete(token.accessToken);
    byRefreshToken.delete(token.refreshToken);
  }

  const tokensOf = (username: string) =>
    [...byAccessToken.values()].filter(({ token }) => token.username === username);

  function issue(grant: Grant): AccessToken {
    const owner = accounts.get(grant.username);
    const n = (owner?.issued ?? 0) + 1;
    if (owner) owner.issued = n;
    const token: AccessToken = {
      username: grant.username,
      clientId: grant.clientId,
      scope: grant.scope,
      issuedAtMs: grant.issuedAtMs,
      expiresAtMs: grant.expiresAtMs,
      accessToken: identifiers.token('access', grant.username, n),
      refreshToken: identifiers.token('refresh', grant.username, n),
      revoked: false,
    };
    remember({ token, refreshable: true, counters: new Map() });
    const oldest = byAccessToken.size > maxTokens ? byAccessToken.values().next().value : undefined;
    if (oldest) forget(oldest);
    return token;
  }

  const counterOf = (accessToken: string, service: string): Counter =>
    byAccessToken.get(accessToken)?.counters.get(service) ?? noCounter;

  /** A token forgotten in mid-request counts no more. */
  const setCounter = (accessToken: string, service: string, counter: Counter) =>
    byAccessToken.get(accessToken)?.counters.set(service, counter);

  function takeQueued(record: AccountRecord, endpoint: Endpoint): QueuedScenario | undefined {
    const item = record.queue.find((queued) => queued.endpoint === endpoint);
    if (item === undefined) return undefined;
    record.queue = record.queue.flatMap((queued) => {
      if (queued !== item) return [queued];
      return item.times > 1 ? [{ ...item, times: item.times - 1 }] : [];
    });
    return item;
  }

  const accountOf = (username: string | undefined) =>
    username === undefined ? undefined : accounts.get(username)?.account;

  start();

  return {
    findClient: async (clientId) => accountOf(usersOfClients.get(clientId)),
    findUser: async (username) => accountOf(username),
    findBundle: async (bundleKey) => {
      const account = accountOf(usersOfBundles.get(bundleKey));
      const bundle = account?.bundles.find(({ key }) => key === bundleKey);
      return account && bundle && { bundle, username: account.username };
    },

    listAccounts: async () => [...accounts.values()].map(({ account }) => account),

    putAccount: async (account) => {
      const { username, clientId, bundles } = account;
      if ((usersOfClients.get(clientId) ?? username) !== username) return 'clientId';
      if (bundles.some(({ key }) => (usersOfBundles.get(key) ?? username) !== username)) return 'bundleKey';
      const record = accounts.get(username);
      if (record) keep({ ...record, account });
      else open(account);
      return undefined;
    },

    removeAccount: async (username) => {
      tokensOf(username).forEach(forget);
      return drop(username);
    },

    resetAccount: async (username) => {
      const record = accounts.get(username);
      if (record === undefined) return false;
      tokensOf(username).forEach(forget);
      open(record.original);
      return true;
    },

    configureAccounts: async (next) => {
      const names = new Set(next.map(({ username }) => username));
      const gone = configured.filter(({ username }) => !names.has(username));
      for (const { username } of gone) {
        tokensOf(username).forEach(forget);
        drop(username);
      }
      for (const account of next) {
        const record = accounts.get(account.username);
        if (record === undefined) open(account);
        else if (!isDeepStrictEqual(record.original, account))
          keep({ ...record, account, original: account });
      }
      configured = next;
    },

    reset: async () => start(),

    issueToken: async (grant) => issue(grant),
    findToken: async (accessToken) => byAccessToken.get(accessToken)?.token,
    findRefreshToken: async (refreshToken) => byRefreshToken.get(refreshToken)?.token,

    rotateToken: async (refreshToken, change) => {
      const record = byRefreshToken.get(refreshToken);
      if (record === undefined) return undefined;
      byRefreshToken.delete(refreshToken);
      record.refreshable = false;
      const old = record.token;
      record.token = { ...old, revoked: true };
      return issue({ ...old, ...change });
    },

    listTokens: async (username) => tokensOf(username).map(({ token }) => token),

    changeToken: async (accessToken, change) => {
      const record = byAccessToken.get(accessToken);
      if (record === undefined) return undefined;
      record.token = { ...record.token, ...change };
      return record.token;
    },

    takeTrial: async (accessToken, service, given) => {
      const counter = counterOf(accessToken, service);
      const limit = counter.limit ?? given;
      const taken = counter.spent < limit;
      const spent = counter.spent + (taken ? 1 : 0);
      const calls = counter.calls + 1;
      setCounter(accessToken, service, { ...counter, spent, calls });
      return {
        taken,
        transactionId: identifiers.transaction(accessToken, service, calls),
        remaining: Math.max(0, limit - spent),
      };
    },

    // Never below none: a reset in between may have made the same token anew.
    returnTrial: async (accessToken, service) => {
      const counter = counterOf(accessToken, service);
      setCounter(accessToken, service, { ...counter, spent: Math.max(0, counter.spent - 1) });
    },

    countTrials: async (accessToken, service, limit) => {
      const counter = counterOf(accessToken, service);
      return Math.max(0, (counter.limit ?? limit) - counter.spent);
    },

    setTrials: async (accessToken, service, remaining) => {
      const counter = counterOf(accessToken, service);
      setCounter(accessToken, service, { ...counter, limit: counter.spent + remaining });
    },

    beginCall: async (username, endpoint, takesQueued) => {
      const record = accounts.get(username);
      if (record === undefined) return { n: 1 };
      const n = record.calls[endpoint] + 1;
      record.calls[endpoint] = n;
      const queued = takesQueued ? takeQueued(record, endpoint) : undefined;
      return { n, account: record.account, ...(queued && { queued: queued.scenario }) };
    },

    readQueue: async (username) => accounts.get(username)?.queue ?? [],

    writeQueue: async (username, queue) => {
      const record = accounts.get(username);
      if (record) record.queue = queue;
    },

    enqueue: async (username, items) => {
      const record = accounts.get(username);
      if (record) record.queue = [...record.queue, ...items];
    },

    snapshot: async () =>
      structuredClone<unknown>({
        configured,
        accounts: [...accounts.values()],
        tokens: [...byAccessToken.values()].map(({ token, refreshable, counters }) => ({
          token,
          refreshable,
          counters: Object.fromEntries(counters),
        })),
      }) as StoreSnapshot,

    restore: async (snapshot) => {
      const copy = structuredClone(snapshot) as RestorableSnapshot;
      configured = copy.configured;
      clear();
      copy.accounts.forEach(keep);
      for (const { token, refreshable, counters } of copy.tokens)
        remember({ token, refreshable, counters: new Map(Object.entries(counters)) });
    },
  };
}
