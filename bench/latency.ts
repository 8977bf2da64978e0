import { Agent } from 'node:http';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { demoAccount } from '../src/config/settings.js';
import { fixture } from '../src/photos/fixtures.js';
import { createRandom } from '../src/random.js';
import { ask, quantile, startService } from './service.js';

/**
 * How long a request that needs no picture waits while pictures are cropped.
 * Usage: `npm run build && node build/bench/latency.js [SECONDS]`
 */

const seconds = Number(process.argv[2] ?? 20);
const everyMs = 20;
const inFlight = 4;

const service = await startService(34_200, ['--trials', '1000000', '--log-level', 'warn']);
while ((await ask(`${service.url}/readyz`))?.status !== 200) await pause(20);

const { username, password, client_id, client_secret, bundles } = demoAccount;
const form = new URLSearchParams({ grant_type: 'password', username, password, client_id, client_secret });
const login = await ask(`${service.url}/api/o/token/`, {
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: form.toString(),
});
const headers = {
  'content-type': 'application/json',
  authorization: `Bearer ${JSON.parse(login!.text).access_token}`,
};
const url = `${service.url}/api/v1/id_cropper_register`;

/** 12 MP with the noise of a phone's sensor, so that the file is as large as a phone's: about 5 MB. */
async function noisyPhoto(): Promise<Buffer> {
  const { data, info } = await sharp(fixture('twelve-megapixels').bytes)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const random = createRandom('noise');
  for (let i = 0; i < data.length; i++) data[i] = Math.max(0, Math.min(255, data[i]! + random.int(-28, 28)));
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

let busy = true;
let crops = 0;

async function keepCropping(body: Buffer, agent: Agent): Promise<void> {
  while (busy) {
    const answer = await ask(url, { headers, body, agent });
    if (answer?.status !== 200) throw new Error(`a crop was answered ${answer?.status}`);
    crops += 1;
  }
}

/** Requests with a bad bundle key, one every 20 ms whether or not the one before is answered. */
async function probe(): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const body = JSON.stringify({ bundle_key: 'unknown', img: 'AAAA' });
  const pending: Promise<number>[] = [];
  const endMs = performance.now() + seconds * 1000;
  while (performance.now() < endMs) {
    const startedMs = performance.now();
    const answered = ask(url, { headers, body, agent }).then((answer) => {
      if (answer?.status !== 401) throw new Error(`a probe was answered ${answer?.status}`);
      return performance.now() - startedMs;
    });
    pending.push(answered);
    await pause(everyMs);
  }
  const latencies = await Promise.all(pending);
  agent.destroy();
  return latencies;
}

const photo = await noisyPhoto();
const body = Buffer.from(
  JSON.stringify({ bundle_key: bundles[0].bundle_key, img: photo.toString('base64') }),
);
await probe(); // compiles the hot paths of both processes
const idle = await probe();
const croppers = Array.from({ length: inFlight }, () => keepCropping(body, new Agent({ keepAlive: true })));
await pause(2000);
crops = 0;
const loaded = await probe();
const rate = crops / seconds;
busy = false;
await Promise.all(croppers);
await service.stop();

console.log(
  `Node ${process.version}, photo of ${(photo.length / 1e6).toFixed(1)} MB, ${inFlight} crops in flight (${rate.toFixed(1)} crops/s), load average ${loadavg()[0]?.toFixed(1)}\n`,
);
console.log(
  '| bad bundle key, ms | requests | p50 | p95 | p99 | max |\n| --- | --: | --: | --: | --: | --: |',
);
for (const [name, values] of Object.entries({ idle, 'crops in flight': loaded })) {
  const figures = [0.5, 0.95, 0.99, 1].map((share) => quantile(values, share).toFixed(1));
  console.log(`| ${name} | ${values.length} | ${figures.join(' | ')} |`);
}
process.exit(0); // connections kept alive would wait for their timeout
