import { test } from 'tap';
import { documented } from '../support/bodies.js';
import { base64, blankJpeg } from '../support/photos.js';
import { bundleKey, cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket, parseAnswers, send, sendRaw } from '../support/wire.js';

const host = 'Host: simulator';
const close = 'Connection: close';
const json = 'Content-Type: application/json';

const message = (lines: readonly string[], body = '') => `${lines.join('\r\n')}\r\n\r\n${body}`;
const post = (lines: readonly string[], body = '', version = '1.1') =>
  message([`POST ${cropperPath} HTTP/${version}`, ...lines], body);

type DocumentedStatus = keyof typeof documented;
type Simulator = Awaited<ReturnType<typeof startSimulator>>;

/** `TOKEN` stands for a good token. */
const rows: [sentence: string, bytes: string | Buffer, statuses: DocumentedStatus[]][] = [
  ['no HTTP at all', 'hello world\r\n\r\n', [400]],
  ['a TLS handshake', Buffer.from('16030100a5010000a10303', 'hex'), [400]],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['a version that does not exist', message(['GET / HTTP/3.0', host]), [400]],
  ['a method that does not exist', message([`BREW ${cropperPath} HTTP/1.1`, host]), [400]],
  ['a path with a naked é', message(['GET /é HTTP/1.1', host]), [400]],
  ['white space before the colon', message(['GET / HTTP/1.1', 'Host : x']), [400]],
  ['a NUL in a header', message(['GET / HTTP/1.1', host, 'X: a\0b']), [400]],
  ['a header over 16 KiB', message(['GET / HTTP/1.1', host, `X: ${'x'.repeat(20_000)}`]), [431]],
  ['a path over 16 KiB', message([`GET /${'x'.repeat(20_000)} HTTP/1.1`, host]), [431]],
  ['a header of 8 KiB is fine', post([host, close, `X: ${'x'.repeat(8000)}`]), [403]],
  ['no Host', post([close]), [403]],
  ['two of them', post([host, 'Host: other', close]), [403]],
  ['HTTP/1.0', post([], '', '1.0'), [403]],
  [
    'the target in absolute form',
    message([`POST http://a.example${cropperPath} HTTP/1.1`, host, close]),
    [403],
  ],
  [
    'that with user, port and query',
    message([`POST HTTP://u:p@a.example:80${cropperPath}/?x=1 HTTP/1.1`, host, close]),
    [403],
  ],
  ['absolute form without a path', message(['GET http://a.example HTTP/1.1', host, close]), [404]],
  [
    'absolute form that cannot be decoded',
    message(['GET http://a.example/%zz HTTP/1.1', host, close]),
    [404],
  ],
  ['the asterisk form', message(['OPTIONS * HTTP/1.1', host, close]), [404]],
  ['CONNECT', message(['CONNECT a.example:443 HTTP/1.1', host]), [404]],
  ['an upgrade to WebSocket', post([host, 'Connection: Upgrade, close', 'Upgrade: websocket']), [403]],
  ['an upgrade to HTTP/2', post([host, 'Connection: Upgrade, HTTP2-Settings, close', 'Upgrade: h2c']), [403]],
  ['an expectation that nobody knows', post([host, close, 'Expect: nonsense']), [403]],
  [
    '100-continue with a bad token: no 100',
    post([host, json, 'Content-Length: 9', 'Expect: 100-continue']),
    [403],
  ],
  ['lengths declared twice', post([host, json, 'Content-Length: 5', 'Content-Length: 6'], '{}'), [400]],
  [
    'a length and chunks',
    post([host, json, 'Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    [400],
  ],
  ['a negative length', post([host, json, 'Content-Length: -1'], '{}'), [400]],
  ['a length in words', post([host, json, 'Content-Length: two'], '{}'), [400]],
  ['a length of 80 bits', post([host, json, `Content-Length: ${2 ** 80}`], '{}'), [400]],
  ['a coding without an end', post([host, json, 'TOKEN', 'Transfer-Encoding: gzip'], '{}'), [400]],
  ['chunks that are none', post([host, json, 'TOKEN', 'Transfer-Encoding: chunked'], 'zz\r\n{}\r\n'), [400]],
  [
    'chunks that are none, bad token',
    post([host, json, 'Transfer-Encoding: chunked'], 'zz\r\n{}\r\n'),
    [400],
  ],
  [
    'a length too short: the body, then its rest',
    post([host, json, 'TOKEN', 'Content-Length: 2'], '{}{}\r\n\r\n'),
    [400, 400],
  ],
  ['garbage after a good request', `${post([host])}garbage\r\n\r\n`, [403, 400]],
  [
    'three requests at once, answered in turn',
    message(['GET /a HTTP/1.1', host]) + post([host]) + message([`GET ${cropperPath} HTTP/1.1`, host, close]),
    [404, 403, 405],
  ],
];

const withToken = (bytes: string | Buffer, token: string) =>
  typeof bytes === 'string' ? bytes.replace('TOKEN', `Authorization: Bearer ${token}`) : bytes;

test("whatever the wire brings, answers keep the vendor's shape and have one log line each", async (t) => {
  const simulator = await startSimulator(t);
  const token = await simulator.token();
  for (const [sentence, bytes, statuses] of rows) {
    const before = simulator.log().length;
    const answers = parseAnswers(await sendRaw(simulator.url, withToken(bytes, token)));
    t.same(
      answers.map(({ status }) => status),
      statuses,
      sentence,
    );
    for (const { status, text, headers } of answers) {
      t.equal(text, documented[status as DocumentedStatus]);
      t.equal(headers['content-type'], 'application/json');
    }
    await until('its log lines', () => simulator.log().length >= before + statuses.length);
    t.same(
      simulator
        .log()
        .slice(before)
        .map(({ status }) => status)
        .sort(),
      statuses.toSorted(),
      'logged',
    );
  }
});

test('what does not arrive in time is answered 408', async (t) => {
  const simulator = await startSimulator(t, { requestTimeout: 1 });
  const token = await simulator.token();
  const halves = [
    'GET /',
    message([`POST ${cropperPath} HTTP/1.1`, host]).slice(0, -2),
    post([host, json, 'TOKEN', 'Content-Length: 100'], '{"bundle_key":'),
    post([host, json, 'TOKEN', 'Transfer-Encoding: chunked'], '5\r\n{"a"'),
  ];
  const received = await Promise.all(halves.map((half) => sendRaw(simulator.url, withToken(half, token))));
  for (const answers of received.map(parseAnswers)) {
    t.match(answers, [{ status: 408, text: documented[408] }]);
    t.equal(answers[0]!.headers['content-type'], 'application/json');
  }
  const lines = simulator.log().slice(1);
  t.match(
    lines,
    halves.map(() => ({ status: 408, rule: 'REQUEST_TIMEOUT' })),
  );
});

test('a client that has been answered and then sends garbage gets no second answer', async (t) => {
  const simulator = await startSimulator(t);
  const socket = await openSocket(simulator.url);
  await socket.write(post([host, json, 'Transfer-Encoding: chunked']));
  await until('the answer', () => socket.received().endsWith('}'));
  await socket.write('zz\r\n');
  t.match(parseAnswers(await socket.closed()), [{ status: 403 }]);
  t.equal(simulator.log().length, 1);
});

test('a client that asks first is told to go on, and only when its headers have passed', async (t) => {
  const simulator = await startSimulator(t);
  const token = await simulator.token();
  const socket = await openSocket(simulator.url);
  const body = JSON.stringify({ bundle_key: 'unknown', img: 'AAAA' });
  const lines = [host, json, 'TOKEN', close, 'Expect: 100-Continue', `Content-Length: ${body.length}`];
  await socket.write(withToken(post(lines), token));
  await until('100 Continue', () => socket.received() === 'HTTP/1.1 100 Continue\r\n\r\n');
  await socket.write(body);
  t.match(parseAnswers(await socket.closed()), [{ status: 100 }, { status: 401, text: documented[401] }]);
});

const photo = async () => JSON.stringify({ bundle_key: bundleKey, img: base64(await blankJpeg(1600, 1200)) });

const remainingAfterAnotherCrop = async (simulator: Simulator, token: string) =>
  JSON.parse((await simulator.crop(token, JSON.parse(await photo()) as object)).text).trials_remaining;

test('a client that leaves in mid-body has spent nothing', async (t) => {
  const simulator = await startSimulator(t);
  const token = await simulator.token();
  const body = await photo();
  const socket = await openSocket(simulator.url);
  await socket.write(
    withToken(post([host, json, 'TOKEN', `Content-Length: ${body.length}`], body.slice(0, -9)), token),
  );
  socket.destroy();
  await until('its line', () => simulator.log().length === 2);
  t.match(simulator.log().at(-1), { status: 400, rule: 'MALFORMED_REQUEST', path: cropperPath });
  t.equal(await remainingAfterAnotherCrop(simulator, token), '2');
});

test('a client that leaves during its crop has spent nothing, and has one line', async (t) => {
  const simulator = await startSimulator(t);
  const token = await simulator.token();
  const body = await photo();
  const socket = await openSocket(simulator.url);
  await socket.write(withToken(post([host, json, 'TOKEN', `Content-Length: ${body.length}`], body), token));
  socket.destroy();
  await until('its line', () => simulator.logText().includes('the client went away'));
  t.equal(await remainingAfterAnotherCrop(simulator, token), '2');
  const aborted = simulator
    .logText()
    .trim()
    .split('\n')
    .filter((line) => line.includes('"aborted":true'));
  t.equal(aborted.length, 1);
  t.match(JSON.parse(aborted[0]!), { path: cropperPath, user: 'demo', trials_remaining: 3 });
  t.equal(simulator.log().length, 2, 'the token and the other crop');
});

test('garbage behind a photo does not take the answer from it', async (t) => {
  const simulator = await startSimulator(t);
  const token = await simulator.token();
  const body = await photo();
  const bytes = `${post([host, json, 'TOKEN', `Content-Length: ${body.length}`], body)}garbage\r\n\r\n`;
  const answers = parseAnswers(await sendRaw(simulator.url, withToken(bytes, token)));
  t.match(answers, [{ status: 422 }, { status: 400, text: documented[400] }]);
});

test('many requests on one connection', async (t) => {
  const simulator = await startSimulator(t);
  const bytes = post([host]).repeat(99) + post([host, close]);
  const answers = parseAnswers(await sendRaw(simulator.url, bytes));
  t.same(
    answers.map(({ text }) => text),
    Array(100).fill(documented[403]),
  );
  t.equal((await send(simulator.url, { path: cropperPath, headers: cropHeaders('x') })).status, 403);
});
