/**
 * What the simulator remembers, as promises. `memory-store.ts` keeps them in one process; any other store has to pass
 * the same suite (`test/state/store-suite.ts`).
 */
export interface Store {
  /** Whose `client_id` is it? */
  findClient(clientId: string): Promise<Account | undefined>;
  findUser(username: string): Promise<Account | undefined>;
  findBundle(bundleKey: string): Promise<OwnedBundle | undefined>;

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

  /**
   * Takes one of `limit` trials of this token for this service, if one is left. Two callers never get the same last trial.
   */
  takeTrial(accessToken: string, service: string, limit: number): Promise<Trial>;
  /** Gives a trial back after an answer that spends none, such as 500 or 503. */
  returnTrial(accessToken: string, service: string): Promise<void>;
}

export interface Account {
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly bundles: readonly Bundle[];
}

export interface Bundle {
  readonly key: string;
  /** Key of the `hmac` response header, taken as text. */
  readonly hmacKey: string;
  /** Calls that one token has for each service. */
  readonly trials: number;
  /** Services of the vendor that the bundle is entitled to. */
  readonly services: readonly string[];
}

export interface OwnedBundle {
  readonly bundle: Bundle;
  readonly username: string;
}

export interface Grant {
  readonly username: string;
  readonly clientId: string;
  /** Space-separated, as OAuth writes it. */
  readonly scope: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

export interface Rotation {
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly scope: string;
}

export interface AccessToken extends Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly revoked: boolean;
}

export interface Trial {
  /** False when none was left. */
  readonly taken: boolean;
  readonly transactionId: string;
  /** Trials left after this one. */
  readonly remaining: number;
}
