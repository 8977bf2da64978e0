import { test } from 'tap';
import { control, tryControl } from '../support/control.js';
import { startSimulator } from '../support/simulator.js';

type Json = Record<string, unknown>;
interface Settable {
  readonly what: string;
  readonly set: readonly [method: string, path: string, body?: unknown];
  /** Where it is read back, and what then stands there. */
  readonly read: string;
  readonly expected: unknown;
}

const demo = '/accounts/demo';

/** Everything that the control API sets. */
const settables: readonly Settable[] = [
  {
    what: 'a new account',
    set: ['POST', '/accounts', { username: 'new', bundles: [{ trials: 9 }] }],
    read: '/accounts/new',
    expected: { username: 'new', bundles: [{ trials: 9 }] },
  },
  {
    what: 'credentials',
    set: ['PATCH', demo, { password: 'p', clientId: 'c', clientSecret: 's' }],
    read: demo,
    expected: { password: 'p', clientId: 'c', clientSecret: 's' },
  },
  {
    what: 'a default scenario',
    set: ['PATCH', demo, { defaultScenario: 'slow; ms=7' }],
    read: demo,
    expected: { defaultScenario: 'slow;ms=7' },
  },
  {
    what: 'a bundle more',
    set: ['POST', `${demo}/bundles`, { key: 'k', services: ['ocr'] }],
    read: demo,
    expected: { bundles: [{}, { key: 'k', services: ['ocr'] }] },
  },
  {
    what: 'a changed bundle',
    set: ['PATCH', `${demo}/bundles/${'0'.repeat(32)}`, { trials: 1, hmacKey: 'h' }],
    read: demo,
    expected: { bundles: [{ trials: 1, hmacKey: 'h' }] },
  },
  {
    what: 'a bundle less',
    set: ['DELETE', `${demo}/bundles/${'0'.repeat(32)}`],
    read: demo,
    expected: { bundles: [] },
  },
  {
    what: 'a token',
    set: ['POST', `${demo}/tokens`, { expiresIn: '1h', scope: 'read', trialsRemaining: 5 }],
    read: `${demo}/tokens`,
    expected: [{ scope: 'read', state: 'live', trialsRemaining: 5 }],
  },
  {
    what: 'a queue',
    set: ['PUT', `${demo}/queue`, [{ scenario: 'bad-gateway', times: 2, endpoint: 'token' }]],
    read: `${demo}/queue`,
    expected: [{ scenario: 'bad-gateway', times: 2, endpoint: 'token' }],
  },
  {
    what: 'more in the queue',
    set: ['POST', `${demo}/queue`, [{ scenario: 'busy' }]],
    read: `${demo}/queue`,
    expected: [{ scenario: 'busy', times: 1, endpoint: 'crop' }],
  },
  {
    what: 'the clock',
    set: ['PATCH', '/clock', { now: '2030-01-01T00:00:00Z', frozen: true }],
    read: '/clock',
    expected: { now: '2030-01-01T00:00:00.000Z', frozen: true },
  },
  {
    what: 'the clock of an account',
    set: ['PATCH', `${demo}/clock`, { now: '2031-01-01T00:00:00Z', frozen: true, advance: '1d2h' }],
    read: `${demo}/clock`,
    expected: { now: '2031-01-02T02:00:00.000Z', frozen: true },
  },
  {
    what: 'settings',
    set: [
      'PATCH',
      '/settings',
      { trials: 8, 'min-confidence': 0.9, rules: [{ scenario: 'busy', every: 2 }] },
    ],
    read: '/settings',
    expected: {
      values: { trials: 8, 'min-confidence': 0.9, rules: [{ scenario: 'busy', every: 2, endpoint: 'crop' }] },
      changed: ['trials', 'minConfidence', 'rules'].map((name) =>
        name.replace(/[A-Z]/, (c) => `-${c.toLowerCase()}`),
      ),
    },
  },
  {
    what: 'texts and codes of errors',
    set: ['PATCH', '/settings', { errors: { CARD_NOT_FOUND: { code: 5123, en: 'no card' } } }],
    read: '/settings',
    expected: { values: { errors: { CARD_NOT_FOUND: { code: 5123, en: 'no card' } } } },
  },
];

/** A clock that runs gives other times at each look; how far it is off stands in the snapshot. */
const everything = async (url: string) => ({
  snapshot: await control<Json>(url, 'GET', '/snapshot'),
  settings: await control<Json>(url, 'GET', '/settings'),
});

test('whatever can be set can be read back, and a reset undoes it', async (t) => {
  const { url } = await startSimulator(t);
  const atStart = await everything(url);
  for (const { what, set, read, expected } of settables) {
    await control(url, ...set);
    t.match(await control(url, 'GET', read), expected, `${what}: read back`);
    t.strictNotSame(await everything(url), atStart, `${what}: is no longer as at the start`);
    await control(url, 'POST', '/reset');
    t.strictSame(await everything(url), atStart, `${what}: undone`);
  }
});

test('snapshot, change, restore: the same state, in another server too', async (t) => {
  const [{ url }, other] = [await startSimulator(t), await startSimulator(t)];
  for (const { set } of settables) if (set[0] !== 'DELETE') await control(url, ...set);
  const taken = await everything(url);
  await control(url, 'POST', '/reset');
  for (const { set } of settables.slice(6)) await control(url, ...set);
  t.strictNotSame(await everything(url), taken);
  await control(url, 'PUT', '/snapshot', taken.snapshot);
  t.strictSame(await everything(url), taken);
  await control(other.url, 'PUT', '/snapshot', taken.snapshot);
  t.strictSame((await everything(other.url)).snapshot, taken.snapshot);
});

test('a restored snapshot does not change what a reset goes back to', async (t) => {
  const { url } = await startSimulator(t);
  const snapshot = await control<{ store: { configured: object[] } }>(url, 'GET', '/snapshot');
  snapshot.store.configured = [];
  await control(url, 'PUT', '/snapshot', snapshot);
  await control(url, 'POST', '/reset');
  t.match(await control(url, 'GET', '/accounts'), [{ username: 'demo' }]);
});

test('a reset of one account leaves the others alone', async (t) => {
  const { url } = await startSimulator(t);
  for (const username of ['a', 'b']) {
    await control(url, 'POST', '/accounts', { username, defaultScenario: 'busy' });
    await control(url, 'POST', `/accounts/${username}/tokens`);
    await control(url, 'POST', `/accounts/${username}/queue`, [{ scenario: 'no-card' }]);
    await control(url, 'PATCH', `/accounts/${username}/clock`, { frozen: true });
    await control(url, 'PATCH', `/accounts/${username}`, { password: 'other', defaultScenario: null });
  }
  await control(url, 'POST', '/accounts/a/reset');
  const look = async (username: string) => ({
    account: await control<Json>(url, 'GET', `/accounts/${username}`),
    tokens: await control<Json[]>(url, 'GET', `/accounts/${username}/tokens`),
    queue: await control<Json[]>(url, 'GET', `/accounts/${username}/queue`),
    frozen: (await control<{ frozen: boolean }>(url, 'GET', `/accounts/${username}/clock`)).frozen,
  });
  const [a, b] = [await look('a'), await look('b')];
  t.match(a, { account: { defaultScenario: 'busy' }, frozen: false });
  t.not(a.account.password, 'other', 'its password is the first again');
  t.same([a.tokens, a.queue], [[], []]);
  t.match(b, {
    account: { password: 'other', defaultScenario: null },
    tokens: [{}],
    queue: [{}],
    frozen: true,
  });
  const before = b.tokens[0]!.accessToken;
  const again = await control<Json>(url, 'POST', '/accounts/a/tokens');
  t.not(again.accessToken, before);
});

test('names that are made up depend on the seed and the user name alone', async (t) => {
  const made = async (usernames: readonly string[]) => {
    const { url } = await startSimulator(t);
    const accounts: Json[] = [];
    for (const username of usernames) accounts.push(await control(url, 'POST', '/accounts', { username }));
    return Object.fromEntries(accounts.map((account) => [account.username, account]));
  };
  t.strictSame(await made(['a', 'b', 'c']), await made(['c', 'b', 'a']));
});

interface Edited {
  version: number;
  store: {
    accounts: { queue: object[]; account: { bundles: { key: string; hmacKey: string }[] } }[];
    tokens: { token: { expiresAtMs: number } }[];
  };
  clocks: { server: { offsetMs: number; frozenAtMs: number | null } };
}

test('a snapshot that was edited by hand is sound, or refused', async (t) => {
  const { url, token, crop } = await startSimulator(t);
  const accessToken = await token();
  const edit = async (change: (snapshot: Edited) => void) => {
    const snapshot = await control<Edited>(url, 'GET', '/snapshot');
    change(snapshot);
    return tryControl(url, 'PUT', '/snapshot', snapshot);
  };
  const queue = (name: string, parameters: object) =>
    edit(({ store: { accounts } }) => {
      accounts[0]!.queue = [{ scenario: { name, parameters }, endpoint: 'crop', times: 1 }];
    });
  t.match(await queue('error', { status: 9999 }), { status: 422, json: { detail: /status must be <= 599/ } });
  t.match(await queue('slow', { ms: 1e12 }), { status: 422 });
  const nameless = await edit(({ store: { accounts } }) => {
    Object.assign(accounts[0]!.account.bundles[0]!, { key: '', hmacKey: '' });
  });
  t.match(nameless, { status: 422 }, 'what no account may have');
  t.equal((await queue('error', {})).status, 204, 'what is not said is as always');
  t.equal((await crop(accessToken, {})).text, '{"message":"Internal Server Error"}');
});

test('time beyond the calendar is shown as its end, and harms nothing', async (t) => {
  const { url, token, crop } = await startSimulator(t);
  const snapshot = await control<Edited>(url, 'GET', '/snapshot');
  snapshot.clocks.server = { offsetMs: 0, frozenAtMs: 1e300 };
  await control(url, 'PUT', '/snapshot', snapshot);
  const end = '9999-12-31T23:59:59.999Z';
  t.match(await control(url, 'GET', '/clock'), { now: end });
  await crop(await token(), {});
  t.match(await control(url, 'GET', '/requests'), { requests: [{ at: end }, { at: end }] });
  t.match(await control(url, 'POST', '/accounts/demo/tokens', { expiresIn: 1e300 }), { expiresAt: end });
  t.match(await tryControl(url, 'PATCH', '/clock', { now: '+275760-09-13T00:00:00.000Z' }), {
    status: 422,
    json: { detail: /years are 0000 to 9999/ },
  });
});
