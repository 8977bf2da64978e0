import { connect } from 'node:net';
import sharp from 'sharp';
import { test } from 'tap';
import { demoAccount } from '../../src/config/settings.js';
import { fixture } from '../../src/photos/fixtures.js';
import { type RunningCommand, runCommand, startCommand } from '../support/command.js';
import { control } from '../support/control.js';
import { cropHeaders, cropperPath, passwordGrant, tokenPath } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket, parseAnswers, send } from '../support/wire.js';
import { manyFullScans } from '../vision/bombs.js';

/** Fastify alone waits 72 s for the idle client. Ours takes as long as the crops, which a busy machine may draw out. */
const patienceMs = 40_000;

const body = JSON.stringify({
  bundle_key: demoAccount.bundles[0].bundle_key,
  img: fixture('png').base64,
});

async function tokenFrom(url: string): Promise<string> {
  const answer = await send(url, {
    path: tokenPath,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(passwordGrant).toString(),
  });
  return JSON.parse(answer.text).access_token;
}

/** A crop whose headers have been accepted: the server is in the middle of it. */
async function beginCrop(url: string, token: string) {
  const socket = await openSocket(url);
  const head = [
    'POST /api/v1/id_cropper_register HTTP/1.1',
    'Host: x',
    'Content-Type: application/json',
    `Authorization: Bearer ${token}`,
    `Content-Length: ${body.length}`,
    'Expect: 100-continue',
  ];
  await socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await until('100 Continue', () => socket.received() !== '');
  return socket;
}

const refusesConnections = (url: string) =>
  new Promise<boolean>((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
    socket.unref().once('connect', () => socket.destroy());
  });

async function signalAndWait(command: RunningCommand, signal: NodeJS.Signals): Promise<void> {
  command.kill(signal);
  await until('the port is closed', () => refusesConnections(command.url));
}

test('SIGTERM: requests in flight are finished, an idle client does not matter', async (t) => {
  const command = await startCommand(t, [
    '--workers',
    '1',
    '--shutdown-timeout',
    '60',
    '--queue-timeout',
    '100',
    '--crop-timeout',
    '100',
  ]);
  const idle = await openSocket(command.url);
  await idle.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
  await until('its answer', () => idle.received().endsWith('}'));
  const token = await tokenFrom(command.url);
  const crops = await Promise.all([1, 2, 3].map(() => beginCrop(command.url, token)));
  await crops[0]!.write(body);
  await crops[1]!.write(body);
  await crops[2]!.write(body.slice(0, -1));

  const startedMs = Date.now();
  await signalAndWait(command, 'SIGTERM');
  await crops[2]!.write(body.slice(-1));
  for (const crop of crops) {
    const [, answer] = parseAnswers(await crop.closed());
    t.match(answer, { status: 200, headers: { connection: 'close' } });
    t.equal(typeof JSON.parse(answer!.text).data.img, 'string');
  }
  t.same(await command.ended, { status: 0, signal: null });
  t.ok(Date.now() - startedMs < patienceMs, `took ${Date.now() - startedMs} ms`);
  await idle.closed();
});

test('SIGINT, with nothing to do', async (t) => {
  const command = await startCommand(t);
  command.kill('SIGINT');
  t.same(await command.ended, { status: 0, signal: null });
  t.notMatch(command.output.stderr, '"level":50', 'no error in the log, though no worker was warm yet');
});

test('a connection on which nothing was ever said does not hold it up', async (t) => {
  const command = await startCommand(t, ['--shutdown-timeout', '60']);
  const silent = await openSocket(command.url);
  await send(command.url, { method: 'GET', path: '/livez' }); // the server has accepted the other one before
  const startedMs = Date.now();
  command.kill('SIGTERM');
  t.same(await command.ended, { status: 0, signal: null });
  t.ok(Date.now() - startedMs < patienceMs, `took ${Date.now() - startedMs} ms`);
  await silent.closed();
});

test('a request that never comes to its end is given up after shutdown-timeout', async (t) => {
  const command = await startCommand(t, ['--shutdown-timeout', '1']);
  const half = await beginCrop(command.url, await tokenFrom(command.url));
  await half.write(body.slice(0, 1000));
  await signalAndWait(command, 'SIGTERM');
  t.same(await command.ended, { status: 0, signal: null });
  await half.closed();
});

test('a worker in a long native loop does not hold it up', async (t) => {
  // Limits that let a photo through which takes 6 s of CPU; the process waits for it for a second, and for its worker for another.
  const limits = ['--max-pixels', '268402689', '--body-limit', '100000000', '--shutdown-timeout', '1'];
  const command = await startCommand(t, limits);
  const { url } = command;
  const isReady = async () => (await send(url, { method: 'GET', path: '/readyz' })).status === 200;
  await until('a warm worker', isReady);
  const token = await tokenFrom(url);
  const photo = sharp({ create: { width: 1700, height: 1700, channels: 3, background: '#999' } });
  const scans = manyFullScans(
    await photo.jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    1450,
  );
  const request = JSON.stringify({
    bundle_key: demoAccount.bundles[0].bundle_key,
    img: scans.toString('base64'),
  });
  const unanswered = t.rejects(send(url, { path: cropperPath, headers: cropHeaders(token), body: request }));
  const trials = async () =>
    (await control<{ trialsRemaining: number }>(url, 'GET', `/accounts/demo/tokens/${token}`))
      .trialsRemaining;
  await until('the photo is in the cropper', async () => (await trials()) === 2);
  command.kill('SIGTERM');
  // As nothing else ends a process that has such a thread.
  t.same(await command.ended, { status: null, signal: 'SIGKILL' });
  t.match(command.output.stderr, 'a crop worker did not end');
  await unanswered;
});

test('a second signal ends it at once', async (t) => {
  const command = await startCommand(t, ['--shutdown-timeout', '3600']);
  await beginCrop(command.url, await tokenFrom(command.url));
  await signalAndWait(command, 'SIGTERM');
  command.kill('SIGINT');
  t.same(await command.ended, { status: 1, signal: null });
});

for (const fault of ['throw', 'reject', 'reject with nothing'])
  test(`an error that nobody catches (${fault}): it is logged, and open answers are given`, async (t) => {
    const preload = [new URL('./fault-on-signal.js', import.meta.url).href];
    const flags = ['--shutdown-timeout', '60', '--crop-timeout', '100'];
    const command = await startCommand(t, flags, { env: { FAULT: fault }, preload });
    const crop = await beginCrop(command.url, await tokenFrom(command.url));
    await signalAndWait(command, 'SIGUSR2');
    await crop.write(body);
    const [, answer] = parseAnswers(await crop.closed());
    t.equal(answer?.status, 200);
    t.same(await command.ended, { status: 1, signal: null });
    t.match(command.output.stderr, /"level":60.*nobody caught this error/);
    if (fault !== 'reject with nothing') t.match(command.output.stderr, 'a fault of ours');
  });

test('a port that is taken is told in one line', async (t) => {
  const { url } = await startCommand(t);
  const { port } = new URL(url);
  const { status, stdout, stderr } = await runCommand(['serve', '--port', port]);
  t.same([status, stdout], [1, '']);
  t.match(
    stderr,
    /^valify-id-cropper-simulator: .*EADDRINUSE.*:\d+; --port takes another one, --port 0 .*\n$/,
  );
});
