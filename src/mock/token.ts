import type { Duration } from '../control/duration.js';
import type { TokenChange, TokenState } from '../control/tokens.js';
import type { Transport } from './transport.js';

/**
 * An access token, as it was when it was last read; in a text it stands for itself.
 *
 * @example
 * const token = await account.token({ trialsRemaining: 1 });
 * const headers = { authorization: `Bearer ${token}` };
 */
export class MockToken {
  readonly #transport: Transport;
  readonly #path: string;
  #state: TokenState;

  constructor(transport: Transport, accountPath: string, state: TokenState) {
    this.#transport = transport;
    this.#path = `${accountPath}/tokens/${encodeURIComponent(state.accessToken)}`;
    this.#state = state;
  }

  get accessToken(): string {
    return this.#state.accessToken;
  }

  get refreshToken(): string {
    return this.#state.refreshToken;
  }

  get scope(): string {
    return this.#state.scope;
  }

  get issuedAt(): Date {
    return new Date(this.#state.issuedAt);
  }

  get expiresAt(): Date {
    return new Date(this.#state.expiresAt);
  }

  get state(): TokenState['state'] {
    return this.#state.state;
  }

  get trialsRemaining(): number {
    return this.#state.trialsRemaining;
  }

  toString(): string {
    return this.accessToken;
  }

  /** Now, or after a time on the account's clock. */
  expire(after: Duration = 0): Promise<this> {
    return this.change({ expiresIn: after });
  }

  /** Undone by `change({ revoked: false })`. */
  revoke(): Promise<this> {
    return this.change({ revoked: true });
  }

  /** From now on it has so many calls to the cropper left. */
  setTrials(trialsRemaining: number): Promise<this> {
    return this.change({ trialsRemaining });
  }

  async change(body: TokenChange): Promise<this> {
    this.#state = await this.#transport.call<TokenState>('PATCH', this.#path, { body });
    return this;
  }

  /** Reads it again. */
  async reload(): Promise<this> {
    this.#state = await this.#transport.call<TokenState>('GET', this.#path);
    return this;
  }
}
