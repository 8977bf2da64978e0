import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { type Test, test } from 'tap';
import { references, resolveLink } from '../../site/pages.js';
import { packageRoot } from '../../src/package-root.js';
import { openBrowser } from '../browser/chromium.js';
import { filesIn } from '../support/packed.js';

// Not part of `npm test`, which needs nothing but Node: this one builds the site and needs Chromium (`npm run check:site`).

const site = join(packageRoot, 'build/pages');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** As any host of static files would. */
async function serveSite(t: Test): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    const path = decodeURI(new URL(url, 'http://site').pathname).replace(/\/$/, '/index.html');
    try {
      const content = readFileSync(join(site, path));
      response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream').end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Seen {
  readonly links: readonly string[];
  readonly anchors: readonly string[];
  /** What failed, or went to another host. */
  readonly faults: readonly string[];
}

async function visit(browser: Browser, url: string, origin: string): Promise<Seen> {
  const faults: string[] = [];
  const page = await browser.newPage();
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
      faults.push(`asks another host: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  await page.goto(url, { waitUntil: 'networkidle', timeout: 120_000 });
  const links = await page
    .locator('a[href]')
    .evaluateAll((all: { href: string }[]) => all.map(({ href }) => href));
  const anchors = await page.locator('[id]').evaluateAll((all: { id: string }[]) => all.map(({ id }) => id));
  const broken = await page
    .locator('img')
    .evaluateAll((all: { src: string; complete: boolean; naturalWidth: number }[]) =>
      all.filter(({ complete, naturalWidth }) => complete && naturalWidth === 0).map(({ src }) => src),
    );
  await page.close();
  return { links, anchors, faults: [...faults, ...broken.map((source) => `picture: ${source}`)] };
}

test('the site', { timeout: 900_000 }, async (t) => {
  await promisify(execFile)('npm', ['run', 'site'], { cwd: packageRoot });
  const origin = await serveSite(t);
  const browser = await openBrowser(t);
  const pages = filesIn(site)
    .filter((file) => file.endsWith('.html') && !file.endsWith('404.html'))
    .map((file) => `${origin}/${relative(site, file)}`);
  t.ok(pages.length > 30, `${pages.length} pages`);
  const seen = new Map<string, Seen>();
  for (const page of pages) seen.set(page, await visit(browser, page, origin));

  for (const [page, { links, faults }] of seen) {
    const dead = links.filter((link) => link.startsWith(origin) && !leadsSomewhere(link, seen));
    t.strictSame([...faults, ...dead], [], page.replace(origin, ''));
  }
  await t.test('can be searched', (t) => testSearch(t, browser, origin));
  await t.test('has the API reference', async (t) => {
    for (const { page } of references) {
      const { anchors } = seen.get(`${origin}/${page}`)!;
      t.ok(
        anchors.some((id) => id.startsWith('operations-')),
        page,
      );
    }
  });
  await t.test('has an Arabic page, from right to left', async (t) => {
    const page = await browser.newPage();
    await page.goto(`${origin}/ar/`);
    t.equal(await page.getAttribute('html', 'dir'), 'rtl');
    await page.close();
  });
});

/** A page, an anchor of one, or a file beside the pages. */
function leadsSomewhere(link: string, seen: ReadonlyMap<string, Seen>): boolean {
  const { origin, pathname, hash } = new URL(link);
  const path = pathname.replace(/\/$/, '/index.html');
  if (!path.endsWith('.html')) return existsSync(join(site, path));
  const page = seen.get(`${origin}${path}`);
  return page !== undefined && (hash === '' || page.anchors.includes(decodeURIComponent(hash.slice(1))));
}

async function testSearch(t: Test, browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(origin, { waitUntil: 'networkidle' });
  await page.click('.VPNavBarSearch button');
  await page.fill('#localsearch-input', 'expired token');
  const first = page.locator('.results .result').first();
  await first.waitFor();
  t.match(await first.innerText(), /expired token/i);
  await page.close();
}

test('a link that leads nowhere ends the build', async (t) => {
  t.strictSame(resolveLink(packageRoot, 'docs/testing.md', 'scenarios.md'), {
    kind: 'page',
    path: 'scenarios.md',
  });
  t.strictSame(resolveLink(packageRoot, 'docs/testing.md', '../src/'), { kind: 'file', path: 'src' });
  t.throws(() => resolveLink(packageRoot, 'docs/testing.md', 'no-such-page.md'), /leads nowhere/);
});
