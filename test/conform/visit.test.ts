import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Test, test } from 'tap';
import { planVisit } from '../../src/conform/plan.js';
import { reportWriter } from '../../src/conform/report-files.js';
import { writeText } from '../../src/conform/report-text.js';
import { Visitor } from '../../src/conform/visit.js';
import { callNames } from '../../src/contract/calls.js';
import { contractRow, rowNames } from '../../src/contract/index.js';
import { fixture } from '../../src/photos/fixtures.js';
import { startSimulator } from '../support/simulator.js';
import { startProxy } from './proxy.js';
import { demo, drifts, patient, visit } from './visit.js';

test('the contract is whole: each call serves a row', async (t) => {
  const used = new Set(rowNames.flatMap((name) => contractRow(name).calls));
  const unused = callNames.filter((name) => !used.has(name));
  t.same(unused, [], 'calls that no row looks at');
  for (const name of rowNames) t.ok(contractRow(name).marks.length > 0, name);
});

test('our default server: no drift, on one screen, and the report holds no secret', async (t) => {
  const { url } = await startSimulator(t, patient);
  const report = await visit(url);
  t.equal(report.stopped, null);
  t.same(drifts(report), {});
  t.equal(report.counts.unobserved, 0);
  t.same(report.made, { calls: 43, tokens: 4, trials: 11 });
  const text = writeText(report);
  t.ok(text.split('\n').length <= 24, text);
  t.match(text, /next: nothing/);
  for (const ending of ['.json', '.xml', '.md', '.html']) {
    const written = reportWriter(`report${ending}`)!(report);
    for (const secret of ['demo-secret', 'demo-hmac-key', '0'.repeat(32), 'access_token":"'])
      t.notOk(written.includes(secret), `${ending}: ${secret}`);
    t.notOk(written.includes(fixture('card-on-table').base64.slice(0, 60)), 'no picture');
    t.notMatch(written, /https?:\/\/(?!127\.0\.0\.1)/, `${ending}: loads nothing`);
  }
});

/** A server that answers in this way, or not at all. */
async function startOdd(t: Test, status: number | undefined): Promise<string> {
  const server = createServer((_, response) => {
    if (status !== undefined) response.writeHead(status).end('{"message":"odd"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('what stops a visit: a word about it, and what was seen until then', async (t) => {
  const { url } = await startSimulator(t, patient);
  const failing = await startProxy(t, url, (answer, { path }) =>
    path.startsWith('/api/o/') ? { ...answer, status: 503 } : answer,
  );
  const rows: [sentence: string, target: string, more: object, reason: RegExp, calls: number][] = [
    ['500 at once', await startOdd(t, 500), {}, /path-headline .*answered 500/, 1],
    ['503 on the way', failing, {}, /token-no-grant .*answered 503/, 13],
    ['no answer', await startOdd(t, undefined), { timeoutMs: 50 }, /no answer within 0.05 s/, 1],
    ['nobody there', 'http://127.0.0.1:1', {}, /no answer: .*ECONNREFUSED/, 1],
    ['another server', await startOdd(t, 404), {}, /none of its paths/, 5],
    ['a wrong password', url, { credentials: { ...demo, password: 'x' } }, /login was answered 400/, 19],
    ['a wrong bundle', url, { credentials: { ...demo, bundle_key: 'x' } }, /bundle key is refused/, 20],
    ['few calls', url, { maxCalls: 20 }, /20 calls have been made/, 20],
  ];
  for (const [sentence, target, more, reason, calls] of rows) {
    const report = await visit(target, {}, more);
    t.match(report.stopped, reason, sentence);
    t.equal(report.made.calls, calls, `${sentence}: calls`);
    t.ok(report.counts.unobserved > 0, sentence);
    if (calls === 1) t.equal(report.counts.drift, 0, `${sentence}: nothing seen is no drift`);
    t.match(writeText(report), /stopped at[\s\S]*next: see to what stopped it/);
  }
});

test('a visit that is interrupted ends with what it has seen', async (t) => {
  const { url } = await startSimulator(t, patient);
  const plan = planVisit(rowNames);
  const visitor: Visitor = new Visitor(plan, {
    target: url,
    credentials: demo,
    onCall: (name) => {
      if (name === 'no-token') visitor.stop('interrupted');
    },
  });
  const { stopped, evidence, made } = await visitor.run();
  t.match(stopped, /no-token .*interrupted/);
  t.equal(evidence.size, 8);
  t.equal(made.calls, 8);
});

test('never more than announced, however many trials a token has', async (t) => {
  t.setTimeout(200_000); // four visits, each with eleven photos and more
  for (const trials of [0, 1, 2, 5]) {
    const { url } = await startSimulator(t, { ...patient, trials });
    const report = await visit(url, { trials });
    t.equal(report.stopped, null);
    t.same(drifts(report), {}, `${trials} trials`);
    for (const what of ['calls', 'tokens', 'trials'] as const)
      t.ok(report.made[what] <= report.announced[what], `${trials} trials: ${what} ${report.made[what]}`);
  }
});

test('a row alone makes the calls that it needs', async (t) => {
  const { url } = await startSimulator(t, patient);
  const { made, counts } = await visit(url, {}, { only: ['error-404'] });
  t.same([made.calls, made.tokens, made.trials, counts.same], [1, 0, 0, 1]);
});
