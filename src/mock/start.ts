import { once } from 'node:events';
import { URL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ConfigError, type Options } from '../config/config.js';
import { clearInterval, setInterval } from '../real-time.js';
import { openMock } from './connect.js';
import type { Mock } from './mock.js';
import type { ThreadData, ThreadNews } from './server-thread.js';

export interface StartOptions extends Options {
  /** `false`: does not wait until OpenCV is loaded, for tests without a real photo; the first crop waits for it then. */
  readonly warm?: boolean | undefined;
}

const forTests = {
  host: '127.0.0.1',
  port: 0,
  control: 'on',
  logLevel: 'silent',
  seed: 'mock',
  shutdownTimeout: 0,
} as const satisfies Options;

/**
 * Starts a simulator in a thread of this process, on a free port of the loopback interface, silent, with the same ids in every run.
 * Any of the settings may be given; only `control: 'off'` makes no sense here. The thread keeps no process alive.
 *
 * @example
 * await using mock = await startMock({ trials: 5 }); // or mock.close() at the end
 * const client = new YourClient(mock.url, mock.defaultAccount.credentials);
 * await mock.next('no-card');
 * @throws {ConfigError} naming every problem of the options
 */
export async function startMock({ warm = true, ...options }: StartOptions = {}): Promise<Mock> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const thread = startThread({ options: { ...forTests, ...given }, warm });
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  const close = async () => {
    thread.ref();
    thread.postMessage('close');
    // What waits for this has to be kept waiting: a thread that ends has been seen to keep nothing alive on a busy machine.
    const alive = setInterval(() => {}, 1000);
    await ended;
    clearInterval(alive);
  };
  try {
    const url = await listening(thread);
    thread.unref(); // Who forgets to close it is not kept waiting at the end.
    const ours = { token: options.controlToken, timeoutMs: 30_000 };
    return await openMock(url, ours, close);
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

/**
 * A thread has globals of its own: those of the test, which may be a window's or may be fake timers, do not reach the server
 * (docs/decisions/0017).
 */
const startThread = (workerData: ThreadData) =>
  new Worker(new URL('./server-thread.js', import.meta.url), { workerData, execArgv: [], name: 'simulator' });

async function listening(thread: Worker): Promise<string> {
  const [news] = (await once(thread, 'message')) as [ThreadNews];
  if ('url' in news) return news.url;
  const { message, code, problems } = news.failure;
  throw problems === undefined ? Object.assign(new Error(message), { code }) : new ConfigError(problems);
}
