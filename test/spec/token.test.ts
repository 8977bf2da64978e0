import { gzipSync } from 'node:zlib';
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
  /** What the log says. */
  readonly reason: string | RegExp;
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
  { sentence: 'no body', ...unsupported, reason: /^form empty; send grant_type=password/ },
  { sentence: 'an empty form', body: '', ...unsupported, reason: /^form empty; send/ },
  {
    sentence: 'no grant type',
    body: 'username=&client_id=x',
    ...unsupported,
    reason: /^field grant_type missing; send/,
  },
  {
    sentence: 'an unknown grant type',
    body: 'grant_type=magic&username=',
    ...unsupported,
    reason: 'grant_type is neither password nor refresh_token, to the letter',
  },
  {
    sentence: 'a grant type that objects have',
    body: 'grant_type=__proto__',
    ...unsupported,
    reason: /neither password nor/,
  },
  {
    sentence: 'a grant type that objects inherit',
    body: 'grant_type=constructor',
    ...unsupported,
    reason: /neither password nor/,
  },
  {
    sentence: 'JSON',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(passwordGrant),
    ...unsupported,
    reason:
      'body is JSON; send a form, with Content-Type: application/x-www-form-urlencoded, as grant_type=password&username=…',
  },
  {
    sentence: 'broken multipart',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: '--y',
    ...unsupported,
    reason: /^multipart body cannot be read; /,
  },
  {
    sentence: 'no user name',
    body: 'grant_type=password&client_id=x',
    ...missing('username'),
    reason: 'field username missing',
  },
  {
    sentence: 'an empty user name',
    body: 'grant_type=password&username=&password=a',
    ...missing('username'),
    reason: 'field username empty',
  },
  {
    sentence: 'no password',
    body: 'grant_type=password&username=x&client_id=x',
    ...missing('password'),
    reason: 'field password missing',
  },
  {
    sentence: 'no client',
    body: 'grant_type=password&username=x&password=x',
    ...invalidClient,
    reason: /^no client_id; send it and client_secret/,
  },
  {
    sentence: 'an unknown client',
    body: encode({ ...passwordGrant, client_id: 'x', password: 'x' }),
    ...invalidClient,
    reason: 'client_id unknown',
  },
  {
    sentence: 'a wrong secret',
    body: encode({ ...passwordGrant, client_secret: 'x', password: 'x' }),
    ...invalidClient,
    reason: 'client_secret wrong',
  },
  { sentence: 'no secret', body: without('client_secret'), ...invalidClient, reason: 'no client_secret' },
  {
    sentence: 'client credentials without a client',
    body: 'grant_type=client_credentials',
    ...invalidClient,
    reason: /^no client_id; /,
  },
  {
    sentence: 'client credentials',
    body: encode({ ...passwordGrant, grant_type: 'client_credentials' }),
    ...unauthorizedClient,
    reason: /not allowed here; send password or refresh_token/,
  },
  {
    sentence: 'an unknown user',
    body: encode({ ...passwordGrant, username: 'x', scope: 'x' }),
    ...invalidGrant,
    reason: 'username unknown',
  },
  {
    sentence: 'a wrong password',
    body: encode({ ...passwordGrant, password: 'x', scope: 'x' }),
    ...invalidGrant,
    reason: 'password wrong',
  },
  {
    sentence: 'an unknown scope',
    body: encode({ ...passwordGrant, scope: 'read admin' }),
    ...invalidScope,
    reason: /^scope asks for what this login does not have; /,
  },
  {
    sentence: 'no refresh token',
    body: 'grant_type=refresh_token',
    status: 400,
    text: '{"error": "invalid_request", "error_description": "Missing refresh token parameter."}',
    reason: 'field refresh_token missing',
  },
  {
    sentence: 'an unknown refresh token',
    body: encode({ ...passwordGrant, grant_type: 'refresh_token', refresh_token: 'x' }),
    status: 400,
    text: '{"error": "invalid_grant"}',
    reason: 'refresh_token unknown, or used before; log in again',
  },
  {
    sentence: 'an empty refresh token',
    body: encode({ ...passwordGrant, grant_type: 'refresh_token', refresh_token: '' }),
    status: 400,
    text: '{"error": "invalid_grant"}',
    reason: /^refresh_token unknown/,
  },
  {
    sentence: 'an authorization code',
    body: encode({ ...passwordGrant, grant_type: 'authorization_code', code: 'x' }),
    ...unauthorizedClient,
    reason: /not allowed here/,
  },
  {
    sentence: 'none where one is asked for, whoever asks',
    body: 'grant_type=authorization_code',
    status: 400,
    text: '{"error": "invalid_request", "error_description": "Missing code parameter."}',
    reason: 'field code missing',
  },
];

test('refusals: OAuth errors in the stock order of checks', async (t) => {
  const simulator = await startSimulator(t);
  for (const { sentence, body, headers, status, text, reason } of refusals) {
    const answer = await simulator.exchange({ path: tokenPath, headers: headers ?? form, body });
    t.equal(answer.status, status, sentence);
    t.equal(answer.text, text, sentence);
    t.equal(answer.headers['www-authenticate'], status === 401 ? 'Bearer error="invalid_client"' : undefined);
    t.equal(answer.headers['cache-control'], 'no-store');
    const { error } = JSON.parse(answer.text) as TokenError;
    t.match(simulator.log().at(-1), { status, rule: error, reason }, sentence);
  }
});

const good = encode(passwordGrant);
const json = { 'content-type': 'application/json' };
const typed = (type: string) => ({ 'content-type': type });

/** What people send in place of a form. Each was put to Django 3.2.25, DRF 3.14.0, Django OAuth Toolkit 1.7.1, oauthlib 3.2.2. */
const noForms: [sentence: string, headers: Record<string, string>, body: string | Buffer, reason: RegExp][] =
  [
    ['a form declared as JSON', json, good, /^body is JSON; send a form/],
    ['no type', {}, good, /^no Content-Type; send a form/],
    ['an empty type', typed(''), good, /^no Content-Type; send a form/],
    ['a type that is none', typed('nonsense'), good, /^Content-Type is not that of a form; send/],
    ['text/plain', typed('text/plain'), good, /^Content-Type is not that of a form; send/],
    ['XML', typed('application/xml'), '<a/>', /^Content-Type is not that of a form; send/],
    [
      'multipart/mixed',
      typed('multipart/mixed; boundary=x'),
      '--x--',
      /^Content-Type is not that of a form; /,
    ],
    ['application/vnd.api+json', typed('application/vnd.api+json'), '{}', /^body is JSON; send a form/],
    ['the type in capitals', typed('Application/X-WWW-Form-Urlencoded'), good, /in lower case only/],
    ['multipart in capitals', typed('Multipart/Form-Data; boundary=x'), '--x--', /in lower case only/],
    [
      'JSON declared as a form',
      form,
      JSON.stringify(passwordGrant),
      /^body is JSON under the type of a form; send/,
    ],
    ['; between the fields', form, good.replaceAll('&', ';'), /separated by &, not by ;/],
    ['blanks around =', form, good.replaceAll('=', ' = '), /name of the field is grant_type, to the letter/],
    ['names in capitals', form, good.toUpperCase(), /name of the field is grant_type, to the letter/],
    [
      'another case of the value',
      form,
      good.replace('=password&', '=Password&'),
      /neither password nor refresh_token/,
    ],
    [
      'gzip',
      { ...form, 'content-encoding': 'gzip' },
      gzipSync(good),
      /^Content-Encoding is not supported; send/,
    ],
    ['gzip, undeclared', form, gzipSync(good), /^body is compressed by gzip/],
    ['gzip as JSON', { ...json, 'content-encoding': 'gzip' }, gzipSync('{}'), /^body is JSON; send a form/],
    ['a byte order mark', form, `\ufeff${good}`, /begins with a byte order mark; send it without/],
    [
      'multipart with another boundary',
      typed('multipart/form-data; boundary=y'),
      '--x--',
      /cannot be read; it begins and/,
    ],
  ];

test('what is no form has no grant type, and the log says what it is', async (t) => {
  const simulator = await startSimulator(t);
  for (const [sentence, headers, body, reason] of noForms) {
    const answer = await simulator.exchange({ path: tokenPath, headers, body });
    t.match([answer.status, answer.text], [unsupported.status, unsupported.text], sentence);
    t.match(simulator.log().at(-1), { rule: 'unsupported_grant_type', reason }, sentence);
  }
});

test('a file in a form is no field', async (t) => {
  const simulator = await startSimulator(t);
  const multipart = new FormData();
  for (const [name, value] of Object.entries(passwordGrant))
    multipart.set(name, name === 'username' ? new Blob([value]) : value);
  const request = new Request('http://localhost', { method: 'POST', body: multipart });
  const answer = await simulator.exchange({
    path: tokenPath,
    headers: typed(request.headers.get('content-type') ?? ''),
    body: Buffer.from(await request.arrayBuffer()),
  });
  t.equal(answer.text, missing('username').text);
});

test('where Django sends its own page', async (t) => {
  const simulator = await startSimulator(t);
  const rows: [
    sentence: string,
    query: string,
    type: string,
    body: string,
    status: number,
    reason: RegExp,
  ][] = [
    [
      'a query',
      '?x=1',
      form['content-type'],
      good,
      500,
      /fails at a query in the URL; send everything in the form/,
    ],
    ['a query alone', `?${good}`, form['content-type'], '', 500, /query/],
    ['a name alone', '?x', form['content-type'], good, 500, /query/],
    ['no boundary', '', 'multipart/form-data', '--x--', 400, /without a boundary; let your HTTP client/],
    ['an empty boundary', '', 'multipart/form-data; boundary=', '--x--', 400, /without a boundary/],
    [
      'too many fields',
      '',
      form['content-type'],
      `${good}${'&a=1'.repeat(1001)}`,
      400,
      /more than 1000 fields/,
    ],
  ];
  for (const [sentence, query, type, body, status, reason] of rows) {
    const answer = await simulator.exchange({ path: `${tokenPath}${query}`, headers: typed(type), body });
    const title = status === 500 ? 'Server Error (500)' : 'Bad Request (400)';
    t.equal(answer.status, status, sentence);
    t.equal(
      answer.text,
      `\n<!doctype html>\n<html lang="en">\n<head>\n  <title>${title}</title>\n</head>\n<body>\n  <h1>${title}</h1><p></p>\n</body>\n</html>\n`,
    );
    t.equal(answer.headers['content-type'], 'text/html');
    t.match(simulator.log().at(-1), { status, rule: 'invalid_request', reason, level: 30 }, sentence);
  }
  const bare = await simulator.exchange({ path: `${tokenPath}?`, headers: form, body: good });
  t.equal(bare.status, 200, 'a question mark alone is no query');
});

test('scopes, as oauthlib splits them', async (t) => {
  const simulator = await startSimulator(t);
  const rows: [scope: string, granted: string | null, reason?: RegExp][] = [
    ['read', 'read'],
    ['write read', 'write read'],
    ['read read', 'read read'],
    [' read\n', 'read'],
    ['', null, /^scope empty; leave the field out$/],
    [' ', null, /^scope empty/],
    ['read  write', null, /one blank between them/],
    ['read,write', null, /one blank between them/],
    ['READ', null, /^scope asks for/],
    ['read\nwrite', null, /^scope asks for/],
  ];
  for (const [scope, granted, reason] of rows) {
    const body = encode({ ...passwordGrant, scope });
    const answer = await simulator.exchange({ path: tokenPath, headers: form, body });
    if (granted !== null) t.match(JSON.parse(answer.text), { scope: granted }, JSON.stringify(scope));
    else
      t.same([answer.status, answer.text], [invalidScope.status, invalidScope.text], JSON.stringify(scope));
    if (reason) t.match(simulator.log().at(-1), { rule: 'invalid_scope', reason });
  }
  const bare = await simulator.exchange({ path: tokenPath, headers: form, body: `${good}&scope` });
  t.equal(bare.text, invalidScope.text, 'a name without =');
});

test('HTTP Basic, as Django OAuth Toolkit splits it', async (t) => {
  const simulator = await startSimulator(t);
  const [id, secret] = [passwordGrant.client_id!, passwordGrant.client_secret!];
  const encoded = Buffer.from(`${id}:${secret}`).toString('base64');
  const user = without('client_id', 'client_secret');
  t.ok(encoded.endsWith('='), 'it has padding to lose');
  const rows: [authorization: string, status: 200 | 401, reason?: RegExp][] = [
    [`Basic ${encoded}`, 200],
    [`Basic   ${encoded}  `, 200],
    [`Basic ${encoded.slice(0, 8)} ${encoded.slice(8)}`, 200],
    [`basic ${encoded}`, 401, /^Django OAuth Toolkit knows the scheme in this spelling only: Basic$/],
    [`BASIC ${encoded}`, 401, /in this spelling only: Basic$/],
    [`Basic\t${encoded}`, 401, /^Authorization is not/],
    [`Basic ${encoded.replace(/=+$/, '')}`, 401, /^Authorization is not "Basic " and the base64 of/],
    ['Basic ???', 401, /^Authorization is not "Basic " and the base64/],
    ['Basic', 401, /with one blank/],
    [`Basic ${Buffer.from(id).toString('base64')}`, 401, /the base64 of client_id:client_secret$/],
    [`Basic ${Buffer.from('d\xe9:x', 'latin1').toString('base64')}`, 401, /the base64 of/],
    [basic(id, 'x'), 401, /^client_secret wrong$/],
    [basic('x', secret), 401, /^client_id unknown$/],
    [basic(id, `${secret}\n`), 401, /^client_secret wrong: it has white space or a line break at an end$/],
    ['Bearer x', 401, /^Authorization is not HTTP Basic$/],
  ];
  for (const [authorization, status, reason] of rows) {
    const headers = { ...form, authorization };
    const answer = await simulator.exchange({ path: tokenPath, headers, body: user });
    t.equal(answer.status, status, authorization);
    if (reason) t.match(simulator.log().at(-1), { rule: 'invalid_client', reason }, authorization);
    const both = await simulator.exchange({ path: tokenPath, headers, body: good });
    t.equal(both.status, 200, `${authorization}, beside a good form`);
  }
});

test('slips in names and secrets are told apart, and never shown', async (t) => {
  const credentials = {
    username: 'some+body@a.example',
    password: 'p+s s%w',
    client_id: 'distinctive-id',
    client_secret: 'distinctive-secret',
  };
  const simulator = await startSimulator(t, { accounts: [{ ...credentials, bundles: [] }] });
  const fields = { grant_type: 'password', ...credentials };
  const rows: [changed: Record<string, string>, reason: string][] = [
    [
      { client_secret: 'distinctive-secret\n' },
      'client_secret wrong: it has white space or a line break at an end',
    ],
    [{ client_id: ' distinctive-id' }, 'client_id unknown: it has white space or a line break at an end'],
    [{ client_id: '"distinctive-id"' }, 'client_id unknown: it stands in quotes'],
    [{ username: 'some body@a.example' }, 'username unknown: in a form + stands for a blank; send %2B'],
    [
      { username: encodeURIComponent('some+body@a.example') },
      'username unknown: it is percent-encoded twice',
    ],
    [{ password: "'p+s s%w'" }, 'password wrong: it stands in quotes'],
    [{ password: 'another' }, 'password wrong'],
  ];
  for (const [changed, reason] of rows) {
    await simulator.exchange({ path: tokenPath, headers: form, body: encode({ ...fields, ...changed }) });
    t.equal(simulator.log().at(-1)?.reason, reason);
  }
  t.notMatch(simulator.logText(), /distinctive|p.s s%w/);
});

test('other methods: 405 without a body', async (t) => {
  const simulator = await startSimulator(t);
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND']) {
    const answer = await simulator.exchange({ method, path: tokenPath });
    t.same([answer.status, answer.text, answer.headers.allow], [405, '', 'POST, OPTIONS'], method);
  }
  const options = await simulator.exchange({ method: 'OPTIONS', path: tokenPath });
  t.same([options.status, options.text, options.headers.allow], [200, '', 'POST, OPTIONS']);
  await simulator.exchange({ method: 'GET', path: tokenPath });
  t.match(simulator.log().at(-1), { rule: 'METHOD_NOT_ALLOWED', reason: 'takes POST only' });
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
  const latin1Form = typed('application/x-www-form-urlencoded; charset=iso-8859-1');
  const bare = encode(fields).replace('%C3%BC', 'ü');
  const rows: [sentence: string, headers: Record<string, string>, body: string | Buffer][] = [
    ['percent-encoded', form, encode(fields)],
    ['a charset', typed('application/x-www-form-urlencoded; charset=UTF-8'), encode(fields)],
    ['an unknown charset', typed('application/x-www-form-urlencoded; charset=nonsense'), encode(fields)],
    ['ISO-8859-1', latin1Form, Buffer.from(bare, 'latin1')],
    ['ISO-8859-1, percent-encoded', latin1Form, bare.replace('ü', '%FC')],
    ['UTF-16', typed(`${form['content-type']}; charset=utf-16`), Buffer.from(`\ufeff${bare}`, 'utf16le')],
    ['UTF-8 without percent-encoding', form, bare],
    ['ISO-8859-1 under no name', form, Buffer.from(bare, 'latin1')],
    [
      'Content-Encoding of a body that is not encoded',
      { ...form, 'content-encoding': 'gzip' },
      encode(fields),
    ],
    ['& before, between and after', form, `&&${encode(fields)}&&`],
    ['an undecodable % as it stands', form, encode(fields).replace('p%25ss', 'p%ss').replace('%25zz', '%zz')],
    ['the last of equal names', form, `password=wrong&${encode(fields)}`],
    ['more fields than are needed', form, `x=1&${encode(fields)}&x`],
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
