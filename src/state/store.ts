import type { Endpoint } from '../scenarios/rules.js';
import type { Scenario } from '../scenarios/scenario.js';
import type { AccessToken, Account, Bundle, QueuedScenario, StoreSnapshot } from './snapshot.js';

export type { AccessToken, Account, Bundle, QueuedScenario } from './snapshot.js';

/**
 * What the simulator remembers, as promises. `memory-store.ts` keeps them in one process; any other store has to pass
 * the same suite (`test/state/store-suite.ts`).
 */
export interface Store {
  /** Whose `client_id` is it? */
  findClient(clientId: string): Promise<Account | undefined>;
  findUser(username: string): Promise<Account | undefined>;
  findBundle(bundleKey: string): Promise<OwnedBundle | undefined>;

  listAccounts(): Promise<readonly Account[]>;
  /**
   * A new account, or the changed one of that user name. No two accounts share a client id or a bundle key.
   * @returns the field that another account has taken already; nothing is changed then
   */
  putAccount(account: Account): Promise<'clientId' | 'bundleKey' | undefined>;
  /** The account with its tokens, counters and queue. @returns false when there is none */
  removeAccount(username: string): Promise<boolean>;
  /**
   * The account as it was made, without tokens, calls or queue; its next token is its first again.
   * @returns false when there is none
   */
  resetAccount(username: string): Promise<boolean>;
  /**
   * Replaces the accounts that a configuration made, but for those in which it has changed nothing. Accounts that were made
   * since stay, but for those that have a client id or a bundle key of the new ones, and so do tokens of those that stay.
   */
  configureAccounts(accounts: readonly Account[]): Promise<void>;
  /** As on the first day, with the accounts of the configuration. */
  reset(): Promise<void>;

  /** A new pair of access and refresh token. The n-th pair of a user is the same for the same seed. */
  issueToken(grant: Grant): Promise<AccessToken>;
  findToken(accessToken: string): Promise<AccessToken | undefined>;
  /** The pair that an unused refresh token belongs to. */
  findRefreshToken(refreshToken: string): Promise<AccessToken | undefined>;
  /**
   * Uses up a refresh token: its access token is revoked and a new pair issued. Each refresh token works once.
   * @returns `undefined` when the refresh token is unknown or used.
   */
  rotateToken(refreshToken: string, change: Rotation): Promise<AccessToken | undefined>;
  /** Oldest first. */
  listTokens(username: string): Promise<readonly AccessToken[]>;
  changeToken(
    accessToken: string,
    change: Partial<Pick<AccessToken, 'expiresAtMs' | 'revoked'>>,
  ): Promise<AccessToken | undefined>;

  /**
   * Takes one of `limit` trials of this token for this service, if one is left. Two callers never get the same last trial.
   */
  takeTrial(accessToken: string, service: string, limit: number): Promise<Trial>;
  /**
   * The trial is spent: its answer may go out. Until then it is only held, and may come back by itself where its holder dies.
   * @returns false when that has happened, so that there must be no such answer
   */
  keepTrial(accessToken: string, service: string, hold: string): Promise<boolean>;
  /** Gives a trial back after an answer that spends none, such as 500 or 503. */
  returnTrial(accessToken: string, service: string, hold: string): Promise<void>;
  /** Trials left of `limit`, and no transaction. */
  countTrials(accessToken: string, service: string, limit: number): Promise<number>;
  /** From now on the token has so many left, whatever the limit says. */
  setTrials(accessToken: string, service: string, remaining: number): Promise<void>;

  /**
   * Counts a call of an account, and takes one from its queue unless the call has its scenario already. Two callers never get
   * the same number, nor the same item.
   */
  beginCall(username: string, endpoint: Endpoint, takesQueued: boolean): Promise<BegunCall>;
  readQueue(username: string): Promise<readonly QueuedScenario[]>;
  writeQueue(username: string, queue: readonly QueuedScenario[]): Promise<void>;
  /** Adds to the end; no caller undoes another's. */
  enqueue(username: string, items: readonly QueuedScenario[]): Promise<void>;

  /** All of it as JSON. */
  snapshot(): Promise<StoreSnapshot>;
  restore(snapshot: StoreSnapshot): Promise<void>;
}

export interface OwnedBundle {
  readonly bundle: Bundle;
  readonly username: string;
}

/** What a token is issued for. */
export type Grant = Omit<AccessToken, 'accessToken' | 'refreshToken' | 'revoked'>;
export type Rotation = Pick<Grant, 'issuedAtMs' | 'expiresAtMs' | 'scope'>;

export interface Trial {
  /** False when none was left. */
  readonly taken: boolean;
  readonly transactionId: string;
  /** Trials left after this one. */
  readonly remaining: number;
  /** What keeps or returns it. */
  readonly hold: string;
}

export interface BegunCall {
  /** From 1, for each account and endpoint. */
  readonly n: number;
  readonly queued?: Scenario;
  readonly account?: Account;
}
