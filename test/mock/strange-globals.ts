/**
 * A test environment at its worst, as a program of its own: after the library was loaded, timers never fire, time stands still, and
 * what belongs to a window throws. Prints what the simulator did all the same. `node strange-globals.js startMock|createServer`
 */
import http from 'node:http';
import { connectMock, createServer, type Mock, startMock } from '../../src/index.js';
import { cropperPath } from '../support/simulator.js';

const timer = { ref: () => timer, unref: () => timer, hasRef: () => false, refresh: () => timer };
const never = () => timer;
const broken = class {
  constructor() {
    throw new Error('a window has taken the place of this');
  }
};
const windowNames = [
  'AbortController',
  'AbortSignal',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
];
const windowLike = [...windowNames, 'Event', 'EventTarget', 'Headers', 'Request', 'Response', 'Blob'];

function replaceGlobals(): void {
  const timers = ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval'];
  const { now } = Date;
  const since = now();
  Date.now = () => since;
  Object.assign(globalThis, Object.fromEntries(windowLike.map((name) => [name, broken])));
  Object.assign(globalThis, Object.fromEntries(timers.map((name) => [name, never])));
  Object.assign(globalThis, { fetch: broken, structuredClone: undefined });
}

const ways: Readonly<Record<string, () => Promise<Mock>>> = {
  startMock,
  createServer: async () => {
    const app = createServer({ logLevel: 'silent', shutdownTimeout: 0 });
    const mock = await connectMock(await app.listen({ port: 0 }));
    const close = mock.close.bind(mock);
    mock.close = async () => {
      await close();
      await app.close();
    };
    return mock;
  },
};

/** The status; a client of Node's own, as `fetch` has gone. */
function post(url: string, token: unknown): Promise<number | undefined> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    request.on('error', reject);
    request.end('{}');
  });
}

replaceGlobals();
const mock = await ways[process.argv[2]!]!();
const account = await mock.account();
await account.next('slow', { ms: 20 });
console.log('slow', await post(mock.url + cropperPath, await account.token()));
console.log('waited', (await account.waitForRequest({ status: 400 })).scenario?.text);
const missed = await account.waitForRequest({ status: 418 }, { timeout: '20ms' }).catch((error) => error);
console.log('missed', missed.status);
await mock.onRequest(() => {});
const snapshot = await mock.snapshot();
await mock.restore(snapshot);
await mock.close();
console.log('closed');
