import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'tap';
import { startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket } from '../support/wire.js';

const head = [
  'POST /api/v1/id_cropper_register HTTP/1.1',
  'Host: simulator',
  'Connection: close',
  'Content-Type: text/plain',
];

/** Sends a body piece by piece as if it had not looked at the answer, and reads at the end, as a blocking client does. */
async function upload(url: string, pieces: number): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.pause().setEncoding('utf8');
  socket.on('error', () => {}); // what was received until then is the answer
  const piece = Buffer.alloc(64 * 1024, 'x');
  socket.write(`${[...head, `Content-Length: ${pieces * piece.length}`].join('\r\n')}\r\n\r\n`);
  for (let sent = 0; sent < pieces && !socket.destroyed; sent++) {
    socket.write(piece);
    await pause(5);
  }
  let received = '';
  socket.on('data', (text) => {
    received += text;
  });
  socket.resume();
  await once(socket, 'close');
  return received;
}

test('who is refused in the middle of an upload, and wants to be disconnected, gets the answer', async (t) => {
  const simulator = await startSimulator(t, { requestTimeout: 20 });
  for (let i = 0; i < 3; i++) {
    const answer = await upload(simulator.url, 40);
    t.match(answer, /^HTTP\/1\.1 415 /, 'all of it sent');
    t.match(answer, /connection: close/i);
    t.match(answer, /"message"/);
  }
});

test('who is refused in the middle of an upload is told that the connection ends; a small body costs no connection', async (t) => {
  const simulator = await startSimulator(t);
  const lines = head.filter((line) => line !== 'Connection: close');
  const ask = async (body: string, length: number) => {
    const socket = await openSocket(simulator.url);
    const request = `${[...lines, `Content-Length: ${length}`].join('\r\n')}\r\n\r\n${body}`;
    await socket.write(request);
    await until('its answer', () => socket.received().includes('"message"'));
    const first = socket.received();
    await socket.write(request);
    return { first, socket };
  };
  const large = await ask('x', 1_000_000);
  t.match(large.first, /^HTTP\/1\.1 415 .*connection: close/is);
  large.socket.destroy();
  for (const [body, length] of [
    ['x'.repeat(1000), 1000],
    ['', 0],
  ] as const) {
    const small = await ask(body, length);
    t.match(small.first, /connection: keep-alive/i, `${length} bytes`);
    await until('a second answer', () => small.socket.received().split('"message"').length === 3);
    small.socket.destroy();
  }
});

test('an upload that never ends is waited for no longer than five seconds', async (t) => {
  const simulator = await startSimulator(t, { requestTimeout: 20 });
  const socket = connect({
    port: Number(new URL(simulator.url).port),
    host: '127.0.0.1',
    allowHalfOpen: true,
  });
  socket.write(`${[...head, 'Content-Length: 1000000'].join('\r\n')}\r\n\r\nx`);
  let received = '';
  socket.setEncoding('utf8').on('data', (text) => {
    received += text;
  });
  await once(socket, 'end');
  t.match(received, /^HTTP\/1\.1 415 /);
  const nagging = setInterval(() => socket.write('x'), 200); // one that has gone answers with a reset
  await Promise.race([once(socket, 'close'), once(socket, 'error')]).catch(() => {});
  clearInterval(nagging);
  t.ok(socket.destroyed || socket.closed);
});
