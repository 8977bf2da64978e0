import sharp from 'sharp';
import { type Test, test } from 'tap';
import { responseHmac } from '../../src/api/sign.js';
import type { JournalEntry } from '../../src/journal/entry.js';
import { fixture } from '../../src/photos/fixtures.js';
import { type ScenarioName, scenarioNames, scenarioRow } from '../../src/scenarios/catalogue.js';
import { type Way, ways } from '../../src/scenarios/choice.js';
import { magicKey } from '../../src/scenarios/magic-key.js';
import { scenarioOfStatus } from '../../src/scenarios/short-form.js';
import { control } from '../support/control.js';
import { photographMagicCard } from '../support/magic-photo.js';
import { observe } from '../support/observe.js';
import { cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';
import { outcomes } from './outcomes.js';

/** A key takes parameters too, which makes it two columns. */
const columns = [...ways, 'magic key with parameters'] as const;
type Column = (typeof columns)[number];
const wayOf = (column: Column): Way => (column === 'magic key with parameters' ? 'magic key' : column);

/** `Prefer: code=` can ask for what has a status. */
const isCell = (column: Column, name: ScenarioName) =>
  column !== 'code' || name === 'ok' || name === 'error' || scenarioRow(name).status !== null;

/** What a row waits by itself is too long where a way can say otherwise. */
const quick: { readonly [Name in ScenarioName]?: string } = {
  slow: ';ms=60',
  'slow-uniform': ';min=40;max=80',
  'slow-log-normal': ';median=60;sigma=0.1',
  'slow-dribble': ';ms=200',
  'time-out': ';ms=50',
};
const written = (name: ScenarioName) => `${name}${quick[name] ?? ''}`;
const quickMs = { slow: 55, 'slow-uniform': 35, 'slow-log-normal': 30 };
const ownMs = { slow: 1995, 'slow-uniform': 495, 'slow-log-normal': 100 };

/** Short of the minute that the row itself waits. */
const patienceMs = 400;

interface Call {
  readonly account: Account;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bundleKey?: string;
  readonly img?: string;
}
interface Account {
  readonly username: string;
  readonly bundles: readonly { readonly key: string; readonly hmacKey: string }[];
}
type Simulator = Awaited<ReturnType<typeof startSimulator>>;
type Prepare = (name: ScenarioName, account: Account, simulator: Simulator) => Promise<Omit<Call, 'account'>>;

/** In digits and hyphens where these are enough. */
const keysWithNumbers: { readonly [Name in ScenarioName]?: string } = {
  unprocessable: '422-5015',
  slow: 'slow-60',
  'slow-uniform': 'slow-uniform-40-80',
  'slow-dribble': 'slow-dribble-200-20',
  'time-out': 'time-out-50',
  error: 'error-500',
};

const prepare: Readonly<Record<Column, Prepare>> = {
  header: async (name) => ({
    // Each half of the scenarios by one of the two headers.
    headers:
      scenarioNames.indexOf(name) % 2 === 0
        ? { prefer: `respond-async, scenario=${written(name)}` }
        : { 'x-mock-scenario': written(name) },
  }),
  queue: async (name, { username }, { url }) => {
    await control(url, 'POST', `/accounts/${username}/queue`, [{ scenario: written(name) }]);
    return {};
  },
  code: async (name) => {
    const status = name === 'error' ? 500 : (scenarioRow(name).status ?? 200);
    const example = scenarioOfStatus[status] === name ? '' : `, example=${name}`;
    return { headers: { prefer: `respond-async, code=${status}${example}` } };
  },
  'magic key': async (name) => ({ bundleKey: magicKey(name) }),
  'magic key with parameters': async (name) => ({
    bundleKey: magicKey(keysWithNumbers[name] ?? written(name)),
  }),
  'magic card': async (name) => ({ img: await photographMagicCard(written(name)) }),
  rule: async () => ({}), // stands in the configuration
  default: async (name, { username }, { url }) => {
    await control(url, 'PATCH', `/accounts/${username}`, { defaultScenario: written(name) });
    return {};
  },
};

const plainPhoto = (await sharp(fixture('card-on-table').bytes).resize(640).jpeg().toBuffer()).toString(
  'base64',
);

const nameAccount = (column: Column, name: ScenarioName) => `${column} ${name}`;

test('every scenario by every way', async (t) => {
  // One server for all: its workers are warm, and no cell may disturb another.
  const rules = scenarioNames.map((name) => ({
    scenario: written(name),
    account: nameAccount('rule', name),
  }));
  const simulator = await startSimulator(t, { maxQueue: 1000, queueTimeout: 100, cropTimeout: 100, rules });
  t.jobs = 30; // Without it tap would drive one cell at a time, and most of them wait.
  const drive = (names: readonly ScenarioName[]) =>
    Promise.all(
      columns.flatMap((column) =>
        names
          .filter((name) => isCell(column, name))
          .map((name) =>
            t.test(nameAccount(column, name), { buffered: true }, (cell) =>
              driveCell(cell, simulator, column, name),
            ),
          ),
      ),
    );
  await drive(scenarioNames.filter((name) => name !== 'worker-dies'));
  await drive(['worker-dies']); // Last: a new worker is slow at first.
});

async function driveCell(t: Test, simulator: Simulator, way: Column, name: ScenarioName): Promise<void> {
  const { url } = simulator;
  const username = nameAccount(way, name);
  const account = await control<Account>(url, 'POST', '/accounts', { username });
  const token = await control<{ accessToken: string }>(url, 'POST', `/accounts/${username}/tokens`);
  const { headers = {}, bundleKey, img = plainPhoto } = await prepare[way](name, account, simulator);
  const [bundle] = account.bundles;
  const seen = await observe(url, {
    path: cropperPath,
    headers: { ...cropHeaders(token.accessToken), ...headers },
    body: JSON.stringify({ bundle_key: bundleKey ?? bundle!.key, img }),
    ...(name === 'time-out' && way === 'magic key' && { patienceMs }),
  });
  const signature = seen.answer?.status === 200 ? signatureOf(seen.answer.text, bundle!.hmacKey) : '';
  outcomes(way === 'magic key' ? ownMs : quickMs, signature)[name](t, seen);
  const query = `/requests/wait?account=${encodeURIComponent(username)}&endpoint=crop&timeout=1m`;
  const { requests } = await control<{ requests: JournalEntry[] }>(url, 'GET', query);
  t.match(requests, [{ scenario: { name, chosenBy: wayOf(way) } }], 'as the journal has it');
  const [{ status, reason } = { status: null, reason: null }] = requests;
  if (status !== null && status >= 400) t.type(reason, 'string', 'no refusal without a reason');
}

function signatureOf(text: string, key: string): string {
  try {
    return responseHmac(JSON.parse(text), key);
  } catch {
    return '';
  }
}
