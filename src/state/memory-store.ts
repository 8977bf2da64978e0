import type { Identifiers } from './identifiers.js';
import type { AccessToken, Account, Grant, Store } from './store.js';

/**
 * Tokens remembered at once. Beyond it the oldest are forgotten (and answered as unknown), so that a server that runs for
 * weeks does not grow; at about 1 kB a token this is 20 MB.
 */
const maxTokens = 20_000;

interface Counter {
  spent: number;
  /** Never goes back, so that a returned trial does not give its transaction id to the next call. */
  calls: number;
}

interface TokenRecord {
  token: AccessToken;
  readonly counters: Map<string, Counter>;
}

/** Everything in this process; nothing survives it. Each method runs to its end before another starts: atomic by construction. */
export function createMemoryStore(accounts: readonly Account[], identifiers: Identifiers): Store {
  const users = new Map(accounts.map((account) => [account.username, account]));
  const clients = new Map(accounts.map((account) => [account.clientId, account]));
  const bundles = new Map(
    accounts.flatMap(({ username, bundles }) => bundles.map((bundle) => [bundle.key, { bundle, username }])),
  );
  const byAccessToken = new Map<string, TokenRecord>();
  const byRefreshToken = new Map<string, TokenRecord>();
  const issuedTo = new Map<string, number>();

  function issue(grant: Grant): AccessToken {
    const n = (issuedTo.get(grant.username) ?? 0) + 1;
    issuedTo.set(grant.username, n);
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
    const record = { token, counters: new Map<string, Counter>() };
    byAccessToken.set(token.accessToken, record);
    byRefreshToken.set(token.refreshToken, record);
    forgetOldest();
    return token;
  }

  function forgetOldest(): void {
    if (byAccessToken.size <= maxTokens) return;
    for (const [accessToken, { token }] of byAccessToken) {
      byAccessToken.delete(accessToken);
      byRefreshToken.delete(token.refreshToken);
      return;
    }
  }

  /** A token forgotten in mid-request counts on in a counter that nobody reads again. */
  function counterOf(accessToken: string, service: string): Counter {
    const counters = byAccessToken.get(accessToken)?.counters;
    const counter = counters?.get(service) ?? { spent: 0, calls: 0 };
    counters?.set(service, counter);
    return counter;
  }

  return {
    findClient: async (clientId) => clients.get(clientId),
    findUser: async (username) => users.get(username),
    findBundle: async (bundleKey) => bundles.get(bundleKey),
    issueToken: async (grant) => issue(grant),
    findToken: async (accessToken) => byAccessToken.get(accessToken)?.token,

    findRefreshToken: async (refreshToken) => byRefreshToken.get(refreshToken)?.token,

    rotateToken: async (refreshToken, change) => {
      const record = byRefreshToken.get(refreshToken);
      if (record === undefined) return undefined;
      byRefreshToken.delete(refreshToken);
      const old = record.token;
      record.token = { ...old, revoked: true };
      return issue({ ...old, ...change });
    },

    takeTrial: async (accessToken, service, limit) => {
      const counter = counterOf(accessToken, service);
      const taken = counter.spent < limit;
      if (taken) counter.spent += 1;
      counter.calls += 1;
      return {
        taken,
        transactionId: identifiers.transaction(accessToken, service, counter.calls),
        remaining: Math.max(0, limit - counter.spent),
      };
    },

    returnTrial: async (accessToken, service) => {
      counterOf(accessToken, service).spent -= 1;
    },
  };
}
