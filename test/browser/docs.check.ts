import type { Page } from 'playwright-core';
import { test } from 'tap';
import { demoAccount } from '../../src/config/settings.js';
import { startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openBrowser, openPage } from './chromium.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Chromium (`npm run check:browser`).

async function logIn(page: Page): Promise<void> {
  await page.click('.auth-wrapper .authorize');
  const dialog = page.locator('.modal-ux .auth-container').first();
  await dialog.locator('#oauth_username').fill(demoAccount.username);
  await dialog.locator('#oauth_password').fill(demoAccount.password);
  await dialog.locator('button.authorize').click();
  await dialog.locator('button:has-text("Logout")').waitFor();
  await page.click('.modal-ux .close-modal');
}

/** The operation's own example, as it stands. @returns the status */
async function tryOut(page: Page, operation: string): Promise<string> {
  const block = page.locator(`[id$="-${operation}"]`);
  if ((await block.getAttribute('class'))?.includes('is-open') !== true)
    await block.locator('.opblock-summary-control').click();
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await block.locator('button.execute').click();
  const status = `${(await answered).status()}`;
  await block.locator('.live-responses-table .response-col_status', { hasText: status }).waitFor();
  return status;
}

test('"Try it out" in /docs logs in and crops, wherever the server listens', {
  timeout: 300_000,
}, async (t) => {
  const browser = await openBrowser(t);
  for (const host of ['localhost', '127.0.0.1']) {
    const { url } = await startSimulator(t, { workers: 1 });
    const page = await openPage(browser, `${url.replace('127.0.0.1', host)}/docs`);
    await page.waitForSelector('.opblock');
    t.equal(await tryOut(page, 'createToken'), '200', `${host}: a token, untouched`);
    t.equal(await tryOut(page, 'idCropperRegister'), '403', `${host}: nobody is logged in`);
    await logIn(page);
    t.equal(await tryOut(page, 'idCropperRegister'), '200', `${host}: a crop, untouched`);
    const picture = page.locator('.live-responses-table img');
    await picture.waitFor();
    const width = () => picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth);
    await until(`${host}: the card is loaded`, async () => (await width()) > 50);
    t.pass(`${host}: the card is shown, ${await width()} pixels wide`);
    t.equal(await tryOut(page, 'idCropperRegisterAlias'), '200', `${host}: by the other path`);
    await page.close();
  }
});
