import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { documented } from '../support/bodies.js';
import { control } from '../support/control.js';
import { bundleKey, cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket } from '../support/wire.js';

/** Room for photos, which is asked for before a body is read: docs/fidelity.md, "Which error wins". */

const body = JSON.stringify({ bundle_key: bundleKey, img: fixture('card-on-table').base64 });

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

/** A body that is declared, and never comes; `null`: in chunks. */
async function holdPlace({ url }: Simulator, token: string, length: number | null = body.length) {
  const socket = await openSocket(url);
  const framing = length === null ? { 'transfer-encoding': 'chunked' } : { 'content-length': `${length}` };
  const headers = Object.entries({ ...cropHeaders(token), ...framing });
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  // It is told to go on when it has its place.
  const head = [`POST ${cropperPath} HTTP/1.1`, 'host: x', 'expect: 100-continue', ...lines];
  await socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await until('it has its place', () => socket.received().startsWith('HTTP/1.1 100'));
  return socket;
}

/** Asks with headers alone: what is refused for want of room needs no body. */
const ask = (simulator: Simulator, token: string, headers = {}) =>
  simulator.exchange({
    path: cropperPath,
    headers: { ...cropHeaders(token), 'content-length': `${body.length}`, ...headers },
    withholdBody: true,
  });

const trialsOf = ({ url }: Simulator, token: string) =>
  control<{ trialsRemaining: number }>(url, 'GET', `/accounts/demo/tokens/${token}`);

test('what ends in the middle of a photo keeps no place while the connection is closed', async (t) => {
  const simulator = await startSimulator(t, { workers: 1, maxQueue: 1 });
  const token = await simulator.token();
  const hold = () => Promise.all([holdPlace(simulator, token, null), holdPlace(simulator, token, null)]);
  const answered = (held: Awaited<ReturnType<typeof hold>>) =>
    until('they are answered', () => held.every((socket) => socket.received().includes('HTTP/1.1 400')));
  const crop = () => simulator.exchange({ path: cropperPath, headers: cropHeaders(token), body });
  const left = await hold();
  for (const socket of left) socket.end();
  await answered(left);
  t.equal((await crop()).status, 200, 'half-closed');
  const broken = await hold();
  for (const socket of broken) await socket.write('no chunk\r\n');
  await answered(broken);
  t.equal((await crop()).status, 200, 'no HTTP');
});

test('what has ended before its place is asked for takes none', async (t) => {
  const simulator = await startSimulator(t, { workers: 1, maxQueue: 1 });
  const token = await simulator.token();
  const lines = Object.entries(cropHeaders(token)).map(([name, value]) => `${name}: ${value}`);
  const head = [`POST ${cropperPath} HTTP/1.1`, 'host: x', ...lines, 'transfer-encoding: chunked'];
  for (let times = 0; times < 3; times++) {
    const socket = await openSocket(simulator.url);
    await socket.write(`${head.join('\r\n')}\r\n\r\nno chunk, in one packet with the headers\r\n`);
    t.match(await socket.closed(), /^HTTP\/1\.1 400 /);
  }
  const answer = await simulator.exchange({ path: cropperPath, headers: cropHeaders(token), body });
  t.equal(answer.status, 200);
});

test('as many photos as may wait and be cropped have a place, from their headers on', async (t) => {
  const simulator = await startSimulator(t, { workers: 1, maxQueue: 1 });
  const token = await simulator.token();
  const held = [await holdPlace(simulator, token), await holdPlace(simulator, token)];
  const refused = await ask(simulator, token);
  t.same([refused.status, refused.text, refused.headers['retry-after']], [503, documented[503], '1']);
  t.match(simulator.log().at(-1), {
    rule: 'SERVICE_UNAVAILABLE',
    reason: /^2 photos are on their way already/,
  });
  const small = await simulator.crop(token, { bundle_key: 'unknown', img: 'AAAA' });
  t.equal(small.status, 401, 'what is small is answered all the same');
  const told = await simulator.exchange({
    path: cropperPath,
    headers: { ...cropHeaders(token), prefer: 'scenario=no-card' },
    body,
  });
  t.equal(told.status, 422, 'and so is what needs no worker');
  t.match(await trialsOf(simulator, token), { trialsRemaining: 2 }, 'a refusal spends nothing');
  for (const socket of held) socket.destroy();
  await until(
    'their places are free',
    async () =>
      (await simulator.exchange({ path: cropperPath, headers: cropHeaders(token), body })).status === 200,
  );
});

test('bytes have a bound too', async (t) => {
  const simulator = await startSimulator(t, { maxQueueBytes: 1_000_000 });
  const token = await simulator.token();
  const held = await holdPlace(simulator, token, 950_000);
  const refused = await ask(simulator, token);
  t.same([refused.status, refused.text, refused.headers['retry-after']], [503, documented[503], '1']);
  t.match(simulator.log().at(-1), { reason: /^950000 bytes of photos are held already, .*max-queue-bytes/ });
  held.destroy();
  await until(
    'its place is free',
    async () =>
      (await simulator.exchange({ path: cropperPath, headers: cropHeaders(token), body })).status === 200,
  );
});

test('so have bytes that nobody declared', async (t) => {
  const simulator = await startSimulator(t, { maxQueueBytes: 1_000_000 });
  const token = await simulator.token();
  const held = await holdPlace(simulator, token, 950_000);
  const headers = { ...cropHeaders(token), 'transfer-encoding': 'chunked' };
  const answer = await simulator.exchange({ path: cropperPath, headers, body }).catch(() => undefined); // or its rest meets a closed connection
  t.equal(answer?.text ?? documented[503], documented[503]);
  t.match(simulator.log().at(-1), { status: 503, rule: 'SERVICE_UNAVAILABLE' });
  held.destroy();
});

test('a body that is larger than all the room is read where it is alone', async (t) => {
  const simulator = await startSimulator(t, { maxQueueBytes: 1000 });
  const token = await simulator.token();
  t.equal((await simulator.crop(token, JSON.parse(body) as object)).status, 200);
});
