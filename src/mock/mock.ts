import type { Reloaded } from '../config/live-config.js';
import type { AccountAnswer, AccountInput } from '../control/accounts.js';
import type { DriftAnswer } from '../control/drift.js';
import type { ScenarioList } from '../control/scenarios.js';
import type { Snapshot } from '../control/state.js';
import type { PictureKind } from '../journal/picture-shelf.js';
import { magicKey } from '../scenarios/magic-key.js';
import { accountPath, MockAccount } from './account.js';
import { MockClock } from './clock.js';
import { MockError } from './error.js';
import { MockJournal } from './journal.js';
import { refuseUnknown } from './options.js';
import type { ScenarioText } from './scenario-text.js';
import { MockSettings } from './settings.js';
import type { Transport } from './transport.js';

export interface NewAccountOptions {
  /** Removes an account of that name first, with what the journal says of it: for a server that outlives a test run. */
  readonly replace?: boolean;
}

/**
 * The client library, which tests in TypeScript and JavaScript import: a running simulator, in this process (`start.ts`) or
 * elsewhere (`connect.ts`), and everything that a test sets, reads and undoes.
 */
export class Mock extends MockJournal {
  /** The server's time, on which all accounts run that have none of their own. */
  readonly clock: MockClock;
  readonly settings: MockSettings;
  readonly #transport: Transport;
  readonly #end: () => Promise<void>;
  readonly #default: MockAccount | undefined;
  #closing: Promise<void> | undefined;

  constructor(transport: Transport, accounts: readonly AccountAnswer[], end: () => Promise<void>) {
    super(transport, {});
    this.#transport = transport;
    this.#end = end;
    this.#default = accounts[0] && new MockAccount(transport, accounts[0]);
    this.clock = new MockClock(transport, '/clock');
    this.settings = new MockSettings(transport);
  }

  /** What your client takes for the vendor's host. */
  get url(): string {
    return this.#transport.url;
  }

  /** The first account that the server has: `demo`, unless it was given others. */
  get defaultAccount(): MockAccount {
    if (this.#default === undefined) throw new MockError(null, 'the server has no account; make one');
    return this.#default;
  }

  /** `next()` of the default account. */
  get next(): MockAccount['next'] {
    const account = this.defaultAccount;
    return (scenario, options) => account.next(scenario, options);
  }

  /**
   * A new account. What is not said is made up from the server's seed and the user name: name it, and its keys, tokens and
   * transaction ids are the same in every run.
   *
   * @example const account = await mock.account({ username: 'retry test', bundles: [{ trials: 1 }] });
   * @throws {MockError} 409 when there is one of that name
   */
  async account(body: AccountInput = {}, options: NewAccountOptions = {}): Promise<MockAccount> {
    refuseUnknown('account()', options, ['replace'] satisfies (keyof NewAccountOptions)[]);
    if (options.replace && body.username !== undefined) await this.#remove(body.username);
    return new MockAccount(this.#transport, await this.#transport.call('POST', '/accounts', { body }));
  }

  async accounts(): Promise<MockAccount[]> {
    const answers = await this.#transport.call<AccountAnswer[]>('GET', '/accounts');
    return answers.map((answer) => new MockAccount(this.#transport, answer));
  }

  /** @throws {MockError} 404, with those that there are */
  async findAccount(username: string): Promise<MockAccount> {
    return new MockAccount(this.#transport, await this.#transport.call('GET', accountPath(username)));
  }

  /** The picture that a request brought. @throws {MockError} 404 when the journal has it no longer */
  photo(requestId: number): Promise<Buffer> {
    return this.#picture(requestId, 'photo');
  }

  /** The card that was sent back. @throws {MockError} 404 when there is none, or no longer */
  crop(requestId: number): Promise<Buffer> {
    return this.#picture(requestId, 'crop');
  }

  /** The catalogue: what calls can be told to do. */
  scenarios(): Promise<ScenarioList> {
    return this.#transport.call('GET', '/scenarios');
  }

  /**
   * The bundle key that asks for a scenario on any account, for a client that can be given nothing else.
   *
   * @example mock.magicKey('no-card') // '0000000000000000000magic-no-card'
   * @example mock.magicKey('422-5048') // '000000000000000000magic-422-5048', a 422 with that code
   */
  magicKey(scenario: ScenarioText): string {
    return magicKey(scenario);
  }

  /** With the setting `upstream`: in what its answers differ from this server's. @throws {MockError} 409 without one */
  drift(): Promise<DriftAnswer> {
    return this.#transport.call('GET', '/drift');
  }

  /** Counts drift from none again. @throws {MockError} 409 without an upstream */
  clearDrift(): Promise<void> {
    return this.#transport.call('DELETE', '/drift');
  }

  /** Reads the config file again. @throws {MockError} 422 for a bad one; everything stays as it was then */
  reloadConfig(): Promise<Reloaded> {
    return this.settings.reloadConfig();
  }

  /** Accounts, tokens, trials, queues, clocks and changed settings, as JSON. */
  snapshot(): Promise<Snapshot> {
    return this.#transport.call('GET', '/snapshot');
  }

  async restore(snapshot: Snapshot): Promise<void> {
    await this.#transport.call('PUT', '/snapshot', { body: snapshot });
    await this.#reloadDefault();
  }

  /** As when the server started: accounts that were made are gone, and with them all that was set, counted and remembered. */
  async reset(): Promise<void> {
    await this.#transport.call('POST', '/reset');
    await this.#reloadDefault();
  }

  /** Ends streams and waits; stops the server if `startMock` started it. A second time does nothing. */
  close(): Promise<void> {
    this.#transport.close();
    this.#closing ??= this.#end();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #picture(id: number, kind: PictureKind): Promise<Buffer> {
    return this.#transport.bytes(`/requests/${id}/${kind}`);
  }

  async #reloadDefault(): Promise<void> {
    await this.#default?.reload();
  }

  async #remove(username: string): Promise<void> {
    const found = (await this.accounts()).find((account) => account.username === username);
    await found?.delete();
    await found?.clearRequests();
  }
}
