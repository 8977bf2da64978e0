import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { test } from 'tap';
import type { AccountAnswer } from '../../src/control/accounts.js';
import { type Again, againOf } from '../../src/inspector/call/again.js';
import { asCurl, firstCallAsCurl, quote } from '../../src/inspector/call/curl.js';
import { fixtureOf } from '../../src/inspector/call/fixture.js';
import type { JournalEntry } from '../../src/journal/entry.js';
import { fixture } from '../../src/photos/fixtures.js';
import { control } from '../support/control.js';
import { emptyFolder } from '../support/packed.js';
import { bundleKey, cropHeaders, cropperPath, startSimulator, tokenPath } from '../support/simulator.js';

const photo = fixture('card-on-table').base64;

type Simulator = Awaited<ReturnType<typeof startSimulator>>;
type Call = (simulator: Simulator, token: string) => Promise<unknown>;

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const magicKey = '00000000000000magic-bad-request';
const json = (more: Readonly<Record<string, string>> = {}) => ({
  'content-type': 'application/json',
  ...more,
});

/** Calls, and what is said of sending each again. */
const rows: readonly [what: string, call: Call, expected: object | string][] = [
  [
    'with a photo',
    ({ crop }, token) => crop(token, { bundle_key: bundleKey, img: photo, lang: 'ar' }),
    {
      tokenOf: { username: 'demo' },
      body: { kind: 'json', hasPhoto: true, fields: { bundle_key: bundleKey, lang: 'ar' } },
    },
  ],
  [
    'by a magic key',
    ({ crop }, token) => crop(token, { bundle_key: magicKey, img: photo }),
    { body: { fields: { bundle_key: 'magic-bad-request' } } },
  ],
  [
    'by a header',
    ({ exchange }, token) =>
      exchange({
        path: cropperPath,
        headers: { ...cropHeaders(token), 'x-mock-scenario': 'busy' },
        body: JSON.stringify({ bundle_key: bundleKey, img: photo }),
      }),
    { headers: { 'x-mock-scenario': 'busy', 'content-type': 'application/json' }, body: { hasPhoto: true } },
  ],
  [
    'with an unknown token, which stays unknown',
    ({ crop }) => crop('nobodys-token', { bundle_key: bundleKey, img: photo }),
    { tokenOf: null, headers: { authorization: 'Bearer nobo...' } },
  ],
  [
    'without a token',
    ({ exchange }) => exchange({ path: cropperPath, headers: json(), body: '{}' }),
    { tokenOf: null, headers: { authorization: undefined } },
  ],
  [
    'with a body that could not be read',
    ({ exchange }, token) => exchange({ path: cropperPath, headers: cropHeaders(token), body: '{' }),
    'bodyNotKept',
  ],
  [
    'of the token endpoint',
    ({ token }) => token(),
    {
      path: tokenPath,
      body: { kind: 'form', fields: { username: 'demo', password: 'demo', client_secret: 'demo-secret' } },
    },
  ],
  [
    'of the token endpoint, with a wrong password',
    ({ exchange }) =>
      exchange({
        path: tokenPath,
        headers: form,
        body: 'grant_type=password&username=demo&password=abcdefgh',
      }),
    { body: { kind: 'form', fields: { password: 'abcd…' } } },
  ],
  [
    'elsewhere',
    ({ exchange }) => exchange({ method: 'GET', path: '/nowhere?x=1' }),
    { method: 'GET', path: '/nowhere', body: { kind: 'none' } },
  ],
];

for (const [what, call, expected] of rows)
  test(`a call ${what}, again`, async (t) => {
    const simulator = await startSimulator(t);
    const token = await simulator.token();
    await call(simulator, token);
    const { requests } = await control<{ requests: JournalEntry[] }>(simulator.url, 'GET', '/requests');
    const accounts = await control<AccountAnswer[]>(simulator.url, 'GET', '/accounts');
    t.match(againOf(requests.at(-1)!, accounts), expected);
  });

test('a call whose photo the journal has lost', async (t) => {
  const { url, crop, token } = await startSimulator(t, { journalPictures: false });
  await crop(await token(), { bundle_key: bundleKey, img: photo });
  const { requests } = await control<{ requests: JournalEntry[] }>(url, 'GET', '/requests');
  t.equal(againOf(requests.at(-1)!, []), 'photoGone');
});

test('as curl, in a shell', async (t) => {
  const { url } = await startSimulator(t);
  const [account] = await control<AccountAnswer[]>(url, 'GET', '/accounts');
  const cwd = emptyFolder(t);
  const run = async (command: string) => (await promisify(execFile)('sh', ['-c', command], { cwd })).stdout;
  t.match(JSON.parse(await run(firstCallAsCurl(account!, url))), { data: { img: /^\/9j/ } });
  const plain: Again = {
    method: 'DELETE',
    path: '/it’s',
    headers: { prefer: "a='b'" },
    body: { kind: 'none' },
    tokenOf: null,
  };
  t.equal(await run(asCurl(plain, url, '')), '{"message":"Not Found"}');
  const [last] = (await control<{ requests: JournalEntry[] }>(url, 'GET', '/requests?limit=1')).requests;
  t.match(last, { method: 'DELETE', requestHeaders: { prefer: "a='b'" } });
});

for (const [text, quoted] of [
  ['plain-text_1.jpg', 'plain-text_1.jpg'],
  ['two words', "'two words'"],
  ["it's", "'it'\\''s'"],
  ['$(rm)', "'$(rm)'"],
  ['', "''"],
] as const)
  test(`${text || 'nothing'} for a shell`, async (t) => t.equal(quote(text), quoted));

test('what a fixture says of a call', async (t) => {
  const { url, crop, token } = await startSimulator(t);
  await crop(await token(), { bundle_key: bundleKey, img: photo });
  const { requests } = await control<{ requests: JournalEntry[] }>(url, 'GET', '/requests');
  const { bytes, width, height } = fixture('card-on-table');
  t.match(fixtureOf(requests.at(-1)!), {
    file: 'photo.jpg',
    bytes: bytes.length,
    width,
    height,
    expected: 'expected.jpg',
    corners: { length: 4 },
    answer: { status: 200 },
  });
});
