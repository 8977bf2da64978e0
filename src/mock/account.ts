import type { AccountAnswer, AccountChange } from '../control/accounts.js';
import type { BundleAnswer, BundleChange, BundleInput } from '../control/bundles.js';
import type { QueueItem } from '../control/queue.js';
import type { TokenInput, TokenState } from '../control/tokens.js';
import { MockClock } from './clock.js';
import { MockError } from './error.js';
import { MockJournal } from './journal.js';
import {
  type NextOptions,
  type NextStep,
  type ParametersOf,
  type ScenarioText,
  writeScenario,
  writeStep,
} from './scenario-text.js';
import { MockToken } from './token.js';
import type { Transport } from './transport.js';

/**
 * Somebody who may log in: credentials, bundles, tokens, trials, a queue of scenarios, a clock and a share of the journal, apart
 * from everybody else's. What it says of itself is what the server said last.
 */
export class MockAccount extends MockJournal {
  /** When its tokens are issued and expire; runs with the server's until it is moved. */
  readonly clock: MockClock;
  readonly #transport: Transport;
  readonly #path: string;
  #answer: AccountAnswer;

  constructor(transport: Transport, answer: AccountAnswer) {
    super(transport, { account: answer.username });
    this.#transport = transport;
    this.#path = accountPath(answer.username);
    this.#answer = answer;
    this.clock = new MockClock(transport, `${this.#path}/clock`);
  }

  get username(): string {
    return this.#answer.username;
  }

  get password(): string {
    return this.#answer.password;
  }

  get clientId(): string {
    return this.#answer.clientId;
  }

  get clientSecret(): string {
    return this.#answer.clientSecret;
  }

  get bundles(): readonly BundleAnswer[] {
    return this.#answer.bundles;
  }

  /** Of the first bundle. */
  get bundleKey(): string {
    return this.#firstBundle().key;
  }

  /** Of the first bundle. */
  get hmacKey(): string {
    return this.#firstBundle().hmacKey;
  }

  get defaultScenario(): string | null {
    return this.#answer.defaultScenario;
  }

  /** As the vendor's token endpoint wants them. */
  get credentials() {
    const { username, password, clientId, clientSecret } = this.#answer;
    return { username, password, client_id: clientId, client_secret: clientSecret };
  }

  /** A new token, without a call to the vendor's endpoint. */
  async token(options: TokenInput = {}): Promise<MockToken> {
    const body = options;
    return this.#toToken(await this.#transport.call('POST', `${this.#path}/tokens`, { body }));
  }

  /** All of them, oldest first; those that the vendor's endpoint issued too. */
  async tokens(): Promise<MockToken[]> {
    const states = await this.#transport.call<TokenState[]>('GET', `${this.#path}/tokens`);
    return states.map((state) => this.#toToken(state));
  }

  /**
   * What the next calls do, after those that are queued already: one scenario, or several in their order.
   *
   * @example
   * await account.next('no-card');
   * await account.next('slow', { ms: 500, times: 2 });
   * await account.next('error', { endpoint: 'token', status: 503 });
   * await account.next(['service-unavailable', 'ok', { scenario: 'slow', ms: 100 }]);
   * @returns the queue
   * @throws {MockError} 422 for what is no scenario, with all that there are
   */
  next<const Text extends ScenarioText>(
    scenario: Text | readonly NextStep[],
    options: NextOptions & ParametersOf<Text> = {} as NextOptions & ParametersOf<Text>,
  ): Promise<QueueItem[]> {
    const steps = Array.isArray(scenario) ? scenario : [{ scenario, ...options }];
    return this.#transport.call('POST', `${this.#path}/queue`, { body: steps.map(writeStep) });
  }

  /** What the next calls do. */
  queue(): Promise<QueueItem[]> {
    return this.#transport.call('GET', `${this.#path}/queue`);
  }

  clearQueue(): Promise<void> {
    return this.#transport.call('DELETE', `${this.#path}/queue`);
  }

  /**
   * What every call to the cropper does from now on unless it is told otherwise; `null` for the usual answers.
   *
   * @example await account.setDefault('slow', { ms: 300 });
   */
  setDefault<const Text extends ScenarioText>(
    scenario: Text | null,
    parameters: ParametersOf<Text> = {} as ParametersOf<Text>,
  ): Promise<this> {
    const defaultScenario = scenario && writeScenario(scenario, parameters as object);
    return this.change({ defaultScenario });
  }

  /** Other credentials, bundles or default scenario. */
  async change(body: AccountChange): Promise<this> {
    return this.#take(await this.#transport.call('PATCH', this.#path, { body }));
  }

  /** One more bundle; what is not said is made up. */
  async addBundle(body: BundleInput = {}): Promise<BundleAnswer> {
    const bundle = await this.#transport.call<BundleAnswer>('POST', `${this.#path}/bundles`, { body });
    await this.reload();
    return bundle;
  }

  /** Other trials, services or HMAC key for a bundle. @throws {MockError} 404, with the bundles that there are */
  async changeBundle(key: string, body: BundleChange): Promise<BundleAnswer> {
    const bundle = await this.#transport.call<BundleAnswer>('PATCH', this.#bundlePath(key), { body });
    await this.reload();
    return bundle;
  }

  async removeBundle(key: string): Promise<void> {
    await this.#transport.call('DELETE', this.#bundlePath(key));
    await this.reload();
  }

  /** Reads it again. */
  async reload(): Promise<this> {
    return this.#take(await this.#transport.call('GET', this.#path));
  }

  /** As it was made: no tokens, calls, queue or journal, and the server's clock. */
  async reset(): Promise<this> {
    return this.#take(await this.#transport.call('POST', `${this.#path}/reset`));
  }

  /** It goes, with its tokens, queue and clock; what it asked stays in the journal. */
  delete(): Promise<void> {
    return this.#transport.call('DELETE', this.#path);
  }

  #take(answer: AccountAnswer): this {
    this.#answer = answer;
    return this;
  }

  #toToken(state: TokenState): MockToken {
    return new MockToken(this.#transport, this.#path, state);
  }

  #bundlePath(key: string): string {
    return `${this.#path}/bundles/${encodeURIComponent(key)}`;
  }

  #firstBundle(): BundleAnswer {
    const [bundle] = this.#answer.bundles;
    if (bundle === undefined) throw new MockError(null, `"${this.username}" has no bundle`);
    return bundle;
  }
}

export const accountPath = (username: string) => `/accounts/${encodeURIComponent(username)}`;
