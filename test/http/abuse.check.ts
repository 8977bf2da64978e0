import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import t, { type Test, test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { findLast, readStages } from '../docker/dockerfile.js';
import { type RunningCommand, startCommand } from '../support/command.js';
import { hasProcessFigures, peakMb, processorMs } from '../support/process.js';
import { bundleKey, cropHeaders, cropperPath, passwordGrant, tokenPath } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket, send, type WireAnswer } from '../support/wire.js';
import { manyScans } from '../vision/bombs.js';

/** What strangers may do to a server that runs with its defaults, and what that may cost: docs/limits.md. */

/** As docs/docker.md recommends for a container, whose environment the server has here. */
const mostMb = 512;
const words = findLast(readStages().at(-1)!, 'ENV').split(' ');
const env = Object.fromEntries(
  words.filter((word) => word.startsWith('MALLOC_')).map((word) => word.split('=')),
);

interface Target extends RunningCommand {
  readonly token: string;
}

async function start(t: Test): Promise<Target> {
  const command = await startCommand(t, ['--trials', '1000', '--workers', '2', '--log-level', 'silent'], {
    env,
  });
  const { url } = command;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(passwordGrant).toString();
  const login = await send(url, { path: tokenPath, headers, body });
  await until(
    'a warm worker',
    async () => (await send(url, { method: 'GET', path: '/readyz' })).status === 200,
  );
  return { ...command, token: JSON.parse(login.text).access_token };
}

const cropBody = (photo: Buffer) => JSON.stringify({ bundle_key: bundleKey, img: photo.toString('base64') });

const post = ({ url, token }: Target, body: string) =>
  send(url, { path: cropperPath, headers: cropHeaders(token), body });

const progressive = await sharp({
  create: { width: 1700, height: 1700, channels: 3, background: '#999' },
})
  .jpeg({ progressive: true })
  .toBuffer();

/** A card, and behind its end as many bytes as a phone's photo has. */
const threeMegabytes = cropBody(
  Buffer.concat([
    fixture('card-on-table').bytes,
    randomBytes(3_000_000 - fixture('card-on-table').bytes.length),
  ]),
);

/** A million and a half members, 18 MB. */
const manyKeys = `{"bundle_key":"${bundleKey}","img":"AAAA"${Array.from({ length: 1_500_000 }, (_, n) => `,"k${n}":1`).join('')}}`;

const statusesOf = (answers: readonly WireAnswer[]) =>
  [...new Set(answers.map(({ status }) => status))].toSorted((a, b) => a - b);

/** @returns the statuses that it got */
type Attack = (target: Target) => Promise<readonly number[]>;

/** The milliseconds are of a processor; what each cost before there was a limit stands beside it. */
const attacks: readonly [what: string, attack: Attack, statuses: readonly number[], mostMs: number][] = [
  [
    'a JPEG of 1.5 MB with 100,000 scans', // minutes
    async (target) => statusesOf([await post(target, cropBody(manyScans(progressive, 100_000)))]),
    [422],
    2000,
  ],
  [
    'a JPEG of 52 KB with 2,000 scans', // 6 to 8 s
    async (target) => statusesOf([await post(target, cropBody(manyScans(progressive, 2000)))]),
    [422],
    2000,
  ],
  [
    'JSON of 18 MB with 1.5 million keys', // 5 s in which nobody else was answered
    async (target) => statusesOf([await post(target, manyKeys)]),
    [400],
    2000,
  ],
  ['60 uploads of which 19 of 20 MB have come', holdUploads, [503], 20_000], // 720 MB
  ['1,600 requests for /docs/json whose answers nobody reads', askAndNeverRead, [], 20_000], // 783 MB
  [
    '100 photos of 3 MB at once', // 40 were more than 512 MB
    sendPhotos,
    [200, 503],
    60_000,
  ],
];

async function holdUploads({ url, token }: Target): Promise<number[]> {
  const headers = Object.entries({ ...cropHeaders(token), 'content-length': `${20 * 2 ** 20}` });
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = `${[`POST ${cropperPath} HTTP/1.1`, 'host: x', ...lines].join('\r\n')}\r\n\r\n`;
  const most = Buffer.alloc(19 * 2 ** 20, 'A');
  const sockets = await Promise.all(Array.from({ length: 60 }, () => openSocket(url)));
  await Promise.all(
    sockets.map(async (socket) => {
      await socket.write(head);
      await socket.write(most);
    }),
  );
  const refused = () => sockets.map((socket) => socket.received()).filter((text) => text !== '');
  await until('most are refused', () => refused().length >= 50);
  for (const socket of sockets) socket.destroy();
  return [...new Set(refused().map((text) => Number(text.split(' ')[1])))];
}

/** A client that is still writing when its connection is closed behind the answer may not see that. */
async function sendPhotos(target: Target): Promise<number[]> {
  const sent = Array.from({ length: 100 }, () => post(target, threeMegabytes).catch(() => undefined));
  return statusesOf((await Promise.all(sent)).filter((answer) => answer !== undefined));
}

/** @returns when the server makes no more of them */
async function askAndNeverRead({ url, pid }: Target): Promise<number[]> {
  await send(url, { method: 'GET', path: '/docs/json' }); // which loads the page
  const { hostname, port } = new URL(url);
  const socket = await openSocket(url, { reads: false });
  await socket.write(`GET /docs/json HTTP/1.1\r\nhost: ${hostname}:${port}\r\n\r\n`.repeat(1600));
  for (let before = -1; processorMs(pid) - before > 20; await pause(300)) before = processorMs(pid);
  socket.destroy();
  return [];
}

if (!hasProcessFigures) t.comment('only Linux says what a process costs');
for (const [what, attack, statuses, mostMs] of hasProcessFigures ? attacks : [])
  test(what, async (t) => {
    const target = await start(t);
    const { pid, url } = target;
    const beforeMs = processorMs(pid);
    const attacked = attack(target);
    const beside = send(url, { method: 'GET', path: '/livez' });
    t.same(await attacked, statuses, `answered ${statuses.join(' or ') || 'to nobody'}`);
    t.equal((await beside).status, 200, 'alive');
    const ms = processorMs(pid) - beforeMs;
    t.ok(ms < mostMs, `${Math.round(ms)} ms of a processor`);
    t.ok(peakMb(pid) < mostMb, `${Math.round(peakMb(pid))} MB at most`);
    await until('nothing goes on behind it', async () => {
      const from = processorMs(pid);
      await pause(500);
      return processorMs(pid) - from < 100;
    });
  });

test('an end in the middle of it', async (t) => {
  const target = await start(t);
  const bomb = cropBody(manyScans(progressive, 100_000));
  const answers = Promise.all(Array.from({ length: 10 }, () => post(target, bomb).catch(() => undefined)));
  target.kill('SIGTERM');
  t.same(await target.ended, { status: 0, signal: null });
  for (const answer of await answers) t.equal(answer?.status ?? 422, 422);
});
