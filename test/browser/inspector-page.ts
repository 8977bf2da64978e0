import type { Browser, Locator, Page } from 'playwright-core';
import type { Test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { bundleKey, startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openBrowser } from './chromium.js';

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

export interface View {
  readonly language?: 'en' | 'ar';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** A camera that shows a moving pattern, and asks nobody. */
const fakeCamera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** A simulator with its inspector in a real browser. Whatever the page asks of another host, or the browser objects to, fails the test. */
export async function startInspector(t: Test, options = {}) {
  const simulator = await startSimulator(t, { workers: 1, ...options }, { warmUp: true });
  const browser = await openBrowser(t, fakeCamera);
  const open = (path = 'calls', view: View = {}) => openInspector(t, browser, simulator.url, path, view);
  return { ...simulator, browser, open };
}

async function openInspector(
  t: Test,
  browser: Browser,
  url: string,
  path: string,
  { language = 'en', theme = 'light', width = 1280, height = 900 }: View,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    permissions: ['clipboard-read', 'clipboard-write', 'camera'],
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(url) && !/^(blob|data):/.test(asked)) t.fail(`it asks another host: ${asked}`);
  });
  page.on('pageerror', (error) => t.fail(`in the page: ${error.stack}`));
  page.on('console', (message) => {
    // What the API refuses stands in a browser's console, too.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      t.fail(`in the console: ${message.text()}`);
  });
  await page.addInitScript(
    `for (const [name, value] of ${JSON.stringify([
      ['language', language],
      ['theme', theme],
    ])}) if (localStorage.getItem('id-cropper-inspector.' + name) === null) localStorage.setItem('id-cropper-inspector.' + name, value)`,
  );
  await page.goto(`${url}/__mock/#/${path}`);
  await page.locator('main').waitFor();
  return page;
}

/** Calls of every kind: two that are answered with a card, one without, some that are refused, one without an answer. */
export async function makeCalls({ url, token, crop, exchange }: Simulator): Promise<void> {
  const accessToken = await token();
  const img = fixture('card-on-table').base64;
  await crop(accessToken, { bundle_key: bundleKey, img, lang: 'en' });
  await crop(accessToken, { bundle_key: bundleKey, img: fixture('no-card').base64 });
  await crop(accessToken, { bundle_key: 'wrong', img });
  await crop('nobody', { bundle_key: bundleKey, img });
  await exchange({ path: '/a/path/that/is/rather/long/and/leads/nowhere/whatever/one/does' });
  const headers = {
    authorization: `Bearer ${accessToken}`,
    'content-type': 'application/json',
    'x-mock-scenario': 'connection-reset',
  };
  await fetch(`${url}/api/v1/id_cropper_register`, { method: 'POST', headers, body: '{}' }).catch(() => {});
}

/** The number of the newest call that has this status. */
export const openCall = async (page: Page, status: string): Promise<void> =>
  page
    .locator('.row', { has: page.locator('.status', { hasText: status }) })
    .first()
    .click();

/**
 * A page is drawn again some time after a click, a key or an answer: what is read of it once may be what stood there before.
 * Waits until what is read is what is expected, and says what it was instead.
 */
export async function becomes(
  t: Test,
  what: string,
  read: () => Promise<unknown>,
  expected: string | number | boolean | RegExp | ((seen: unknown) => boolean),
): Promise<void> {
  let seen: unknown;
  const fits = () =>
    typeof expected === 'function'
      ? expected(seen)
      : expected instanceof RegExp
        ? expected.test(String(seen))
        : seen === expected;
  await until(what, async () => {
    seen = await read();
    return fits();
  }).catch((error: Error) => t.fail(`${error.message}; it is ${String(seen)}`));
  t.ok(fits(), what);
}

/** What somebody sees of it. */
export const textOf = async (locator: Locator): Promise<string> =>
  (await locator.innerText()).replace(/\s+/g, ' ').trim();
