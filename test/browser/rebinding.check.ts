import { test } from 'tap';
import { startSimulator } from '../support/simulator.js';
import { openBrowser, openPage, servePage } from './chromium.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Chromium (`npm run check:browser`).

const paths = ['/__mock/accounts', '/__mock/requests', '/__mock/snapshot'];

test('a page whose name was made to lead here reads and changes nothing', { timeout: 300_000 }, async (t) => {
  const { url } = await startSimulator(t);
  const { port } = new URL(url);
  const browser = await openBrowser(t, ['--host-resolver-rules=MAP evil.example 127.0.0.1']);
  for (const [host, read, changed] of [
    ['evil.example', 403, 403],
    ['localhost', 200, 204],
    ['127.0.0.1', 200, 204],
  ] as const) {
    const page = await openPage(browser, `http://${host}:${port}/docs/json`);
    const ask = (path: string, method: string, headers: Record<string, string> = {}) =>
      page.evaluate(
        async ([path, init]) => (await fetch(path, { ...init, referrerPolicy: 'no-referrer' })).status,
        [path, { method, headers }] as const,
      );
    for (const path of paths) t.equal(await ask(path, 'GET'), read, `${host}${path}`);
    const disguise = { 'user-agent': 'node', 'accept-language': '*', 'sec-fetch-mode': 'cors' };
    t.equal(await ask('/__mock/accounts', 'GET', disguise), read, `${host}, as Node would ask`);
    t.equal(await ask('/__mock/reset', 'POST'), changed, `${host}, to change something`);
    await page.close();
  }
});

test('a page of another site shows no picture of ours', { timeout: 300_000 }, async (t) => {
  const { url } = await startSimulator(t);
  const page = await openPage(await openBrowser(t), await servePage(t));
  const shows = (source: string) =>
    page.evaluate(
      (src) =>
        new Promise((resolve) => {
          // biome-ignore lint/suspicious/noExplicitAny: the types of a window are not loaded here
          const image = new (globalThis as any).Image();
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
          image.src = src;
        }),
      source,
    );
  t.equal(await shows(`${url}/__mock/cards/busy.png`), false);
});
