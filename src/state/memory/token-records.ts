import type { AccessToken, TokenRecord } from '../snapshot.js';

/**
 * Tokens remembered at once. Beyond it the oldest are forgotten (and answered as unknown), so that a server that runs for
 * weeks does not grow; at about 1 kB a token this is 20 MB.
 */
export const maxTokens = 20_000;

/** The tokens of one process, oldest first, with what is counted for them. */
export class TokenRecords {
  readonly #byAccessToken = new Map<string, TokenRecord>();
  /** Of the refresh tokens that are unused. */
  readonly #accessTokens = new Map<string, string>();
  readonly #births = new Map<string, number>();
  #born = 0;

  all(): readonly TokenRecord[] {
    return [...this.#byAccessToken.values()];
  }

  of(username: string): readonly TokenRecord[] {
    return this.all().filter(({ token }) => token.username === username);
  }

  find(accessToken: string): TokenRecord | undefined {
    return this.#byAccessToken.get(accessToken);
  }

  /** A number that no other token has had, of the same name neither: after a reset the same names are given again. */
  birthOf(accessToken: string): number | undefined {
    return this.#births.get(accessToken);
  }

  findByRefreshToken(refreshToken: string): TokenRecord | undefined {
    const accessToken = this.#accessTokens.get(refreshToken);
    return accessToken === undefined ? undefined : this.find(accessToken);
  }

  add(token: AccessToken): void {
    this.#byAccessToken.delete(token.accessToken); // One that is issued anew is the newest.
    this.#keep({ token, refreshable: true, counters: {} });
    const oldest =
      this.#byAccessToken.size > maxTokens ? this.#byAccessToken.values().next().value : undefined;
    if (oldest) this.#forget(oldest);
  }

  /** A token forgotten in mid-request is not remembered again. */
  change(accessToken: string, change: Partial<TokenRecord>): void {
    const record = this.find(accessToken);
    if (record) this.#byAccessToken.set(accessToken, { ...record, ...change });
  }

  /** A refresh token works once, and its access token no longer. */
  useUp({ token }: TokenRecord): void {
    this.#accessTokens.delete(token.refreshToken);
    this.change(token.accessToken, { refreshable: false, token: { ...token, revoked: true } });
  }

  forgetThoseOf(username: string): void {
    for (const record of this.of(username)) this.#forget(record);
  }

  restore(records: readonly TokenRecord[]): void {
    this.#byAccessToken.clear();
    this.#accessTokens.clear();
    this.#births.clear();
    for (const record of records) this.#keep(record);
  }

  #keep(record: TokenRecord): void {
    const { accessToken, refreshToken } = record.token;
    this.#byAccessToken.set(accessToken, record);
    this.#births.set(accessToken, ++this.#born);
    if (record.refreshable) this.#accessTokens.set(refreshToken, accessToken);
  }

  #forget({ token }: TokenRecord): void {
    this.#byAccessToken.delete(token.accessToken);
    this.#births.delete(token.accessToken);
    this.#accessTokens.delete(token.refreshToken);
  }
}
