import type { AccountAnswer } from '../control/accounts.js';
import { Mock } from './mock.js';
import { Transport } from './transport.js';

export interface ConnectOptions {
  /** The server's setting `control-token`, if it has one. */
  readonly token?: string | undefined;
  /** Milliseconds for a call to the control API; 30,000 if not said. */
  readonly timeoutMs?: number;
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
export const connectMock = (url: string, options: ConnectOptions = {}): Promise<Mock> =>
  openMock(url, options, async () => {});

/** @param end what `close()` does besides ending the client's own calls */
export async function openMock(
  url: string,
  { token, timeoutMs = 30_000 }: ConnectOptions,
  end: () => Promise<void>,
): Promise<Mock> {
  const transport = new Transport(url, token, timeoutMs);
  return new Mock(transport, await transport.call<AccountAnswer[]>('GET', '/accounts'), end);
}
