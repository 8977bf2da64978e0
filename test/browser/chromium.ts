import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Test } from 'tap';

/** Debian's package; elsewhere, name the program in `CHROMIUM`. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A real browser; ends with the test. */
export async function openBrowser(t: Test, more: readonly string[] = []): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error(`there is no ${executablePath}; install Chromium, or name it in CHROMIUM`);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...more];
  const browser = await chromium.launch({ executablePath, args, timeout: 120_000 });
  t.teardown(() => browser.close());
  return browser;
}

export async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  return page;
}

/** Somebody's web page, on a server of its own. */
export async function servePage(t: Test): Promise<string> {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<title>a page</title>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
