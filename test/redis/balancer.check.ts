import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { t as all, test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { unreadableJpeg } from '../support/photos.js';
import { freePort, startRedis } from '../support/redis.js';
import { crop, logIn, startReplica } from '../support/replicas.js';
import { until } from '../support/until.js';

const redis = await startRedis(all);
const replicas = await Promise.all([0, 1].map(() => startReplica(all, ['--state', redis.url])));
const url = await startBalancer();

/** HAProxy with the example's own file, but for the addresses. */
async function startBalancer(): Promise<string> {
  const port = await freePort();
  const example = readFileSync(join(packageRoot, 'examples/replicas/haproxy.cfg'), 'utf8');
  const [first, second] = replicas.map((replica) => new URL(replica.url).host);
  const text = example
    .replace('bind :3000', `bind 127.0.0.1:${port}`)
    .replace('replica-1:3000', first!)
    .replace('replica-2:3000', second!);
  const file = join(all.testdir(), 'haproxy.cfg');
  writeFileSync(file, text);
  const balancer = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' });
  await once(balancer, 'spawn');
  all.teardown(async () => {
    balancer.kill('SIGKILL');
  });
  return `http://127.0.0.1:${port}`;
}

const isReady = async (at: string) => (await fetch(`${at}/readyz`).catch(() => undefined))?.ok === true;

test('two replicas behind the load balancer of the example', { timeout: 200_000 }, async (t) => {
  await until('both are ready', async () => (await isReady(replicas[0]!.url)) && isReady(replicas[1]!.url));
  await until('the balancer knows it', () => isReady(url));
  const token = await logIn(url);
  const statuses = async (n: number) => {
    const outcomes = await Promise.all(Array.from({ length: n }, () => crop(url, token, unreadableJpeg)));
    return outcomes.map(({ status }) => status).sort();
  };
  t.same(
    await statuses(10),
    [403, 403, 403, 403, 403, 403, 403, 422, 422, 422],
    'three trials, whoever answers',
  );

  await replicas[0]!.kill('SIGKILL');
  await until('the balancer sees it', async () => !(await isReady(replicas[0]!.url)) && (await isReady(url)));
  t.same(await statuses(10), Array(10).fill(403), 'one replica is enough');

  await redis.kill('SIGKILL');
  await until('no replica is ready', async () => (await fetch(`${url}/readyz`)).status === 503);
  t.same(await statuses(2), [503, 503]);
  await redis.start();
  await until('it is back', () => isReady(url));
  t.same(await statuses(2), [403, 403], 'and nothing is forgotten');
});
