import { test } from 'tap';
import type { TokenAnswer, TokenError } from '../../src/api/schemas.js';
import { passwordGrant, startSimulator, tokenPath } from '../support/simulator.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const encode = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();
const without = (...names: string[]) =>
  encode(Object.fromEntries(Object.entries(passwordGrant).filter(([name]) => !names.includes(name))));
const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

test('a token: keys, order, spaces and headers as the stock stack writes them', async (t) => {
  const simulator = await startSimulator(t);
  for (const path of ['/api/o/token/', '/api/o/token', '//api/o/token/', '/api//o///token//']) {
    const answer = await simulator.exchange({ path, headers: form, body: encode(passwordGrant) });
    t.equal(answer.status, 200, path);
    t.match(
      answer.text,
      /^\{"access_token": "[A-Za-z0-9]{30}", "expires_in": 600, "token_type": "Bearer", "scope": "read write", "refresh_token": "[A-Za-z0-9]{30}"\}$/,
    );
    t.match(answer.headers, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
    });
  }
});

interface Row {
  readonly sentence: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly text: string;
}

const unsupported = { status: 400, text: '{"error": "unsupported_grant_type"}' };
const missing = (field: string) => ({
  status: 400,
  text: `{"error": "invalid_request", "error_description": "Request is missing ${field} parameter."}`,
});
const invalidClient = { status: 401, text: '{"error": "invalid_client"}' };
const unauthorizedClient = { status: 400, text: '{"error": "unauthorized_client"}' };
const invalidGrant = {
  status: 400,
  text: '{"error": "invalid_grant", "error_description": "Invalid credentials given."}',
};
const invalidScope = { status: 400, text: '{"error": "invalid_scope"}' };

/** Each body has all later faults too, in the order grant type, presence, client, user, scope. */
const refusals: Row[] = [
  { sentence: 'no body', ...unsupported },
  { sentence: 'an empty form', body: '', ...unsupported },
  { sentence: 'no grant type', body: 'username=&client_id=x', ...unsupported },
  { sentence: 'an unknown grant type', body: 'grant_type=magic&username=', ...unsupported },
  { sentence: 'a grant type that objects have', body: 'grant_type=__proto__', ...unsupported },
  { sentence: 'a grant type that objects inherit', body: 'grant_type=constructor', ...unsupported },
  {
    sentence: 'JSON',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(passwordGrant),
    ...unsupported,
  },
  {
    sentence: 'broken multipart',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: '--y',
    ...unsupported,
  },
  { sentence: 'no user name', body: 'grant_type=password&client_id=x', ...missing('username') },
  {
    sentence: 'an empty user name',
    body: 'grant_type=password&username=&password=a',
    ...missing('username'),
  },
  { sentence: 'no password', body: 'grant_type=password&username=x&client_id=x', ...missing('password') },
  { sentence: 'no client', body: 'grant_type=password&username=x&password=x', ...invalidClient },
  {
    sentence: 'an unknown client',
    body: encode({ ...passwordGrant, client_id: 'x', password: 'x' }),
    ...invalidClient,
  },
  {
    sentence: 'a wrong secret',
    body: encode({ ...passwordGrant, client_secret: 'x', password: 'x' }),
    ...invalidClient,
  },
  { sentence: 'no secret', body: without('client_secret'), ...invalidClient },
  {
    sentence: 'client credentials without a client',
    body: 'grant_type=client_credentials',
    ...invalidClient,
  },
  {
    sentence: 'client credentials',
    body: encode({ ...passwordGrant, grant_type: 'client_credentials' }),
    ...unauthorizedClient,
  },
  {
    sentence: 'an unknown user',
    body: encode({ ...passwordGrant, username: 'x', scope: 'x' }),
    ...invalidGrant,
  },
  {
    sentence: 'a wrong password',
    body: encode({ ...passwordGrant, password: 'x', scope: 'x' }),
    ...invalidGrant,
  },
  { sentence: 'an unknown scope', body: encode({ ...passwordGrant, scope: 'read admin' }), ...invalidScope },
  {
    sentence: 'no refresh token',
    body: 'grant_type=refresh_token',
    status: 400,
    text: '{"error": "invalid_request", "error_description": "Missing refresh token parameter."}',
  },
  {
    sentence: 'an unknown refresh token',
    body: encode({ ...passwordGrant, grant_type: 'refresh_token', refresh_token: 'x' }),
    status: 400,
    text: '{"error": "invalid_grant"}',
  },
];

test('refusals: OAuth errors in the stock order of checks', async (t) => {
  const simulator = await startSimulator(t);
  for (const { sentence, body, headers, status, text } of refusals) {
    const answer = await simulator.exchange({ path: tokenPath, headers: headers ?? form, body });
    t.equal(answer.status, status, sentence);
    t.equal(answer.text, text, sentence);
    t.equal(answer.headers['www-authenticate'], status === 401 ? 'Bearer error="invalid_client"' : undefined);
    t.equal(answer.headers['cache-control'], 'no-store');
  }
});

test('other methods: 405 without a body', async (t) => {
  const simulator = await startSimulator(t);
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND']) {
    const answer = await simulator.exchange({ method, path: tokenPath });
    t.same([answer.status, answer.text, answer.headers.allow], [405, '', 'POST, OPTIONS'], method);
  }
  const options = await simulator.exchange({ method: 'OPTIONS', path: tokenPath });
  t.same([options.status, options.text, options.headers.allow], [200, '', 'POST, OPTIONS']);
});

test('ways to hand in the same credentials', async (t) => {
  const password = 'p%ss w+rd&ü%zz';
  const simulator = await startSimulator(t, {
    accounts: [{ username: 'u', password, client_id: 'id:with', client_secret: 's cret', bundles: [] }],
  });
  const fields = {
    grant_type: 'password',
    username: 'u',
    password,
    client_id: 'id:with',
    client_secret: 's cret',
  };
  const multipart = new FormData();
  for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
  const multipartRequest = new Request('http://localhost', { method: 'POST', body: multipart });
  const user = { grant_type: 'password', username: 'u', password };
  const rows: [sentence: string, headers: Record<string, string>, body: string | Buffer][] = [
    ['percent-encoded', form, encode(fields)],
    [
      'the type in capitals with a charset',
      { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' },
      encode(fields),
    ],
    ['an undecodable % as it stands', form, encode(fields).replace('p%25ss', 'p%ss').replace('%25zz', '%zz')],
    ['the last of equal names', form, `password=wrong&${encode(fields)}`],
    ['scope=read alone', form, encode({ ...fields, scope: 'read' })],
    [
      'multipart',
      { 'content-type': multipartRequest.headers.get('content-type') ?? '' },
      Buffer.from(await multipartRequest.arrayBuffer()),
    ],
    [
      'client by HTTP Basic, percent-encoded',
      { ...form, authorization: basic('id%3Awith', 's+cret') },
      encode(user),
    ],
    ['a wrong HTTP Basic, but a good form', { ...form, authorization: basic('x', 'y') }, encode(fields)],
  ];
  for (const [sentence, headers, body] of rows) {
    const answer = await simulator.exchange({ path: tokenPath, headers, body });
    t.equal(answer.status, 200, sentence);
    t.match(JSON.parse(answer.text), { scope: sentence.startsWith('scope=read') ? 'read' : 'read write' });
  }
});

test('a refresh token works once, and takes the old access token with it', async (t) => {
  const simulator = await startSimulator(t);
  const post = async (fields: Readonly<Record<string, string>>) => {
    const answer = await simulator.exchange({ path: tokenPath, headers: form, body: encode(fields) });
    return { status: answer.status, ...(JSON.parse(answer.text) as Partial<TokenAnswer & TokenError>) };
  };
  const client = { client_id: passwordGrant.client_id!, client_secret: passwordGrant.client_secret! };
  const first = await post({ ...passwordGrant, scope: 'read' });
  const refresh = { ...client, grant_type: 'refresh_token', refresh_token: first.refresh_token! };

  t.match(
    await post({ ...refresh, scope: 'read write' }),
    { status: 400, error: 'invalid_scope' },
    'no more than before',
  );
  const second = await post(refresh);
  t.match(second, { status: 200, scope: 'read', expires_in: 600 });
  t.not(second.access_token, first.access_token);
  t.match(await post(refresh), { status: 400, error: 'invalid_grant' }, 'used');

  const crop = (token: string) => simulator.crop(token, { bundle_key: 'unknown', img: 'A' });
  t.equal((await crop(first.access_token!)).status, 403, 'revoked with its refresh token');
  t.match(simulator.log().at(-1), { reason: 'token revoked' });
  t.equal((await crop(second.access_token!)).status, 401, 'the new one lives');
  t.equal(
    (await post({ ...refresh, refresh_token: second.refresh_token! })).status,
    200,
    'and can be renewed again',
  );
});

test('a token lives for 600 seconds of the clock', async (t) => {
  const simulator = await startSimulator(t);
  simulator.clock.freeze();
  const token = await simulator.token();
  const status = async () => (await simulator.crop(token, { bundle_key: 'unknown', img: 'A' })).status;
  simulator.clock.advance(599_999);
  t.equal(await status(), 401, 'a millisecond before');
  simulator.clock.advance(1);
  t.equal(await status(), 403, 'after');
  t.match(simulator.log().at(-1), { reason: 'token expired' });
  t.equal(
    (await simulator.crop(await simulator.token(), { bundle_key: 'unknown', img: 'A' })).status,
    401,
    'a new one lives',
  );
});

test('the same seed gives the same tokens, another seed others', async (t) => {
  const draw = async (seed: string) => {
    const simulator = await startSimulator(t, { seed });
    return [await simulator.token(), await simulator.token()];
  };
  const first = await draw('one');
  t.same(await draw('one'), first);
  t.strictNotSame(await draw('two'), first);
  t.not(first[0], first[1]);
});

test('a form too long is refused in the shape of the rest of the API', async (t) => {
  const simulator = await startSimulator(t);
  const body = `grant_type=password&username=${'x'.repeat(70_000)}`;
  const answer = await simulator.exchange({ path: tokenPath, headers: form, body });
  t.same([answer.status, answer.text], [413, '{"message":"Request Entity Too Large"}']);
});
