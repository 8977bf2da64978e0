import { test } from 'tap';
import type { Options } from '../../src/config/config.js';
import { fixture } from '../../src/photos/fixtures.js';
import { base64, blankJpeg } from '../support/photos.js';
import { cropHeaders, cropperPath, startSimulator, tokenPath } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket, sendRaw } from '../support/wire.js';

const account = {
  username: 'somebody',
  password: 'distinctive-password',
  client_id: 'distinctive-client-id',
  client_secret: 'distinctive-client-secret',
  bundles: [{ bundle_key: 'distinctive-bundle-key', hmac_key: 'distinctive-hmac-key' }],
};
const { bundles, ...credentials } = account;
const bundle_key = bundles[0]!.bundle_key;
const form = { grant_type: 'password', ...credentials };

/** `trace`: nothing may slip out on the quieter levels either. */
const options: Options = { accounts: [account], trials: 3, logLevel: 'trace', requestTimeout: 3 };

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

interface World {
  readonly simulator: Simulator;
  readonly token: string;
}
type Act = (world: World) => Promise<unknown>;

const login =
  (fields: Record<string, string>): Act =>
  ({ simulator }) =>
    simulator.exchange({
      path: tokenPath,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });

const crop =
  (fields: object): Act =>
  ({ simulator, token }) =>
    simulator.crop(token, { bundle_key, ...fields });

const raw =
  (...lines: string[]): Act =>
  ({ simulator, token }) =>
    sendRaw(simulator.url, lines.join('\r\n').replace('TOKEN', token));

const photo = base64(fixture('card-on-table').bytes);
const blank = base64(await blankJpeg());
const broken = base64(fixture('truncated').bytes);
const path = cropperPath;

/** In this order on one token of three trials. */
const rows: [sentence: string, act: Act, line: object][] = [
  ['a token', login(form), { status: 200, method: 'POST', path: tokenPath }],
  [
    'no user of that name',
    login({ ...form, password: 'distinctive-wrong' }),
    { status: 400, rule: 'invalid_grant' },
  ],
  [
    'no such client',
    login({ ...form, client_secret: 'distinctive-wrong' }),
    { status: 401, rule: 'invalid_client' },
  ],
  [
    'the wrong method on the token',
    ({ simulator }) => simulator.exchange({ method: 'GET', path: tokenPath }),
    { status: 405 },
  ],
  [
    'a card',
    crop({ img: photo }),
    {
      status: 200,
      path,
      user: 'somebody',
      trials_remaining: 2,
      crop: { width: Number, height: Number, confidence: Number },
      transaction_id: String,
    },
  ],
  [
    'no card',
    crop({ img: blank }),
    {
      status: 422,
      rule: 'CARD_NOT_FOUND',
      reason: /^no card: confidence 0\.\d\d, at least 0\.5 passes \(min-confidence\); .*network sees/,
      trials_remaining: 1,
    },
  ],
  [
    'a broken picture',
    crop({ img: broken }),
    {
      status: 422,
      rule: 'IMAGE_UNREADABLE',
      reason: /^the file ends before the picture does, after \d+ bytes/,
      trials_remaining: 0,
    },
  ],
  [
    'no trial left',
    crop({ img: photo }),
    { status: 403, rule: 'TRIALS_EXHAUSTED', reason: 'no trials left of 3' },
  ],
  [
    'no field',
    crop({}),
    { status: 400, rule: 'MISSING_INPUT', reason: "body must have required property 'img'" },
  ],
  [
    'a field of another type',
    crop({ img: [photo] }),
    { status: 400, rule: 'MISSING_INPUT', reason: 'body/img must be string' },
  ],
  [
    'not JSON',
    ({ simulator, token }) =>
      simulator.exchange({ path, headers: cropHeaders(token), body: `{"img":"${photo}` }),
    { status: 400, rule: 'MISSING_INPUT', reason: 'body is not JSON' },
  ],
  [
    'another bundle key',
    crop({ bundle_key: 'distinctive-wrong', img: photo }),
    { status: 401, rule: 'INVALID_BUNDLE_KEY', reason: 'bundle key unknown' },
  ],
  [
    'no base64',
    crop({ img: `${photo}?` }),
    { status: 415, rule: 'UNSUPPORTED_MEDIA_TYPE', reason: 'img is not base64' },
  ],
  [
    'no picture',
    crop({ img: 'AAAA' }),
    { status: 415, rule: 'UNSUPPORTED_MEDIA_TYPE', reason: 'img is no JPEG, PNG or WebP' },
  ],
  [
    'another token',
    ({ simulator }) => simulator.crop('distinctive-wrong', {}),
    { status: 403, rule: 'ACCESS_TOKEN_NOT_FOUND', reason: 'token unknown' },
  ],
  [
    'another method',
    ({ simulator }) => simulator.exchange({ method: 'GET', path }),
    { status: 405, rule: 'METHOD_NOT_ALLOWED', reason: 'takes POST only' },
  ],
  [
    'another path',
    ({ simulator, token }) => simulator.exchange({ path: `/elsewhere?token=${token}` }),
    { status: 404, rule: 'NOT_FOUND', reason: 'no such path', path: '/elsewhere' },
  ],
  [
    'a path that cannot be decoded',
    ({ simulator, token }) => simulator.exchange({ path: `/%zz?token=${token}` }),
    { status: 404, rule: 'NOT_FOUND', reason: 'path cannot be decoded', path: '/%zz' },
  ],
  [
    'the absolute form',
    raw(
      'GET http://somebody:distinctive-wrong@a.example/x?token=TOKEN HTTP/1.1',
      'Host: x',
      'Connection: close',
      '',
      '',
    ),
    { status: 404, path: '/x' },
  ],
  [
    'that cannot be decoded',
    raw(
      'GET http://somebody:distinctive-wrong@a.example/%zz HTTP/1.1',
      'Host: x',
      'Connection: close',
      '',
      '',
    ),
    { status: 404, path: '/%zz' },
  ],
  [
    'a long path',
    ({ simulator }) => simulator.exchange({ path: `/${'x'.repeat(9000)}` }),
    { status: 404, path: `/${'x'.repeat(199)}` },
  ],
  [
    'no HTTP',
    raw('garbage TOKEN', '', ''),
    { status: 400, rule: 'MALFORMED_REQUEST', reason: 'not an HTTP request (HPE_INVALID_METHOD)' },
  ],
  [
    'headers too large',
    raw('GET / HTTP/1.1', `Authorization: ${'TOKEN'.padEnd(20_000, 'x')}`, '', ''),
    { status: 431, rule: 'HEADERS_TOO_LARGE' },
  ],
  [
    'a tunnel',
    raw('CONNECT a.example:443 HTTP/1.1', 'Host: x', 'Proxy-Authorization: Bearer TOKEN', '', ''),
    { status: 404, rule: 'NOT_FOUND', method: 'CONNECT' },
  ],
  [
    'half a body',
    raw(
      `POST ${path} HTTP/1.1`,
      'Content-Type: application/json',
      'Authorization: Bearer TOKEN',
      'Content-Length: 99',
      '',
      `{"bundle_key":"${bundle_key}"`,
    ),
    { status: 408, rule: 'REQUEST_TIMEOUT', path },
  ],
  ['a client that leaves', leave, { aborted: true, path, msg: 'the client went away' }],
  [
    'health',
    ({ simulator }) => simulator.exchange({ method: 'GET', path: '/livez' }),
    { status: 200, path: '/livez' },
  ],
];

/** With a token of its own, during the crop. */
async function leave({ simulator }: World): Promise<void> {
  const body = JSON.stringify({ bundle_key, img: base64(await blankJpeg(1600, 1200)) });
  const socket = await openSocket(simulator.url);
  const token = await simulator.token(form);
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}`;
  await socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  socket.destroy();
}

const linesOf = (simulator: Simulator): Record<string, unknown>[] =>
  simulator
    .logText()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => !atStart.test(String(msg)));

/** The only lines that are not about a request. */
const atStart = /^(Server listening at .*|the shared state is there)$/;

test('every request has one line, with rule and reason, and no line has a secret', async (t) => {
  const simulator = await startSimulator(t, options);
  const token = await simulator.token(form);
  let expected = 1;
  for (const [sentence, act, line] of rows) {
    await act({ simulator, token });
    expected += act === leave ? 2 : 1; // its token has a line too
    await until(`the line of: ${sentence}`, () => linesOf(simulator).length >= expected);
    t.match(linesOf(simulator).at(-1), line, sentence);
    t.equal(linesOf(simulator).length, expected, 'one line');
  }
  const text = simulator.logText();
  const secrets = [token, 'distinctive', ...[photo, blank, broken].map((picture) => picture.slice(0, 30))];
  for (const secret of secrets) t.notMatch(text, secret, `nowhere: ${secret.slice(0, 15)}`);
});

test('what went wrong inside is an error line, with its cause', async (t) => {
  const simulator = await startSimulator(t, { ...options, defaultScenario: 'worker-dies' });
  await simulator.crop(await simulator.token(form), { bundle_key, img: photo });
  const line = linesOf(simulator).at(-1);
  t.match(line, {
    status: 500,
    level: 50,
    rule: 'INTERNAL_SERVER_ERROR',
    reason: /worker/,
    err: { stack: String },
  });
  t.notMatch(simulator.logText(), photo.slice(0, 30));
  t.notMatch(simulator.logText(), 'distinctive');
});

test('the level silences it', async (t) => {
  const simulator = await startSimulator(t, { ...options, logLevel: 'silent' });
  await simulator.exchange({ path: '/elsewhere' });
  await sendRaw(simulator.url, 'garbage\r\n\r\n');
  t.equal(simulator.logText(), '');
});
