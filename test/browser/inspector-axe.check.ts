import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { test } from 'tap';
import { control } from '../support/control.js';
import { makeCalls, openCall, startInspector, type View } from './inspector-page.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Chromium (`npm run check:browser`).

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Each part of the page, and what is to be there before it is looked at. */
const places: readonly [path: string, ready: string, then?: (page: Page) => Promise<unknown>][] = [
  ['calls', '.row'],
  ['calls/2', '.outline .found'],
  ['calls/3', '.outline .rejected', (page) => page.locator('details summary').first().click()],
  ['calls/4', '.call-actions'],
  ['calls/999', '.call .empty'],
  ['try', '.send-form'],
  ['accounts', '.token'],
  ['scenarios', '.scenario.on'],
  ['time', '.clock-face', (page) => page.locator('.button.danger').last().click()],
];

for (const language of ['en', 'ar'] as const)
  for (const theme of ['light', 'dark'] as const)
    test(`no violation that axe knows: ${language}, ${theme}`, { timeout: 600_000 }, async (t) => {
      const inspector = await startInspector(t);
      const empty = await inspector.open('calls', { language, theme });
      await empty.locator('.first-steps pre').waitFor();
      t.same(await violations(empty), [], 'before the first call');
      await makeCalls(inspector);
      await control(inspector.url, 'POST', '/accounts/demo/queue', [{ scenario: 'slow;ms=5' }]);
      await control(inspector.url, 'PATCH', '/accounts/demo', { defaultScenario: 'no-card' });
      for (const width of [1280, 360]) {
        const view: View = { language, theme, width, height: 800 };
        for (const [path, ready, then] of places) {
          const page = await inspector.open(path, view);
          await page.locator(ready).first().waitFor();
          await then?.(page);
          t.same(await violations(page), [], `${path}, ${width} pixels wide`);
          await page.context().close();
        }
      }
      const page = await inspector.open('try', { language, theme });
      await page.locator('.scene-form .button').click();
      await page.locator('.chosen img').waitFor();
      await page.locator('.send-form .solid').click();
      await page.locator('.try-answer .status').waitFor();
      t.same(await violations(page), [], 'with an answer');
    });

test('the gate itself: a page with a fault is found out', { timeout: 300_000 }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open();
  await openCall(page, '200');
  await page.locator('.call-actions').waitFor();
  await page.evaluate(`document.querySelector('.search input').removeAttribute('aria-label')
    document.querySelector('.search input').removeAttribute('placeholder')`);
  t.match((await violations(page)).join('\n'), /label/);
});
