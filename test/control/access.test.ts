import { test } from 'tap';
import type { Options } from '../../src/config/config.js';
import { createServer } from '../../src/server.js';
import { documented } from '../support/bodies.js';
import { control, tryControl } from '../support/control.js';
import { startSimulator } from '../support/simulator.js';

const cases: readonly { options: Options; wanted: boolean; why: string }[] = [
  { options: {}, wanted: true, why: 'loopback' },
  { options: { host: 'localhost' }, wanted: true, why: 'loopback by name' },
  { options: { host: '0.0.0.0' }, wanted: false, why: 'all interfaces' },
  { options: { host: '0.0.0.0', control: 'on' }, wanted: true, why: 'asked for' },
  { options: { host: '0.0.0.0', controlToken: 'secret' }, wanted: true, why: 'protected' },
  { options: { control: 'off' }, wanted: false, why: 'switched off' },
  {
    options: { control: 'off', controlToken: 'secret' },
    wanted: false,
    why: 'switched off in spite of a token',
  },
];

for (const { options, wanted, why } of cases) {
  test(`the control API is ${wanted ? 'there' : 'not there'}: ${why}`, async (t) => {
    const app = createServer({ logLevel: 'silent', ...options });
    t.teardown(() => app.close());
    const headers = { authorization: `Bearer ${options.controlToken}` };
    for (const path of ['/scenarios', '/nothing', '']) {
      const answer = await app.inject({ url: `/__mock${path}`, headers });
      if (wanted) t.equal(answer.statusCode, path === '/nothing' ? 404 : 200, path);
      else t.same([answer.statusCode, answer.body], [404, documented[404]], `${path}: the vendor's 404`);
    }
  });
}

test('a token is asked for on every route', async (t) => {
  const { app } = await startSimulator(t, { controlToken: 'secret' });
  for (const url of [
    '/__mock/scenarios',
    '/__mock/openapi.json',
    '/__mock/requests/stream',
    '/__mock/nothing',
  ]) {
    for (const authorization of [undefined, 'secret', 'Bearer wrong!', 'Bearer secrets']) {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await app.inject({ url, headers });
      t.equal(answer.statusCode, 401, `${url} with ${authorization}`);
      t.match(answer.json(), { detail: /control-token/ });
    }
  }
  for (const authorization of ['Bearer secret', 'bearer secret']) {
    const headers = { authorization };
    t.equal((await app.inject({ url: '/__mock/scenarios', headers })).statusCode, 200);
  }
});

test('no web page can post here unasked: what a form can send is refused', async (t) => {
  const { url } = await startSimulator(t);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await fetch(`${url}/__mock/reset`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{}',
    });
    t.equal(answer.status, 415, type);
  }
});

test('an empty body has no type: clients name one all the same', async (t) => {
  const { exchange } = await startSimulator(t);
  for (const type of ['application/octet-stream', 'application/x-www-form-urlencoded', 'text/plain'])
    for (const length of [{ 'content-length': '0' }, { 'transfer-encoding': 'chunked' }]) {
      const headers = { 'content-type': type, ...length };
      t.equal((await exchange({ path: '/__mock/reset', headers })).status, 204, type);
    }
});

test('no web page of another origin can post here, even without a body', async (t) => {
  const { app } = await startSimulator(t);
  const headersOf: readonly [status: number, headers: Record<string, string>][] = [
    [403, { origin: 'https://example.com' }],
    [403, { origin: 'null' }],
    [403, { 'sec-fetch-site': 'cross-site', origin: 'https://example.com' }],
    [403, { 'sec-fetch-site': 'same-site', origin: 'http://localhost:1' }],
    [204, { 'sec-fetch-site': 'same-origin', origin: 'http://behind-a-proxy' }],
    [204, { origin: 'http://localhost:3000', host: 'localhost:3000' }],
    [204, {}],
  ];
  for (const [status, headers] of headersOf) {
    const answer = await app.inject({ method: 'POST', url: '/__mock/reset', headers });
    t.equal(answer.statusCode, status, JSON.stringify(headers));
  }
  const headers = { 'sec-fetch-site': 'cross-site' };
  t.equal(
    (await app.inject({ url: '/__mock/scenarios', headers })).statusCode,
    200,
    'a link may be followed',
  );
});

/** What Chromium sends with a GET of the same origin without TLS; a page's script may change some of it. */
const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
  accept: '*/*',
  'accept-language': 'en-US,en;q=0.9',
};
const nodeFetch = { 'user-agent': 'node', accept: '*/*', 'accept-language': '*', 'sec-fetch-mode': 'cors' };
const evil = 'evil.example:3000';

/** Who asks a server that listens on `host` for which host, and whether it is served. */
const visits: readonly [served: boolean, host: string, asked: string, headers: Record<string, string>][] = [
  [false, '127.0.0.1', evil, browser],
  [false, '127.0.0.1', evil, { origin: `http://${evil}` }],
  [false, '127.0.0.1', evil, { referer: `http://${evil}/` }],
  [false, '127.0.0.1', evil, { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
  [false, '127.0.0.1', evil, { ...browser, 'user-agent': 'node', 'accept-language': '*' }],
  [false, '127.0.0.1', 'localhost.evil.example', browser],
  [false, '127.0.0.1', '127.0.0.1.evil.example', browser],
  [false, '127.0.0.1', 'localhost@evil.example', browser],
  [false, '127.0.0.1', '192.0.2.1', browser],
  [false, '0.0.0.0', evil, browser],
  [false, '0.0.0.0', 'simulator:3000', browser],
  [true, '127.0.0.1', 'localhost:3000', { ...browser, origin: 'http://localhost:3000' }],
  [true, '127.0.0.1', 'LOCALHOST', browser],
  [true, '127.0.0.1', '127.0.0.1:3000', browser],
  [true, '127.0.0.1', '127.9.9.9', browser],
  [true, '127.0.0.1', '[::1]:3000', browser],
  [true, 'mock.test', 'mock.test:3000', browser],
  [true, '192.0.2.1', '192.0.2.1:3000', browser],
  [true, '2001:db8::1', '[2001:DB8:0::1]:3000', browser],
  [true, '0.0.0.0', '192.0.2.1:3000', browser],
  [true, '::', '[2001:db8::1]:3000', browser],
  [true, '0.0.0.0', 'simulator:3000', {}],
  [true, '0.0.0.0', 'simulator:3000', nodeFetch],
  [true, '127.0.0.1', 'host.docker.internal:3000', { 'user-agent': 'python-requests/2.32', accept: '*/*' }],
];

test('a web page whose name was made to lead here gets nothing', async (t) => {
  const apps = new Map<string, ReturnType<typeof createServer>>();
  t.teardown(() => Promise.all([...apps.values()].map((app) => app.close())));
  for (const [served, listened, host, headers] of visits) {
    const app = apps.get(listened) ?? createServer({ logLevel: 'silent', control: 'on', host: listened });
    apps.set(listened, app);
    for (const [method, url] of [
      ['GET', '/__mock/accounts'],
      ['GET', '/__mock/requests'],
      ['POST', '/__mock/reset'],
    ] as const) {
      const { statusCode, body } = await app.inject({ method, url, headers: { ...headers, host } });
      const visit = `${method} ${url} of ${host}, on ${listened}, with ${JSON.stringify(headers)}`;
      t.equal(statusCode, served ? (method === 'GET' ? 200 : 204) : 403, visit);
      t.equal(/a browser is served here under localhost/.test(body), !served, 'and is told why');
    }
  }
});

test('a page that has the token may come by any name', async (t) => {
  const { app } = await startSimulator(t, { controlToken: 'secret' });
  const asked = { ...browser, host: 'mock.example' };
  const get = (headers: Record<string, string>) => app.inject({ url: '/__mock/accounts', headers });
  t.equal((await get(asked)).statusCode, 401);
  t.equal((await get({ ...asked, authorization: 'Bearer secret' })).statusCode, 200);
});

test('accounts by any name are found again', async (t) => {
  const { url } = await startSimulator(t);
  for (const username of ['__proto__', 'constructor', 'ä/ö?%', ' ', 'x'.repeat(200), '😀'.repeat(100)]) {
    await control(url, 'POST', '/accounts', { username });
    t.match(await control(url, 'GET', `/accounts/${encodeURIComponent(username)}`), { username });
  }
});

test('a bundle can be added after one has gone', async (t) => {
  const { url } = await startSimulator(t);
  const { bundles } = await control<{ bundles: { key: string }[] }>(url, 'POST', '/accounts', {
    username: 'a',
    bundles: [{}, {}],
  });
  await control(url, 'DELETE', `/accounts/a/bundles/${bundles[0]!.key}`);
  const { key } = await control<{ key: string }>(url, 'POST', '/accounts/a/bundles', {});
  t.notOk(bundles.some((bundle) => bundle.key === key));
});

test('paths that only begin alike are the vendor’s', async (t) => {
  const { app } = await startSimulator(t);
  const answer = await app.inject('/__mocking');
  t.same([answer.statusCode, answer.body], [404, documented[404]]);
});

/** What is wrong, and a word of the explanation. */
const problems: readonly [method: string, path: string, body: unknown, status: number, detail: RegExp][] = [
  ['PATCH', '/clock', null, 422, /^the body is null/],
  ['GET', '/nothing', undefined, 404, /openapi\.json lists what there is/],
  ['GET', '/accounts/nobody', undefined, 404, /there are demo/],
  ['POST', '/accounts', { username: 'demo' }, 409, /PATCH it, or choose another name/],
  ['POST', '/accounts', { clientId: 'demo-client' }, 409, /another account has this clientId/],
  ['POST', '/accounts', { bundles: [{ key: '0'.repeat(32) }] }, 409, /another account has this bundleKey/],
  ['POST', '/accounts', { bundles: [{ key: 'x' }, { key: 'x' }] }, 409, /twice/],
  ['POST', '/accounts', { user: 'x' }, 422, /additional properties: user/],
  ['POST', '/accounts', { bundles: [{ trials: -1 }] }, 422, /bundles\.0\.trials must be >= 0/],
  [
    'POST',
    '/accounts',
    { defaultScenario: 'nocard' },
    422,
    /there is no scenario "nocard"; did you mean no-card\? There are ok, /,
  ],
  ['POST', '/accounts', [], 422, /must be object/],
  ['PATCH', '/accounts/demo/bundles/x', { trials: 1 }, 404, /there are 0{32}/],
  ['POST', '/accounts/demo/queue', [{ scenario: 'slow; s=1' }], 422, /no parameter "s"; it takes ms/],
  ['POST', '/accounts/demo/queue', [{ scenario: 'slow; ms=-1' }], 422, /ms must be >= 0 \(is -1\)/],
  ['POST', '/accounts/demo/queue', [{ scenario: 'busy', times: 0 }], 422, /times must be >= 1/],
  ['POST', '/accounts/demo/queue', [{ scenario: 'busy', endpoint: 'all' }], 422, /crop, token/],
  [
    'POST',
    '/accounts/demo/queue',
    [{ scenario: 'no-card', endpoint: 'token' }],
    422,
    /no-card has no place at the token endpoint; there are ok, /,
  ],
  ['POST', '/accounts/demo/tokens', { expiresIn: 'soon' }, 422, /write 500ms, 90s/],
  ['PATCH', '/accounts/demo/tokens/x', {}, 404, /has no such token/],
  ['PATCH', '/clock', { now: 'tomorrow' }, 422, /write 2026-01-31T12:00:00Z/],
  ['PATCH', '/clock', { advance: '1e400' }, 422, /no duration/],
  ['PATCH', '/clock', { advance: 1e300 }, 422, /too far away/],
  ['GET', '/requests?status=good', undefined, 422, /status must be integer/],
  ['GET', '/requests?status=true', undefined, 422, /status must be integer/],
  ['GET', '/requests?status=', undefined, 422, /status must be integer/],
  ['GET', '/requests?limit=1.5', undefined, 422, /limit must be integer/],
  ['GET', '/requests?status=200&status=422', undefined, 422, /status must be integer/],
  ['GET', '/requests/true', undefined, 422, /id must be integer/],
  ['GET', '/requests?state=422', undefined, 422, /additional properties: state/],
  ['GET', '/requests/17', undefined, 404, /no request 17/],
  [
    'GET',
    '/requests/wait?timeout=1ms&account=nobody',
    undefined,
    408,
    /0 of 1 requests fit .*no requests at all/,
  ],
  ['PATCH', '/settings', { port: 1 }, 422, /port can be set when the server starts/],
  ['PATCH', '/settings', { trails: 1 }, 422, /no setting "trails"; there are host, /],
  ['PATCH', '/settings', { trials: -1 }, 422, /trials must be >= 0 \(is -1\)/],
  ['PATCH', '/settings', { accounts: [] }, 422, /routes of their own/],
  ['PATCH', '/settings', { 'default-scenario': 'x' }, 422, /no scenario "x"/],
  ['PUT', '/snapshot', {}, 422, /required properties version, store, clocks, settings/],
  ['PUT', '/snapshot', { version: 2, store: {}, clocks: {}, settings: {} }, 422, /version/],
  ['POST', '/scenes', { widht: 5 }, 422, /widht/],
  ['POST', '/scenes', { card: 'nothing' }, 422, /no scenario "nothing"/],
  ['GET', '/cards/nothing.png', undefined, 422, /no scenario "nothing"/],
];

/** A method that a path does not take, and those that it does. */
const wrongMethods: readonly [method: string, path: string, allowed: string][] = [
  ['TRACE', '/accounts', 'GET, HEAD, POST'],
  ['QUERY', '/accounts/', 'GET, HEAD, POST'],
  ['QUERY', '/accounts/demo?x=1', 'GET, HEAD, PATCH, DELETE'],
  ['PROPFIND', '/cards/busy.png', 'GET, HEAD'],
  ['GET', '/reset', 'POST'],
  ['POST', '/requests/stream', 'GET'],
  ['DELETE', '/requests/count', 'GET, HEAD'],
  ['DELETE', '/requests/lines/', 'GET, HEAD'],
  ['DELETE', '/openapi.json', 'GET, HEAD'],
];

test('a method that a path does not take is 405, and the right ones are named', async (t) => {
  const { exchange } = await startSimulator(t);
  for (const [method, path, allowed] of wrongMethods) {
    for (const body of [undefined, 'x']) {
      const answer = await exchange({ method, path: `/__mock${path}`, body });
      t.match([answer.status, answer.headers.allow], [405, allowed], `${method} ${path}`);
      t.match(JSON.parse(answer.text), { detail: `takes no ${method}; it takes ${allowed}` });
    }
  }
  t.equal((await exchange({ method: 'QUERY', path: '/__mock/nothing' })).status, 404);
  const unread = '/__mock/cards/%0A.png'; // it looks right, but no route reads it
  t.equal((await exchange({ method: 'GET', path: unread })).status, 404);
});

test('what is wrong is explained, and nothing changes', async (t) => {
  const { url } = await startSimulator(t);
  const before = await tryControl(url, 'GET', '/snapshot');
  for (const [method, path, body, status, detail] of problems) {
    const answer = await tryControl(url, method, path, body);
    t.match(
      answer,
      { status, json: { status, detail, title: String } },
      `${method} ${path} ${JSON.stringify(body)}`,
    );
  }
  const broken = await fetch(`${url}/__mock/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"username":',
  });
  t.same([broken.status, broken.headers.get('content-type')], [400, 'application/problem+json']);
  t.match(await broken.json(), { detail: /the body is not JSON/ });
  t.strictSame((await tryControl(url, 'GET', '/snapshot')).json, before.json);
});
