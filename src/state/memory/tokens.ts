import type { Identifiers } from '../identifiers.js';
import type { AccessToken, Grant, Store } from '../store.js';
import type { AccountRecords } from './account-records.js';
import type { TokenRecords } from './token-records.js';

type TokenMethods = Pick<
  Store,
  'issueToken' | 'findToken' | 'findRefreshToken' | 'rotateToken' | 'listTokens' | 'changeToken'
>;

/** Which tokens there are. */
export function tokenMethods(
  accounts: AccountRecords,
  tokens: TokenRecords,
  identifiers: Identifiers,
): TokenMethods {
  function issue(grant: Grant): AccessToken {
    const { username } = grant;
    const n = (accounts.find(username)?.issued ?? 0) + 1;
    accounts.count(username, { issued: n });
    const token = {
      ...grant,
      accessToken: identifiers.token('access', username, n),
      refreshToken: identifiers.token('refresh', username, n),
      revoked: false,
    };
    tokens.add(token);
    return token;
  }

  return {
    issueToken: async (grant) => issue(grant),
    findToken: async (accessToken) => tokens.find(accessToken)?.token,
    findRefreshToken: async (refreshToken) => tokens.findByRefreshToken(refreshToken)?.token,

    rotateToken: async (refreshToken, change) => {
      const record = tokens.findByRefreshToken(refreshToken);
      if (record === undefined) return undefined;
      tokens.useUp(record);
      return issue({ ...record.token, ...change });
    },

    listTokens: async (username) => tokens.of(username).map(({ token }) => token),

    changeToken: async (accessToken, change) => {
      const old = tokens.find(accessToken)?.token;
      if (old === undefined) return undefined;
      const token = { ...old, ...change };
      tokens.change(accessToken, { token });
      return token;
    },
  };
}
