import type { AccountAnswer } from '../control/accounts.js';
import type { Duration } from '../control/duration.js';
import { Mock } from './mock.js';
import { refuseUnknown, toMs } from './options.js';
import { Transport, type TransportOptions } from './transport.js';

export interface ConnectOptions {
  /** The server's setting `control-token`, if it has one. */
  readonly token?: string | undefined;
  /** For a call to the control API, in real time: milliseconds or text such as `'5s'`; 30 s if not said. */
  readonly timeout?: Duration;
}

/**
 * A client for a simulator that runs elsewhere, such as in a container. Its control API has to be on: it is on loopback; elsewhere
 * the setting `control` or `control-token` says so.
 *
 * @example
 * const mock = await connectMock('http://127.0.0.1:3000');
 * await mock.next('no-card');
 * @throws {MockError} when there is no control API, or it does not take the token
 */
export async function connectMock(url: string, options: ConnectOptions = {}): Promise<Mock> {
  refuseUnknown('connectMock', options, ['token', 'timeout'] satisfies (keyof ConnectOptions)[]);
  const { token, timeout = '30s' } = options;
  return openMock(url, { token, timeoutMs: toMs('connectMock', timeout) });
}

/** @param end what `close()` does besides ending the client's own calls */
export async function openMock(
  url: string,
  options: TransportOptions,
  end: () => Promise<void> = async () => {},
): Promise<Mock> {
  const transport = new Transport(url, options);
  return new Mock(transport, await transport.call<AccountAnswer[]>('GET', '/accounts'), end);
}
