import sharp from 'sharp';
import { type Test, test } from 'tap';
import { responseHmac } from '../../src/api/sign.js';
import { fixture } from '../../src/fixtures.js';
import { drawMagicCard } from '../../src/magic-card/draw.js';
import { type ScenarioName, scenarioNames } from '../../src/scenarios/catalogue.js';
import { magicKey } from '../../src/scenarios/magic-key.js';
import { type Way, ways } from '../../src/scenarios/select.js';
import { control } from '../support/control.js';
import { observe } from '../support/observe.js';
import { cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';
import { outcomes } from './outcomes.js';

/** What a row waits by itself is too long where a way can say otherwise. */
const quick: { readonly [Name in ScenarioName]?: string } = {
  slow: ';ms=60',
  'slow-uniform': ';min=40;max=80',
  'slow-log-normal': ';median=60;sigma=0.1',
  'slow-dribble': ';ms=200',
};
const written = (name: ScenarioName) => `${name}${quick[name] ?? ''}`;
const quickMs = { slow: 55, 'slow-uniform': 35, 'slow-log-normal': 30 };
const ownMs = { slow: 1995, 'slow-uniform': 495, 'slow-log-normal': 100 };

/** Long enough for an answer on a busy machine, and short of what `time-out` waits. */
const patienceMs = { 'time-out': 400 } as Readonly<Record<string, number>>;

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

const prepare: Readonly<Record<Way, Prepare>> = {
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
  'magic key': async (name) => ({ bundleKey: magicKey(name) }),
  'magic card': async (name) => ({ img: await photographCard(written(name)) }),
  rule: async () => ({}), // stands in the configuration
  default: async (name, { username }, { url }) => {
    await control(url, 'PATCH', `/accounts/${username}`, { defaultScenario: written(name) });
    return {};
  },
};

/** Flat on a desk: bench/magic-card.ts judges how much worse a photo may be. */
async function photographCard(scenario: string): Promise<string> {
  const card = await sharp(await drawMagicCard(scenario))
    .resize(480)
    .rotate(4, { background: '#333' })
    .toBuffer();
  const desk = { create: { width: 640, height: 480, channels: 3, background: '#333' } } as const;
  return (
    await sharp(desk)
      .composite([{ input: card }])
      .jpeg({ quality: 85 })
      .toBuffer()
  ).toString('base64');
}

const plainPhoto = (await sharp(fixture('card-on-table').bytes).resize(640).jpeg().toBuffer()).toString(
  'base64',
);

for (const way of ways) {
  test(`every scenario by ${way}`, async (t) => {
    const rules = scenarioNames.map((name) => ({ scenario: written(name), account: name }));
    const simulator = await startSimulator(t, { maxQueue: 100, ...(way === 'rule' ? { rules } : {}) });
    await Promise.all(
      scenarioNames.map((name) =>
        t.test(name, { buffered: true }, (cell) => driveCell(cell, simulator, way, name)),
      ),
    );
  });
}

async function driveCell(t: Test, simulator: Simulator, way: Way, name: ScenarioName): Promise<void> {
  const { url } = simulator;
  const account = await control<Account>(url, 'POST', '/accounts', { username: name });
  const token = await control<{ accessToken: string }>(url, 'POST', `/accounts/${name}/tokens`);
  const { headers = {}, bundleKey, img = plainPhoto } = await prepare[way](name, account, simulator);
  const [bundle] = account.bundles;
  const seen = await observe(url, {
    path: cropperPath,
    headers: { ...cropHeaders(token.accessToken), ...headers },
    body: JSON.stringify({ bundle_key: bundleKey ?? bundle!.key, img }),
    ...(patienceMs[name] && { patienceMs: patienceMs[name] }),
  });
  const signature = seen.answer?.status === 200 ? signatureOf(seen.answer.text, bundle!.hmacKey) : '';
  outcomes(way === 'magic key' ? ownMs : quickMs, signature)[name](t, seen);
  const query = `/requests/wait?account=${name}&endpoint=crop`;
  const { requests } = await control<{ requests: { scenario: unknown }[] }>(url, 'GET', query);
  t.match(requests, [{ scenario: { name, chosenBy: way } }], 'as the journal has it');
}

function signatureOf(text: string, key: string): string {
  try {
    return responseHmac(JSON.parse(text), key);
  } catch {
    return '';
  }
}
