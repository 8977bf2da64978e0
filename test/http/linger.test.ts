import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import fastify from 'fastify';
import { type Test, test } from 'tap';
import { lingerOnUploads } from '../../src/http/linger.js';
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

/** A server with less patience. @returns what begins an upload to it that is refused, and the requests that it got */
async function impatient(t: Test, patience: { readonly quietMs: number; readonly longestMs: number }) {
  const app = fastify();
  lingerOnUploads(app, patience);
  const uploads: IncomingMessage[] = [];
  app.addHook('onRequest', (request, reply) => {
    uploads.push(request.raw);
    return reply.code(415).send();
  });
  app.post('/', () => undefined);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  t.teardown(() => app.close());
  const begin = async (length: number) => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {}); // what has gone answers with a reset
    t.teardown(() => socket.destroy());
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    t.match(answer.toString(), /^HTTP\/1\.1 415 .*connection: close/is);
    return socket;
  };
  const connections = () =>
    new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  return { begin, uploads, connections };
}

test('an upload is waited for while something of it comes', async (t) => {
  const { begin, uploads, connections } = await impatient(t, { quietMs: 1500, longestMs: 60_000 });
  const slow = await begin(10);
  for (let sent = 0; sent < 10; sent++) {
    slow.write('x');
    await pause(250);
  }
  t.equal(uploads[0]?.complete, true, 'longer than without a byte');
  await begin(10);
  await until('the one that has stopped is given up', async () => (await connections()) === 0);
  t.equal(uploads[1]?.complete, false);
});

test('an upload that never ends is not waited for for ever', async (t) => {
  const { begin, uploads, connections } = await impatient(t, { quietMs: 60_000, longestMs: 1000 });
  const endless = await begin(1_000_000);
  const nagging = setInterval(() => endless.write('x'), 100);
  t.teardown(() => clearInterval(nagging));
  await until('it is given up', async () => (await connections()) === 0);
  t.equal(uploads[0]?.complete, false);
});
