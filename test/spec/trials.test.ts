import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { documented } from '../support/bodies.js';
import { control } from '../support/control.js';
import { base64, blankJpeg, unreadableJpeg } from '../support/photos.js';
import { bundleKey, cropHeaders, cropperPath, type LogLine, startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket } from '../support/wire.js';

const remaining = (text: string) => (JSON.parse(text) as { trials_remaining?: unknown }).trials_remaining;

test('the fourth call on a token of three trials is refused', async (t) => {
  const simulator = await startSimulator(t);
  const token = await simulator.token();
  const answers = [];
  for (let call = 0; call < 5; call += 1)
    answers.push(await simulator.crop(token, { bundle_key: bundleKey, img: unreadableJpeg }));
  t.same(
    answers.map(({ status }) => status),
    [422, 422, 422, 403, 403],
  );
  t.same(
    answers.slice(0, 3).map(({ text }) => remaining(text)),
    ['2', '1', '0'],
  );
  t.equal(answers[3]!.text, documented[403]);
  t.match(simulator.log().at(-1), { rule: 'TRIALS_EXHAUSTED', reason: 'no trials left of 3' });
  t.equal(
    remaining(
      (await simulator.crop(await simulator.token(), { bundle_key: bundleKey, img: unreadableJpeg })).text,
    ),
    '2',
    'a new token',
  );
});

test('1,000 calls at once on one token spend exactly three trials', async (t) => {
  const simulator = await startSimulator(t, { maxQueue: 1000, queueTimeout: 100 });
  const token = await simulator.token();
  const answers = await Promise.all(
    Array.from({ length: 1000 }, () => simulator.crop(token, { bundle_key: bundleKey, img: unreadableJpeg })),
  );
  const spent = answers.filter(({ status }) => status === 422);
  t.same(spent.map(({ text }) => remaining(text)).sort(), ['0', '1', '2']);
  t.equal(answers.filter(({ status, text }) => status === 403 && text === documented[403]).length, 997);
});

test('what is refused without a crop spends nothing', async (t) => {
  const simulator = await startSimulator(t);
  const token = await simulator.token();
  const refused = [
    { bundle_key: bundleKey },
    { bundle_key: 'unknown', img: 'AAAA' },
    { bundle_key: bundleKey, img: '?' },
    { bundle_key: bundleKey, img: 'AAAA' },
  ];
  for (const body of refused) await simulator.crop(token, body);
  const answer = await simulator.crop(token, { bundle_key: bundleKey, img: unreadableJpeg });
  t.equal(remaining(answer.text), '2');
});

test('a worker that dies answers 500 and gives the trial back; the server goes on', async (t) => {
  const simulator = await startSimulator(t, { defaultScenario: 'worker-dies', trials: 1 });
  const token = await simulator.token();
  for (let call = 0; call < 3; call += 1) {
    const answer = await simulator.crop(token, { bundle_key: bundleKey, img: unreadableJpeg });
    t.same([answer.status, answer.text], [500, documented[500]]);
    t.match(simulator.log().at(-1), { rule: 'INTERNAL_SERVER_ERROR', trials_remaining: 1 });
  }
});

test('a full queue answers 503 with Retry-After and gives the trials back', async (t) => {
  const simulator = await startSimulator(t, { workers: 1, maxQueue: 1, trials: 20 });
  const token = await simulator.token();
  const img = base64(await blankJpeg(2000, 1500));
  const crop = () => simulator.crop(token, { bundle_key: bundleKey, img });
  const answers = await Promise.all(Array.from({ length: 12 }, crop));
  const refused = answers.filter(({ status }) => status === 503);
  t.ok(refused.length > 0, `${refused.length} refused`);
  for (const { text, headers } of refused) t.same([text, headers['retry-after']], [documented[503], '1']);
  t.equal(remaining((await crop()).text), String(20 - (12 - refused.length) - 1));
});

for (const how of ['closes', 'resets'] as const) {
  test(`a client that ${how} its connection before the answer spends nothing`, async (t) => {
    const trials = 12;
    const simulator = await startSimulator(t, { workers: 1, trials, cropTimeout: 100, queueTimeout: 100 });
    const { url, logText } = simulator;
    const token = await simulator.token();
    const tokenState = () =>
      control<{ trialsRemaining: number }>(url, 'GET', `/accounts/demo/tokens/${token}`);
    const clients = await Promise.all(Array.from({ length: trials }, () => openSocket(url)));
    const body = JSON.stringify({ bundle_key: bundleKey, img: fixture('card-on-table').base64 });
    for (const client of clients) await client.write(postOf(cropperPath, cropHeaders(token), body));
    await until('all are in the queue', async () => (await tokenState()).trialsRemaining === 0);
    for (const client of clients) client[how === 'closes' ? 'destroy' : 'reset']();
    const lines = () => logText().trim().split('\n');
    const crops = () =>
      lines()
        .map((line) => JSON.parse(line) as LogLine)
        .filter(({ path }) => path === cropperPath);
    await until('all have ended', () => crops().length === trials);
    const answered = crops().filter(({ status }) => status === 200).length;
    t.ok(answered < trials, `${answered} of ${trials} answered`);
    t.equal((await tokenState()).trialsRemaining, trials - answered);
    t.equal(crops().at(-1)!.trials_remaining, trials - answered, 'the log knows it');
    t.notMatch(logText(), '"level":50', 'no error in the log');
    const answer = await simulator.crop(token, { bundle_key: bundleKey, img: unreadableJpeg });
    t.equal(remaining(answer.text), String(trials - answered - 1));
  });
}

/** A request on a connection that goes before its answer. */
const postOf = (path: string, headers: Readonly<Record<string, string>>, body: string) =>
  [
    `POST ${path} HTTP/1.1`,
    'host: x',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n');

test('trials belong to the bundle, counters to the token', async (t) => {
  const account = { username: 'u', password: 'p', client_id: 'c', client_secret: 's' };
  const simulator = await startSimulator(t, {
    accounts: [
      {
        ...account,
        bundles: [
          { bundle_key: 'five', hmac_key: 'k', trials: 5 },
          { bundle_key: 'two', hmac_key: 'k' },
        ],
      },
    ],
    trials: 2,
  });
  const token = await simulator.token({ grant_type: 'password', ...account });
  const crop = async (bundle_key: string) => {
    const { status, text } = await simulator.crop(token, { bundle_key, img: unreadableJpeg });
    return status === 403 ? 403 : remaining(text);
  };
  t.equal(await crop('five'), '4');
  t.equal(await crop('two'), '0');
  t.equal(await crop('two'), 403);
  t.equal(await crop('five'), '2');
});

test('the setting trials-exhausted-code answers 422 with that code', async (t) => {
  const simulator = await startSimulator(t, { trials: 0, trialsExhaustedCode: 5099 });
  const answer = await simulator.crop(await simulator.token(), {
    bundle_key: bundleKey,
    img: unreadableJpeg,
  });
  t.equal(answer.status, 422);
  t.match(JSON.parse(answer.text), {
    error_code: 5099,
    trials_remaining: '0',
    transaction_id: /^[0-9a-f-]{36}$/,
  });
});
