import type { Store } from '../store.js';
import type { AccountRecords } from './account-records.js';
import type { TokenRecords } from './token-records.js';

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

/** Who there is. The tokens of an account go with it. */
export const accountMethods = (accounts: AccountRecords, tokens: TokenRecords): AccountMethods => ({
  findClient: async (clientId) => accounts.findByClient(clientId)?.account,
  findUser: async (username) => accounts.find(username)?.account,

  findBundle: async (bundleKey) => {
    const account = accounts.findByBundle(bundleKey)?.account;
    const bundle = account?.bundles.find(({ key }) => key === bundleKey);
    return account && bundle && { bundle, username: account.username };
  },

  listAccounts: async () => accounts.all().map(({ account }) => account),

  putAccount: async (account) => {
    const clash = accounts.clashOf(account);
    if (clash === undefined) accounts.put(account);
    return clash;
  },

  removeAccount: async (username) => {
    tokens.forgetThoseOf(username);
    return accounts.drop(username);
  },

  resetAccount: async (username) => {
    const record = accounts.find(username);
    if (record === undefined) return false;
    tokens.forgetThoseOf(username);
    accounts.open(record.original);
    return true;
  },

  configureAccounts: async (next) => {
    for (const username of accounts.configure(next)) tokens.forgetThoseOf(username);
  },
});
