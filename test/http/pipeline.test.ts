import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'tap';
import { startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { parseAnswers, sendRaw } from '../support/wire.js';

const ask = (path: string, last = '') => `GET ${path} HTTP/1.1\r\nhost: x\r\n${last}\r\n`;

test('of requests whose answers nobody reads, few are answered', async (t) => {
  const { url, app } = await startSimulator(t);
  const replies: ServerResponse[] = [];
  app.server.prependListener('request', (_request, reply) => replies.push(reply));
  const made = () => replies.filter(({ headersSent }) => headersSent).length;
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.pause();
  socket.write(ask('/docs/json').repeat(1500));
  await until('the first answers', () => made() > 0);
  for (let last = -1; last !== made(); ) {
    last = made();
    await pause(500);
  }
  t.ok(made() < 500, `${made()} of 1500 answers made`);
  socket.destroy();
});

test('all are answered, in their order, to whom who reads', async (t) => {
  const { url } = await startSimulator(t);
  const paths = Array.from({ length: 100 }, (_, n) => (n % 3 === 0 ? '/livez' : '/nothing'));
  const bytes = paths.map((path, n) => ask(path, n === 99 ? 'connection: close\r\n' : '')).join('');
  t.same(
    parseAnswers(await sendRaw(url, bytes)).map(({ status }) => status),
    paths.map((path) => (path === '/livez' ? 200 : 404)),
  );
});
