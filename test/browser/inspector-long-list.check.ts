import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { cropperPath } from '../support/simulator.js';
import { until } from '../support/until.js';
import { becomes, startInspector, textOf } from './inspector-page.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Chromium (`npm run check:browser`).

const calls = 10_000;
const atOnce = 50;
/** Besides, of each fifty; they have a picture. */
const cropsAtOnce = 5;

async function call(
  url: string,
  agent: Agent,
  path: string,
  { body, ...headers }: OutgoingHttpHeaders & { readonly body?: string } = {},
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const asked = request(url + path, { agent, method: 'POST', headers }, (answer) =>
      answer.resume().on('end', resolve),
    );
    asked.on('error', reject).end(body);
  });
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor: what other programs take of it does not count, as it does with `longtask`. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** @returns milliseconds of the longest task of a page's main thread */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => /RunTask$/.test(name) && mains.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error('the trace has no tasks of the page');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

test('ten thousand calls scroll and filter without a long task', {
  timeout: 600_000,
}, async (t) => {
  const inspector = await startInspector(t, { journalEntries: 20_000, journalBytes: 2 ** 30 });
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  t.teardown(() => agent.destroy());
  const photo = {
    authorization: `Bearer ${await inspector.token()}`,
    'content-type': 'application/json',
    body: JSON.stringify({ bundle_key: 'magic-trials-exhausted', img: fixture('card-on-table').base64 }),
  };
  for (let n = 0; n < calls; n += atOnce)
    await Promise.all([
      ...Array.from({ length: atOnce }, (_, i) => call(inspector.url, agent, `/nowhere/${n + i}`)),
      ...Array.from({ length: cropsAtOnce }, () => call(inspector.url, agent, cropperPath, photo)),
    ]);
  const page = await inspector.open('time');
  let thumbnails = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/thumbnail')) thumbnails += 1;
  });
  const pictures = async (what: string) =>
    becomes(
      t,
      `pictures of what is in sight, ${what}`,
      () => page.locator('.row-picture img').count(),
      (count) => Number(count) > 0,
    );
  await inspector.browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  const longest = async (what: string) => {
    await page.waitForTimeout(300);
    const ms = longestTask(await inspector.browser.stopTracing());
    await inspector.browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
    t.comment(`${what}: longest task ${ms.toFixed(1)} ms of the processor`);
    return ms;
  };
  const seen: number[] = [];
  await page.locator('.parts a').first().click();
  await until('all of them', async () =>
    (await textOf(page.locator('.calls-count'))).startsWith('11,001 of'),
  );
  await pictures('at the top');
  seen.push(await longest('loaded'));
  for (let step = 1; step <= 60; step++) {
    await page.evaluate(`document.querySelector('.call-list').scrollTop = ${step * 7000}`);
    await page.waitForTimeout(16);
  }
  t.ok((await page.locator('.row').count()) < 80, 'only what is in sight is in the document');
  await pictures('further down');
  t.ok(thumbnails < 100, `${thumbnails} were asked for, of those where the list stood still`);
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
    (await textOf(page.locator('.calls-count'))).startsWith('11,201 of'),
  );
  seen.push(await longest('200 more came in'));
  t.ok(Math.max(...seen) < 100, `the longest of all: ${Math.max(...seen).toFixed(1)} ms`);
});
