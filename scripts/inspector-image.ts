/**
 * Makes the picture of the inspector for the README and docs/inspector.md: drawn cards only.
 *
 * npm run inspector-image (needs Chromium, as `npm run check:browser` does)
 */
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { startMock } from '../src/mock/start.js';
import { fixture } from '../src/photos/fixtures.js';

const out = 'docs/images/inspector.png';
const viewport = { width: 1280, height: 780 } as const;
const colours = 128;

/** What stands in the list, oldest first; the one that is opened is the last but one, hard enough that something was rejected. */
const photos = [
  ['glare', {}],
  ['no-card', {}],
  ['card-on-table', { 'x-mock-scenario': 'bad-gateway' }],
  ['card-on-table', {}],
  ['strong-perspective', { 'x-mock-scenario': 'trials-exhausted' }],
  ['patterned-cloth', {}],
  ['held-by-fingers', { 'x-mock-scenario': 'slow;ms=200' }],
] as const;

async function main(): Promise<void> {
  await using mock = await startMock();
  for (const [name, headers] of photos) {
    const { accessToken } = await mock.defaultAccount.token();
    await fetch(`${mock.url}/api/v1/id_cropper_register`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ bundle_key: '0'.repeat(32), img: fixture(name).base64 }),
    });
  }
  const opened = (await mock.requests({ endpoint: 'crop' })).at(-2)!.id;
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage({ viewport, colorScheme: 'light', locale: 'en' });
  await page.goto(`${mock.url}/__mock/#/calls/${opened}`);
  await page.locator('.compare img').last().waitFor();
  const pictured = (await mock.requests({ endpoint: 'crop' })).filter(({ photo }) => photo?.kept);
  await page
    .locator('.row-picture img')
    .nth(pictured.length - 1)
    .waitFor();
  await page.waitForTimeout(500);
  const picture = await page.screenshot();
  await browser.close();
  await sharp(picture).png({ palette: true, colours, effort: 10 }).toFile(out);
}

await main();
