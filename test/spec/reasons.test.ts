import { type Test, test } from 'tap';
import { type ErrorName, errorCatalogue } from '../../src/errors.js';
import type { JournalEntry } from '../../src/journal/entry.js';
import { control } from '../support/control.js';
import {
  bundleKey,
  cropHeaders,
  cropperPath,
  passwordGrant,
  startSimulator,
  tokenPath,
} from '../support/simulator.js';
import { until } from '../support/until.js';
import { sendRaw } from '../support/wire.js';

type Simulator = Awaited<ReturnType<typeof startSimulator>>;
type Act = (simulator: Simulator, token: string) => Promise<unknown>;

const good = { bundle_key: bundleKey, img: 'AAAA' };
const cropWith =
  (headers: Record<string, string>, body: object = good): Act =>
  ({ exchange }, token) =>
    exchange({
      path: cropperPath,
      headers: { ...cropHeaders(token), ...headers },
      body: JSON.stringify(body),
    });
const scenario = (text: string) => cropWith({ prefer: `scenario=${text}` }, { ...good, img: '/9j/' });
const raw =
  (...lines: string[]): Act =>
  ({ url }) =>
    sendRaw(url, lines.join('\r\n'));

/** Something that sets each row off. A row that is added does not compile until it stands here. */
const acts: Readonly<Record<ErrorName, Act>> = {
  MISSING_INPUT: cropWith({}, {}),
  UNKNOWN_SCENARIO: scenario('no-crad'),
  MALFORMED_REQUEST: raw('garbage', '', ''),
  INVALID_BUNDLE_KEY: cropWith({}, { ...good, bundle_key: 'x' }),
  ACCESS_TOKEN_NOT_FOUND: cropWith({ authorization: 'Token x' }),
  TRIALS_EXHAUSTED: scenario('trials-exhausted'),
  NOT_FOUND: ({ exchange }) => exchange({ path: '/elsewhere' }),
  METHOD_NOT_ALLOWED: ({ exchange }) => exchange({ path: cropperPath, method: 'GET' }),
  REQUEST_TIMEOUT: raw(`POST ${tokenPath} HTTP/1.1`, 'Host: x', 'Content-Length: 9', '', 'x'),
  ENTITY_TOO_LARGE: ({ exchange }, token) =>
    exchange({
      path: cropperPath,
      headers: { ...cropHeaders(token), 'content-length': '99999999' },
      withholdBody: true,
    }),
  UNSUPPORTED_MEDIA_TYPE: cropWith({ 'content-type': 'text/plain' }),
  IMAGE_UNREADABLE: scenario('image-unreadable'),
  IMAGE_TOO_SMALL: scenario('image-too-small'),
  IMAGE_TOO_LARGE: scenario('image-too-large'),
  CARD_NOT_FOUND: scenario('no-card'),
  UNPROCESSABLE: scenario('unprocessable'),
  TRIALS_EXHAUSTED_CODED: async (simulator, token) => {
    await control(simulator.url, 'PATCH', '/settings', { 'trials-exhausted-code': 5999 });
    await scenario('trials-exhausted')(simulator, token);
  },
  HEADERS_TOO_LARGE: raw('GET / HTTP/1.1', `x: ${'x'.repeat(20_000)}`, '', ''),
  INTERNAL_SERVER_ERROR: scenario('server-error'),
  SERVICE_UNAVAILABLE: scenario('busy'),
};

test('no row of the catalogue is answered without a reason in the log and in the journal', async (t) => {
  const simulator = await startSimulator(t, { requestTimeout: 1, trials: 1000 });
  const token = await simulator.token();
  for (const rule of Object.keys(errorCatalogue) as ErrorName[]) {
    await acts[rule](simulator, token);
    const lineOf = () => simulator.log().find((each) => each.rule === rule);
    await until(`the line of ${rule}`, () => lineOf() !== undefined);
    t.match(lineOf(), { reason: /\w/, status: errorCatalogue[rule].status }, rule);
  }
  await everyRefusalHasAReason(simulator, t);
});

/** Each with what the client would see: the error of OAuth 2, or the status of a page. */
const tokenCalls: [rule: string, query: string, fields: Record<string, string>][] = [
  ['unsupported_grant_type', '', {}],
  ['invalid_request', '', { ...passwordGrant, username: '' }],
  ['invalid_request', '?x=1', passwordGrant],
  ['invalid_client', '', { ...passwordGrant, client_secret: 'x' }],
  ['unauthorized_client', '', { ...passwordGrant, grant_type: 'client_credentials' }],
  ['invalid_grant', '', { ...passwordGrant, password: 'x' }],
  ['invalid_grant', '', { ...passwordGrant, grant_type: 'refresh_token', refresh_token: 'x' }],
  ['invalid_scope', '', { ...passwordGrant, scope: 'x' }],
];

test('nor is a refusal of the token endpoint', async (t) => {
  const simulator = await startSimulator(t);
  for (const [rule, query, fields] of tokenCalls) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(fields).toString();
    await simulator.exchange({ path: `${tokenPath}${query}`, headers, body });
    t.match(simulator.log().at(-1), { rule, reason: /\w/ }, rule);
  }
  for (const method of ['GET', 'PUT', 'DELETE']) await simulator.exchange({ path: tokenPath, method });
  for (const name of ['rate-limited', 'bad-gateway', 'error'])
    await simulator.exchange({ path: tokenPath, headers: { prefer: `scenario=${name}` } });
  await everyRefusalHasAReason(simulator, t);
});

async function everyRefusalHasAReason(simulator: Simulator, t: Test): Promise<void> {
  const { requests } = await control<{ requests: JournalEntry[] }>(
    simulator.url,
    'GET',
    '/requests?limit=1000',
  );
  t.ok(requests.length > 5);
  for (const { status, reason, rule, method, path } of requests)
    if (status !== null && status >= 400) t.match(reason, /\w/, `${method} ${path} ${status} ${rule}`);
}
