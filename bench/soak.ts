// node build/bench/soak.js [MINUTES] [CLIENTS]
//
// The built command under mixed load, as in a day of tests: logins, crops of all fixtures, requests that are refused at each station, clients that leave,
// looks at the journal and at /metrics. Prints its memory as a curve, and what it has answered.
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { demoAccount } from '../src/config/settings.js';
import { fixture, fixtureNames } from '../src/photos/fixtures.js';
import { createRandom } from '../src/random.js';
import { ask, residentMb, startService } from './service.js';

const [minutes = '10', clients = '4'] = process.argv.slice(2);
const steps = 20;
const port = 39_877;
const { username, password, client_id, client_secret, bundles } = demoAccount;
const bundleKey = bundles[0].bundle_key;
const login = new URLSearchParams({
  grant_type: 'password',
  username,
  password,
  client_id,
  client_secret,
}).toString();
const photos = fixtureNames.map((name) =>
  JSON.stringify({ bundle_key: bundleKey, img: fixture(name).base64 }),
);

const random = createRandom('soak');
const agent = new Agent({ keepAlive: true });
const service = await startService(port, ['--trials', '20']);
while ((await ask(`${service.url}/readyz`))?.status !== 200) await pause(100);
const counts = new Map<string, number>();
const endsAtMs = performance.now() + Number(minutes) * 60_000;
const cropper = `${service.url}/api/v1/id_cropper_register`;

const logIn = async (): Promise<string> => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await ask(`${service.url}/api/o/token/`, { headers, body: login, agent });
  return JSON.parse(answer?.text ?? '{}').access_token ?? '';
};

const headersOf = (token: string) => ({
  'content-type': 'application/json',
  authorization: `Bearer ${token}`,
});

/** What a client does, and how often of 100. */
const deeds: readonly [share: number, name: string, act: (token: string) => Promise<number | undefined>][] = [
  [50, 'crop', (token) => post(token, random.pick(photos))],
  [8, 'no image', (token) => post(token, JSON.stringify({ bundle_key: bundleKey, img: 'bm8gaW1hZ2U=' }))],
  [8, 'bad bundle key', (token) => post(token, JSON.stringify({ bundle_key: 'x', img: 'eA==' }))],
  [8, 'bad token', () => post('none', random.pick(photos))],
  [8, 'no JSON', (token) => post(token, '{')],
  [6, 'leaves', (token) => leave(token, random.pick(photos), random.int(0, 60))],
  [6, 'no path', () => status('/nowhere')],
  [3, 'metrics', () => status('/metrics')],
  [3, 'journal', () => status('/__mock/requests?limit=20')],
];

const post = async (token: string, body: string) =>
  (await ask(cropper, { headers: headersOf(token), body, agent }))?.status;
const status = async (path: string) => (await ask(`${service.url}${path}`, { agent }))?.status;

/** Sends a photo and hangs up after some time. */
const leave = (token: string, body: string, afterMs: number) =>
  new Promise<undefined>((resolve) => {
    const outgoing = request(cropper, { method: 'POST', headers: headersOf(token) });
    outgoing.on('error', () => {}).on('close', () => resolve(undefined));
    outgoing.end(body);
    setTimeout(() => outgoing.destroy(), afterMs);
  });

/** One of the deeds, as often as its share says: each stands in the bag that many times. */
const bag = deeds.flatMap((deed) => Array<(typeof deeds)[number]>(deed[0]).fill(deed));

async function beClient(): Promise<void> {
  for (let calls = 0, token = ''; performance.now() < endsAtMs; calls++) {
    if (calls % 12 === 0) token = await logIn();
    const [, name, act] = random.pick(bag);
    const line = `${name}: ${(await act(token)) ?? 'no answer'}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
}

async function watch(): Promise<void> {
  console.log('| minute | requests | resident MB |\n| ---: | ---: | ---: |');
  for (let step = 1; step <= steps; step++) {
    await pause((Number(minutes) * 60_000) / steps);
    const requests = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const minute = ((Number(minutes) * step) / steps).toFixed(1);
    console.log(`| ${minute} | ${requests} | ${residentMb(service.child.pid!).toFixed(0)} |`);
  }
}

await Promise.all([watch(), ...Array.from({ length: Number(clients) }, beClient)]);
for (const [line, count] of [...counts].sort()) console.log(`${String(count).padStart(7)}  ${line}`);
await service.stop();
