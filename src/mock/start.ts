import type { Options } from '../config/config.js';
import { createServer } from '../server.js';
import { openMock } from './connect.js';
import type { Mock } from './mock.js';

const forTests = {
  host: '127.0.0.1',
  port: 0,
  control: 'on',
  logLevel: 'silent',
  seed: 'mock',
  shutdownTimeout: 0,
} as const satisfies Options;

/**
 * Starts a simulator in this process, on a free port of the loopback interface, silent, with the same ids in every run. Any of the
 * settings may be given; only `control: 'off'` makes no sense here.
 *
 * @example
 * const mock = await startMock({ trials: 5 });
 * const client = new YourClient(mock.url, mock.defaultAccount.credentials);
 * await mock.next('no-card');
 * // …
 * await mock.close();
 * @throws {ConfigError} naming every problem of the options
 */
export async function startMock(options: Options = {}): Promise<Mock> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const { host, port, ...settings } = { ...forTests, ...(given as Options) } as Options & typeof forTests;
  const app = createServer(settings);
  try {
    const url = await app.listen({ host, port });
    return await openMock(url, { token: options.controlToken }, () => app.close());
  } catch (error) {
    await app.close();
    throw error;
  }
}
