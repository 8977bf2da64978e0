/**
 * Overload: clients that send photos of 3 MB as fast as they are answered, half of which give up after a second, beside cheap requests. Then one
 * client alone: how soon it is answered again.
 * Usage: `npm run build && npx tsc && node build/bench/overload.js [CLIENTS] [SECONDS] [CGROUP]`, the last a folder of cgroup's with a limit of memory.
 */
import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { demoAccount } from '../src/config/settings.js';
import { fixture } from '../src/photos/fixtures.js';
import { ask, quantile, residentMb, startService } from './service.js';
import { openClient, requestBytes } from './wire-client.js';

const clients = Number(process.argv[2] ?? 100);
const seconds = Number(process.argv[3] ?? 60);
const cgroup = process.argv[4];
const trials = 1_000_000;
const port = 34_400;
const path = '/api/v1/id_cropper_register';
const { username, password, client_id, client_secret, bundles } = demoAccount;

const service = await startService(port, ['--trials', `${trials}`, '--log-level', 'silent'], cgroup);
while ((await ask(`${service.url}/readyz`))?.status !== 200) await pause(50);
const form = new URLSearchParams({ grant_type: 'password', username, password, client_id, client_secret });
const login = await ask(`${service.url}/api/o/token/`, {
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: form.toString(),
});
const token = JSON.parse(login!.text).access_token as string;
const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };

/** A card, and behind its end as many bytes as a phone's photo has. */
const photo = Buffer.concat([fixture('card-on-table').bytes, randomBytes(2_900_000)]);
const { bundle_key } = bundles[0];
const large = requestBytes(path, headers, JSON.stringify({ bundle_key, img: photo.toString('base64') }));
const cheap = requestBytes(path, headers, JSON.stringify({ bundle_key: 'unknown', img: 'AAAA' }));

const spent = async () => {
  const answer = await ask(`${service.url}/__mock/accounts/${username}/tokens/${token}`);
  return trials - (JSON.parse(answer!.text).trialsRemaining as number);
};

async function run(count: number, ms: number) {
  const statuses = new Map<string, number>();
  const cheapMs: number[] = [];
  let peak = 0;
  const endMs = performance.now() + ms;
  const before = await spent();
  const send = async (_: unknown, index: number) => {
    const client = openClient(port);
    while (performance.now() < endMs) {
      const status = `${(await client.ask(large, index % 2 === 0 ? 60_000 : 1000)) ?? 'gave up'}`;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === '503') await pause(1000); // Retry-After
    }
    client.close();
  };
  const probe = async () => {
    const client = openClient(port);
    while (performance.now() < endMs) {
      const askedMs = performance.now();
      await client.ask(cheap);
      cheapMs.push(performance.now() - askedMs);
      peak = Math.max(peak, residentMb(service.child.pid!));
      await pause(20);
    }
    client.close();
  };
  await Promise.all([...Array.from({ length: count }, send), probe()]);
  const recoveryMs = await timeToAnswer();
  await pause(2000); // crops that nobody waits for
  return { statuses, cheapMs, peak, recoveryMs, spent: (await spent()) - before - 1 };
}

/** Until a client that asks again and again, as nobody else does any more, has its crop. */
async function timeToAnswer(): Promise<number> {
  const startedMs = performance.now();
  const client = openClient(port);
  while ((await client.ask(large)) !== 200) await pause(50);
  client.close();
  return performance.now() - startedMs;
}

console.log(`Node ${process.version}, load average ${loadavg()[0]?.toFixed(1)}, ${seconds} s each\n`);
console.log(
  '| clients | good answers/s | of the best | statuses | trials spent | cheap p50 ms | p99 ms | recovered after ms | peak resident MB |',
);
console.log('| --: | --: | --: | --- | --: | --: | --: | --: | --: |');
let best = 0;
for (const count of [2, 8, clients]) {
  const { statuses, cheapMs, peak, recoveryMs, spent: taken } = await run(count, seconds * 1000);
  const all = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ');
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(cheapMs, share).toFixed(0));
  const rate = (statuses.get('200') ?? 0) / seconds;
  best = Math.max(best, rate);
  const cells = [count, rate.toFixed(1), (rate / best).toFixed(2), all, taken, p50, p99];
  console.log(`| ${[...cells, recoveryMs.toFixed(0), peak.toFixed(0)].join(' | ')} |`);
}
await service.stop();
