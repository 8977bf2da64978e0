import { Agent, request } from 'node:http';
import { test } from 'tap';
import { until } from '../support/until.js';
import { startInspector, textOf } from './inspector-page.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Chromium (`npm run check:browser`).

const calls = 10_000;
const atOnce = 50;

async function call(url: string, agent: Agent, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const asked = request(url + path, { agent, method: 'POST' }, (answer) =>
      answer.resume().on('end', resolve),
    );
    asked.on('error', reject).end();
  });
}

test('ten thousand calls scroll and filter: the longest task is said, a few rows are there', {
  timeout: 600_000,
}, async (t) => {
  const inspector = await startInspector(t, { journalEntries: 20_000, journalBytes: 2 ** 30 });
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  t.teardown(() => agent.destroy());
  for (let n = 0; n < calls; n += atOnce)
    await Promise.all(
      Array.from({ length: atOnce }, (_, i) => call(inspector.url, agent, `/nowhere/${n + i}`)),
    );
  const page = await inspector.open('time');
  await page.evaluate(`globalThis.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });`);
  const longest = async (what: string) => {
    await page.waitForTimeout(300);
    const ms = Number(await page.evaluate('Math.round(Math.max(0, ...tasks.splice(0)))'));
    t.comment(`${what}: longest task ${ms === 0 ? 'under 50' : ms} ms`);
    return ms;
  };
  const seen: number[] = [];
  await page.locator('.parts a').first().click();
  await until('all of them', async () =>
    (await textOf(page.locator('.calls-count'))).startsWith('10,000 of'),
  );
  seen.push(await longest('loaded'));
  for (let step = 1; step <= 60; step++) {
    await page.evaluate(`document.querySelector('.call-list').scrollTop = ${step * 7000}`);
    await page.waitForTimeout(16);
  }
  t.ok((await page.locator('.row').count()) < 80, 'only what is in sight is in the document');
  seen.push(await longest('scrolled'));
  await page.locator('.filter-bar input').pressSequentially('nowhere/99', { delay: 30 });
  await until('filtered', async () => (await textOf(page.locator('.calls-count'))).startsWith('111 of'));
  seen.push(await longest('filtered by text'));
  await page.locator('.filter-bar input').fill('');
  await page.getByRole('button', { name: 'Refused' }).click();
  await page.getByRole('button', { name: 'Failed' }).click();
  await page.getByText('No call fits').waitFor();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  seen.push(await longest('filtered by outcome'));
  for (let n = 0; n < 200; n++) await call(inspector.url, agent, `/later/${n}`);
  await until('those that came in', async () =>
    (await textOf(page.locator('.calls-count'))).startsWith('10,200 of'),
  );
  seen.push(await longest('200 more came in'));
  t.comment(`the longest of all: ${Math.max(...seen)} ms; the aim is 100`);
});
