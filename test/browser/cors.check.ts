import type { Page } from 'playwright-core';
import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { bundleKey, cropperPath, passwordGrant, startSimulator, tokenPath } from '../support/simulator.js';
import { openBrowser, openPage, servePage } from './chromium.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Chromium (`npm run check:browser`).

/** In the page: logs in and crops, as an app does. What the browser forbids is an error without a word of why. */
const logInAndCrop = (page: Page, url: string, headers: Readonly<Record<string, string>> = {}) =>
  page.evaluate(
    async ({ login, crop, form, body, headers }) => {
      try {
        const given = await fetch(login, { method: 'POST', body: new URLSearchParams(form) });
        const { access_token: token } = (await given.json()) as { access_token: string };
        const answer = await fetch(crop, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
          body,
        });
        const text = await answer.text();
        const { data } = answer.status === 200 ? JSON.parse(text) : {};
        return {
          status: answer.status,
          picture: data?.img.slice(0, 4),
          signature: answer.headers.get('hmac')?.length,
          text: text.slice(0, 50),
        };
      } catch (error) {
        return { failed: String(error) };
      }
    },
    {
      login: `${url}${tokenPath}`,
      crop: `${url}${cropperPath}`,
      form: { ...passwordGrant },
      body: JSON.stringify({ bundle_key: bundleKey, img: fixture('card-on-table').base64 }),
      headers: { ...headers },
    },
  );

const forbidden = { failed: 'TypeError: Failed to fetch' };

test('a web page of another origin logs in and crops, if the setting cors lets it', {
  timeout: 300_000,
}, async (t) => {
  const browser = await openBrowser(t);
  const origin = await servePage(t);
  const page = await openPage(browser, origin);
  const cropped = { status: 200, picture: '/9j/', signature: 128 };
  for (const [cors, expected] of [
    [undefined, forbidden],
    ['*', cropped],
    [origin, cropped],
    [`https://app.example, ${origin}`, cropped],
    ['https://app.example', forbidden],
  ] as const) {
    const { url } = await startSimulator(t, { workers: 1, cors });
    t.match(await logInAndCrop(page, url), expected, `cors ${cors}`);
  }
});

test('it reads what goes wrong, too', { timeout: 300_000 }, async (t) => {
  const { url } = await startSimulator(t, { cors: '*' });
  const page = await openPage(await openBrowser(t), await servePage(t));
  for (const [scenario, status, text] of [
    ['invalid-bundle-key', 401, '{"message":"Unauthorized'],
    ['not-found', 404, '{"message":"Not Found"}'],
    ['bad-gateway', 502, '<html>'],
    ['busy', 503, '{"message":"Service Unavailable"}'],
  ] as const) {
    const seen = await logInAndCrop(page, url, { 'x-mock-scenario': scenario });
    t.match(seen, { status, text: new RegExp(`^${text}`) }, scenario);
  }
});
