import { type Test, test } from 'tap';
import { documented } from '../support/bodies.js';
import { runCommand } from '../support/command.js';
import { control, tryControl } from '../support/control.js';
import { unreadableJpeg } from '../support/photos.js';
import { freePort, startRedis } from '../support/redis.js';
import { crop, logIn, startReplica } from '../support/replicas.js';
import { until } from '../support/until.js';

const ready = async (url: string) => {
  const answer = await fetch(`${url}/readyz`);
  const { reason } = (await answer.json()) as { reason?: string };
  return { status: answer.status, reason };
};
const untilReady = (url: string) => until('the state is back', async () => (await ready(url)).status === 200);

for (const [how, down, up, reason] of [
  ['is killed', 'SIGKILL', 'start', /ECONNREFUSED|ECONNRESET|Socket closed/],
  ['hangs', 'SIGSTOP', 'SIGCONT', /no answer within 2000 ms/],
] as const) {
  test(`Redis ${how} and comes back`, { timeout: 120_000 }, async (t: Test) => {
    const redis = await startRedis(t);
    const { url, log } = await startReplica(t, ['--state', redis.url, '--seed', 'a']);
    const token = await logIn(url);
    await untilReady(url);
    t.equal((await crop(url, token, unreadableJpeg)).status, 422);

    if (down === 'SIGKILL') await redis.kill(down);
    else redis.signal(down);
    const refused = await crop(url, token, unreadableJpeg);
    t.match(refused, { status: 503, body: documented[503], retryAfter: '1' }, "503 in the vendor's shape");
    t.equal((await fetch(`${url}/livez`)).status, 200, 'alive');
    t.match(await ready(url), { status: 503, reason });
    const login = await fetch(`${url}/api/o/token/`, { method: 'POST' });
    t.same([login.status, await login.text()], [503, documented[503]], 'the token endpoint too');
    t.match(await tryControl(url, 'GET', '/accounts'), { status: 503, json: { detail: reason } });
    t.equal(
      (await fetch(`${url}/nowhere`, { method: 'POST' })).status,
      404,
      'what needs no state is answered',
    );
    t.match(log(), /"rule":"SERVICE_UNAVAILABLE","reason":"the shared state is away: /);
    t.match(log(), /"msg":"the shared state is away"/);

    if (up === 'start') await redis.start();
    else redis.signal(up);
    await untilReady(url);
    const again = JSON.parse((await crop(url, token, unreadableJpeg)).body);
    t.equal(again.trials_remaining, '1', 'nothing was lost, and nothing spent without an answer');
  });
}

test('a server that comes back empty is begun anew, with the same accounts', {
  timeout: 60_000,
}, async (t) => {
  const redis = await startRedis(t, ['--appendonly', 'no']);
  const { url } = await startReplica(t, ['--state', redis.url, '--trials', '4']);
  const token = await logIn(url);
  await control(url, 'PATCH', '/settings', { trials: 9 });
  await redis.kill('SIGKILL');
  await redis.start();
  await untilReady(url);
  t.equal((await crop(url, token, unreadableJpeg)).status, 403, 'its tokens are gone');
  const fresh = await logIn(url);
  t.not(fresh, token);
  t.match(JSON.parse((await crop(url, fresh, unreadableJpeg)).body), { trials_remaining: '3' });
});

test('a start without its state', { timeout: 60_000 }, async (t) => {
  const port = await freePort();
  const state = `redis://:s3cret@127.0.0.1:${port}`;
  const { status, stderr } = await runCommand(['serve', '--port', '0', '--state', state]);
  t.equal(status, 1, 'ends after ten seconds');
  t.match(stderr, /the shared state cannot be used: connect ECONNREFUSED/);
  t.notMatch(stderr, 's3cret');
  const late = startReplica(t, ['--state', `redis://127.0.0.1:${port}?prefix=late`]);
  await startRedis(t, [], port);
  t.equal((await crop((await late).url, 'unknown', unreadableJpeg)).status, 403, 'it has waited');
});

test('who is not let in says so at once', { timeout: 60_000 }, async (t) => {
  const redis = await startRedis(t, ['--requirepass', 's3cret']);
  const state = (password: string) => redis.url.replace('//', `//:${password}@`);
  const wrong = await runCommand(['serve', '--port', '0', '--state', state('wr0ng')]);
  t.equal(wrong.status, 1);
  t.match(wrong.stderr, /WRONGPASS/);
  t.notMatch(wrong.stderr, 'wr0ng');
  t.match((await runCommand(['serve', '--port', '0', '--state', redis.url])).stderr, /NOAUTH/);
  const { url, log } = await startReplica(t, ['--state', state('s3cret'), '--seed', 'a']);
  t.equal((await crop(url, await logIn(url), unreadableJpeg)).status, 422);
  const { values } = await control<{ values: { state: string } }>(url, 'GET', '/settings');
  t.match(values.state, /^redis:\/\/:…@127/);
  t.notMatch(log() + JSON.stringify(values), 's3cret');
  const other = await runCommand(['serve', '--port', '0', '--state', state('s3cret'), '--seed', 'b']);
  t.equal(other.status, 1);
  t.match(other.stderr, /begun with another seed/);
});

test('what is no address is refused with the other problems', async (t) => {
  for (const state of [
    'redis',
    'http://x',
    'redis://x/zero',
    'redis://x?prefix=',
    'redis://x?ttl=0',
    'redis://x?foo=1',
  ]) {
    const { status, stderr } = await runCommand(['serve', '--state', state]);
    t.equal(status, 2, state);
    t.match(stderr, /--state must be memory, or an address/);
  }
});
