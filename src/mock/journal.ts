import type { Duration } from '../control/duration.js';
import type { RequestCount, RequestList, RequestsCleared, RequestsFilter } from '../control/requests.js';
import type { JournalEntry, JournalFilter } from '../journal/entry.js';
import { summarize } from '../journal/summary.js';
import { refuseUnknown, toMs } from './options.js';
import type { Transport } from './transport.js';

export interface WaitOptions {
  /** Real time, not the clock's: milliseconds or text; 10 s if not said, 5 minutes at most. */
  readonly timeout?: Duration;
}

/** What the server was asked, of all accounts or of one. */
export class MockJournal {
  readonly #transport: Transport;
  readonly #own: JournalFilter;

  protected constructor(transport: Transport, own: JournalFilter) {
    this.#transport = transport;
    this.#own = own;
  }

  /**
   * The requests that fit, oldest first: all that the journal still has, or the last `limit`.
   *
   * @example await mock.requests({ status: 422, endpoint: 'crop' })
   */
  async requests({
    limit = Number.MAX_SAFE_INTEGER,
    ...filter
  }: RequestsFilter = {}): Promise<JournalEntry[]> {
    const query = { ...filter, ...this.#own, limit };
    return (await this.#transport.call<RequestList>('GET', '/requests', { query })).requests;
  }

  /**
   * The requests that fit as text, one line each: what a failed assertion should say.
   *
   * @example assert.equal(await account.countRequests({ status: 200 }), 1, await account.summary());
   */
  async summary(filter: RequestsFilter = {}): Promise<string> {
    return summarize(await this.requests(filter));
  }

  async countRequests(filter: JournalFilter = {}): Promise<number> {
    const query = { ...filter, ...this.#own };
    return (await this.#transport.call<RequestCount>('GET', '/requests/count', { query })).count;
  }

  /**
   * The newest request that fits, as soon as there is one. For one that is still to come, say after which: `{ after: id }`.
   *
   * @example const { station, reason } = await account.waitForRequest({ status: 422 });
   * @throws {MockError} 408, with the requests that came instead
   */
  async waitForRequest(filter: JournalFilter = {}, options: WaitOptions = {}): Promise<JournalEntry> {
    return (await this.waitForRequests(1, filter, options)).at(-1)!;
  }

  /**
   * The requests that fit, oldest first, as soon as there are so many.
   * @throws {MockError} 408, with the requests that came instead
   */
  async waitForRequests(
    count: number,
    filter: JournalFilter = {},
    options: WaitOptions = {},
  ): Promise<JournalEntry[]> {
    refuseUnknown('waiting for requests', options, ['timeout'] satisfies (keyof WaitOptions)[]);
    const { timeout = '10s' } = options;
    const query = { ...filter, ...this.#own, count, timeout };
    // The server ends the wait, and says what came instead; this limit is for one that says nothing.
    const timeoutMs = toMs('waiting for requests', timeout) + graceMs;
    return (await this.#transport.call<RequestList>('GET', '/requests/wait', { query, timeoutMs })).requests;
  }

  /** Forgets those that fit. @returns how many there were */
  async clearRequests(filter: JournalFilter = {}): Promise<number> {
    const query = { ...filter, ...this.#own };
    return (await this.#transport.call<RequestsCleared>('DELETE', '/requests', { query })).cleared;
  }

  /**
   * Calls the listener with every request from now on, when it has ended. The stream ends with `stop()`, with `close()`, or with
   * the server, and keeps the process alive until then. What the listener throws is an unhandled rejection.
   *
   * @example
   * const stop = await mock.onRequest(({ path, status }) => console.log(path, status));
   */
  async onRequest(listener: (entry: JournalEntry) => void, filter: JournalFilter = {}): Promise<() => void> {
    const { text, stop } = await this.#transport.stream('/requests/stream', { ...filter, ...this.#own });
    void listen(text, listener);
    return stop;
  }
}

const graceMs = 10_000;

async function listen(text: AsyncIterable<string>, listener: (entry: JournalEntry) => void): Promise<void> {
  let rest = '';
  for await (const chunk of text) {
    const events = (rest + chunk).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) listener(JSON.parse(data) as JournalEntry);
    }
  }
}
