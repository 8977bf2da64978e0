import { t as all, test } from 'tap';
import { control, tryControl } from '../support/control.js';
import { unreadableJpeg } from '../support/photos.js';
import { startRedis } from '../support/redis.js';
import { crop, logIn, type Replica, startReplica } from '../support/replicas.js';

const redis = await startRedis(all);
const args = (prefix: string) => [
  ...['--state', `${redis.url}?prefix=${prefix}`, '--seed', 'the same', '--max-queue', '1000'],
];
const start = (prefix: string) =>
  Promise.all([startReplica(all, args(prefix)), startReplica(all, args(prefix))]);
const [left, right] = await start('replicas');
const both = [left, right] as const;
const either = (n: number) => both[n % 2]!;

test('200 tokens, 50 racing calls each at two replicas: three spends a token, every transaction once', {
  timeout: 300_000,
}, async (t) => {
  const tokens = await Promise.all(Array.from({ length: 200 }, (_, i) => logIn(either(i).url)));
  t.equal(new Set(tokens).size, 200, 'no token is given twice, although the seed is the same');
  const transactions = new Set<unknown>();
  const wrong: unknown[] = [];
  const raceFor = async (token: string) => {
    const calls = Array.from({ length: 50 }, (_, i) => crop(either(i).url, token, unreadableJpeg));
    const outcomes = await Promise.all(calls);
    const spent = outcomes.filter(({ status }) => status === 422).map(({ body }) => JSON.parse(body));
    const left = spent.map((body) => body.trials_remaining).toSorted();
    const refused = outcomes.filter(({ status }) => status === 403).length;
    if (left.join() !== '0,1,2' || refused !== 47) wrong.push([token, left, refused]);
    for (const body of spent) transactions.add(body.transaction_id);
  };
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    for (const token of tokens.filter((_each, i) => i % 4 === lane)) await raceFor(token);
  });
  await Promise.all(lanes);
  t.same(wrong, []);
  t.equal(transactions.size, 600);
  const { count } = await control<{ count: number }>(left.url, 'GET', '/requests/count?status=422');
  t.ok(count <= 1000, 'the journal holds its bound');
});

test('a restart with the same seed revives no token and gives none twice', async (t) => {
  const token = await logIn(left.url);
  for (let i = 0; i < 3; i++) t.equal((await crop(either(i).url, token, unreadableJpeg)).status, 422);
  await left.kill('SIGTERM');
  await left.start();
  t.equal((await crop(left.url, token, unreadableJpeg)).status, 403, 'spent before, spent now');
  t.not(await logIn(left.url), token);
});

test('what one replica is told holds in the other at once', async (t) => {
  await control(left.url, 'PATCH', '/settings', { trials: 5, 'magic-keys': false });
  t.match(await control(right.url, 'GET', '/settings'), { values: { trials: 5, 'magic-keys': false } });
  const token = await logIn(right.url);
  t.match(JSON.parse((await crop(right.url, token, unreadableJpeg)).body), { trials_remaining: '4' });
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => control(either(i).url, 'PATCH', '/clock', { advance: '10s' })),
  );
  t.match(await crop(right.url, token, unreadableJpeg), { status: 422 }, 'alive for 400 s yet');
  await control(left.url, 'PATCH', '/clock', { advance: '10m' });
  t.equal((await crop(right.url, token, unreadableJpeg)).status, 403, 'expired');
  await control(right.url, 'POST', '/reset');
  t.match(await control(left.url, 'GET', '/settings'), { values: { trials: 3 }, changed: [] });
  const { now } = await control<{ now: string }>(left.url, 'GET', '/clock');
  t.ok(Math.abs(Date.parse(now) - Date.now()) < 60_000, 'real time again');
  await control(left.url, 'PUT', '/accounts/demo/queue', [{ scenario: 'no-card', times: 1 }]);
  const fresh = await logIn(right.url);
  t.match(JSON.parse((await crop(right.url, fresh, unreadableJpeg)).body), { error_code: 5009 });
  t.same(await control(left.url, 'GET', '/accounts/demo/queue'), []);
});

test('any replica is asked what any replica was called', async (t) => {
  await control(left.url, 'DELETE', '/requests');
  const waiting = control<{ total: number }>(right.url, 'GET', '/requests/wait?endpoint=crop&count=3');
  const token = await logIn(left.url);
  for (let i = 0; i < 3; i++) await crop(left.url, token, unreadableJpeg);
  t.equal((await waiting).total, 3);
  const { requests } = await control<{ requests: { id: number; rule: string }[] }>(
    right.url,
    'GET',
    '/requests',
  );
  t.same(
    requests.map(({ rule }) => rule),
    [null, 'IMAGE_UNREADABLE', 'IMAGE_UNREADABLE', 'IMAGE_UNREADABLE'],
  );
  const ids = requests.map(({ id }) => id);
  t.same(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  const picture = (replica: Replica) => tryPicture(replica, ids.at(-1)!);
  t.same([await picture(left), await picture(right)], [200, 404], 'pictures leave no process');
  t.match(await control(right.url, 'DELETE', '/requests?endpoint=crop'), { cleared: 3 });
  t.match(await control(left.url, 'GET', '/requests/count'), { count: 1 });
});

const tryPicture = async ({ url }: Replica, id: number) =>
  (await fetch(`${url}/__mock/requests/${id}/photo`)).status;

test('the password is nobody’s to read', async (t) => {
  const state = new URL(`${redis.url}?prefix=replicas`);
  t.match(await control(left.url, 'GET', '/settings'), { values: { state: String(state) } });
  t.equal((await tryControl(left.url, 'PATCH', '/settings', { state: 'memory' })).status, 422);
});
