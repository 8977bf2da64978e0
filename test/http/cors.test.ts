import { test } from 'tap';
import { cropHeaders, cropperPath, passwordGrant, startSimulator, tokenPath } from '../support/simulator.js';
import { until } from '../support/until.js';
import { parseAnswers, sendRaw, type WireAnswer, type WireRequest } from '../support/wire.js';

const origin = 'http://localhost:5173';
const json = cropHeaders('unknown');
const crop = (headers: WireRequest['headers'] = json): WireRequest => ({
  path: cropperPath,
  headers,
  body: '{}',
});
const scenario = (name: string) => crop({ ...json, 'x-mock-scenario': name });
const login = {
  path: tokenPath,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(passwordGrant).toString(),
};

/** Every kind of place where an answer is made. */
const asked: readonly [sentence: string, request: WireRequest, status: number][] = [
  ['a token', login, 200],
  ['a login that is refused', { ...login, body: 'grant_type=x' }, 400],
  ['another method at the token endpoint', { method: 'GET', path: tokenPath }, 405],
  ['no token', crop(), 403],
  ['a body that is no JSON', crop({ 'content-type': 'text/plain' }), 415],
  [
    'a body over the limit',
    { ...crop({ ...json, 'content-length': `${2 ** 31}` }), withholdBody: true },
    413,
  ],
  ['the other path', { ...crop(), path: '/api/v1/id_cropper/register/' }, 403],
  ['another method', { method: 'GET', path: cropperPath }, 405],
  ['an unknown path', { ...crop(), path: '/api/v1/id_croper' }, 404],
  ['a path that cannot be decoded', { ...crop(), path: '/%zz' }, 404],
  ['an OPTIONS that is no preflight', { method: 'OPTIONS', path: cropperPath }, 200],
  ['that of an unknown path', { method: 'OPTIONS', path: '/nothing' }, 404],
  ['what a proxy says', scenario('bad-gateway'), 502],
  ['that one is slower', scenario('rate-limited'), 429],
  ['an error of one’s own', scenario('error;status=418'), 418],
  ['an unknown scenario', scenario('nothing'), 400],
];

const preflight = (path: string, from = origin): WireRequest => ({
  method: 'OPTIONS',
  path,
  headers: {
    origin: from,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type,x-mock-scenario',
  },
});

const from = (request: WireRequest, page: string): WireRequest => ({
  ...request,
  headers: { ...request.headers, origin: page },
});

/** By the names that browsers look at. */
const corsOf = ({ headers }: WireAnswer) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

const allowedBy = ({ headers }: WireAnswer) => headers['access-control-allow-origin'];

const raw: readonly [sentence: string, bytes: string, status: number][] = [
  ['no HTTP', 'hello\r\n\r\n', 400],
  [
    'headers that are too long',
    `GET / HTTP/1.1\r\nOrigin: ${origin}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
  ],
  [
    'a body that breaks off',
    `POST ${cropperPath} HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nAuthorization: Bearer TOKEN\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    400,
  ],
];

test('without the setting nothing is said of origins, and a preflight is an OPTIONS like any other', async (t) => {
  const simulator = await startSimulator(t);
  for (const [sentence, request, status] of asked) {
    const answer = await simulator.exchange(from(request, origin));
    t.same([answer.status, corsOf(answer), answer.headers.vary], [status, {}, undefined], sentence);
  }
  const answers = await Promise.all(
    [cropperPath, '/nothing'].map((path) => simulator.exchange(preflight(path))),
  );
  t.same(
    answers.map(({ status, headers, text }) => [status, headers.allow, text]),
    [
      [200, 'POST, OPTIONS', ''],
      [404, undefined, '{"message":"Not Found"}'],
    ],
  );
});

test('cors *: any page reads every answer', async (t) => {
  const simulator = await startSimulator(t, { cors: '*' });
  for (const [sentence, request, status] of asked) {
    const answer = await simulator.exchange(from(request, origin));
    t.same([answer.status, allowedBy(answer)], [status, '*'], sentence);
  }
  const token = await simulator.token();
  for (const [sentence, bytes, status] of raw) {
    const answers = parseAnswers(await sendRaw(simulator.url, bytes.replace('TOKEN', token)));
    t.same(
      answers.map((answer) => [answer.status, allowedBy(answer)]),
      [[status, '*']],
      sentence,
    );
  }
});

test('cors *: every path of the vendor’s, whether or not there is one, answers a preflight', async (t) => {
  const simulator = await startSimulator(t, { cors: '*', defaultScenario: 'server-error' });
  const paths = [cropperPath, '/api/v1/id_cropper/register/', tokenPath, '/api/o/token', '/nothing', '/'];
  for (const path of paths) {
    const answer = await simulator.exchange(preflight(path));
    t.same([answer.status, answer.text, allowedBy(answer)], [204, '', '*'], path);
    t.match(answer.headers, {
      'access-control-allow-methods': /\bPOST\b/,
      'access-control-allow-headers': 'authorization,content-type,x-mock-scenario',
      'access-control-expose-headers': /\bhmac\b/,
    });
  }
  await until('their lines', () => simulator.log().length === paths.length);
  t.same(
    simulator.log().map(({ method, path, rule }) => [method, path, rule]),
    paths.map((path) => ['OPTIONS', path, undefined]),
    'logged by their paths',
  );
});

test('cors with origins: those, and no others', async (t) => {
  const simulator = await startSimulator(t, { cors: `${origin}, capacitor://localhost,null` });
  const token = await simulator.token();
  for (const page of [origin, 'capacitor://localhost', 'null']) {
    const answers = [
      await simulator.exchange(from(crop(), page)),
      await simulator.exchange(preflight('/nothing', page)),
      await simulator.exchange(from({ ...crop(), path: '/%zz' }, page)),
      ...parseAnswers(await sendRaw(simulator.url, raw[2]![1].replace('TOKEN', token).replace(origin, page))),
    ];
    for (const answer of answers) {
      t.equal(allowedBy(answer), page);
      t.match(answer.headers.vary, /origin/i, 'what one page may read is not cached for another');
    }
  }
  for (const page of [
    'http://localhost:5174',
    'https://localhost:5173',
    'http://localhost:5173.evil.example',
  ]) {
    for (const request of [
      from(crop(), page),
      preflight(cropperPath, page),
      from({ ...crop(), path: '/%zz' }, page),
    ])
      t.equal(allowedBy(await simulator.exchange(request)), undefined, page);
  }
  t.equal((await simulator.exchange(crop())).status, 403, 'whoever is no web page needs none');
});

test('our own pages are for no other origin', async (t) => {
  const simulator = await startSimulator(t, { cors: '*' });
  for (const path of ['/__mock', '/__mock/accounts', '/docs/json', '/livez']) {
    t.same(corsOf(await simulator.exchange(from({ method: 'GET', path }, origin))), {}, path);
    t.same(corsOf(await simulator.exchange(preflight(path))), {}, `preflight of ${path}`);
  }
  t.equal((await simulator.exchange(preflight('/__mock/reset'))).status, 404);
});
