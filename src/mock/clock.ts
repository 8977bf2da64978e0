import type { ClockAnswer, ClockChange } from '../control/clock.js';
import type { Duration } from '../control/duration.js';
import type { Transport } from './transport.js';

/**
 * The server's time, or that of one account: when tokens are issued and when they expire.
 *
 * @example
 * await account.clock.advance('10m'); // its tokens have expired now
 */
export class MockClock {
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, path: string) {
    this.#transport = transport;
    this.#path = path;
  }

  async now(): Promise<Date> {
    return new Date((await this.state()).now);
  }

  state(): Promise<ClockAnswer> {
    return this.#transport.call('GET', this.#path);
  }

  /** Stops it, where it stands or at the time given. @returns the time that it shows */
  freeze(at?: Date | string): Promise<Date> {
    return this.#change({ frozen: true, ...(at === undefined ? {} : { now: write(at) }) });
  }

  /** Lets it go on from the time given. @returns the time that it shows */
  set(at: Date | string): Promise<Date> {
    return this.#change({ frozen: false, now: write(at) });
  }

  /** Moves it by milliseconds or by text such as `'90s'`, `'10m'`, `'1h30m'`, frozen or not. @returns the time that it shows */
  advance(by: Duration): Promise<Date> {
    return this.#change({ advance: by });
  }

  /** Back to real time, or for an account to the server's. @returns the time that it shows */
  async reset(): Promise<Date> {
    return new Date((await this.#transport.call<ClockAnswer>('DELETE', this.#path)).now);
  }

  async #change(body: ClockChange): Promise<Date> {
    return new Date((await this.#transport.call<ClockAnswer>('PATCH', this.#path, { body })).now);
  }
}

const write = (at: Date | string) => (typeof at === 'string' ? at : at.toISOString());
