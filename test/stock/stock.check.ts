// npm run check:stock: a service of our own on stock Django, REST framework and OAuth Toolkit. `conform` names what research found of that stack, and
// `calibrate` makes our server answer as it does. Python's packages are pinned, in an environment of their own under build/.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Test, test } from 'tap';
import { loadConfig } from '../../src/config/config.js';
import { errorsOf } from '../../src/config/error-catalogue.js';
import { calibrate, writeProfile } from '../../src/conform/calibrate.js';
import { judge } from '../../src/conform/judge.js';
import { planVisit } from '../../src/conform/plan.js';
import { Visitor } from '../../src/conform/visit.js';
import { rowNames } from '../../src/contract/index.js';
import { packageRoot } from '../../src/package-root.js';
import { drawnPhotoNames, knownPhoto } from '../../src/photos/known-photos.js';
import { cropCard } from '../../src/vision/index.js';
import { demo, patient, timeoutMs } from '../conform/visit.js';
import { startSimulator } from '../support/simulator.js';

const execute = promisify(execFile);
const here = join(packageRoot, 'test/stock');

async function findPython(): Promise<string> {
  const folder = join(packageRoot, 'build/stock');
  const python = join(folder, 'bin/python');
  if (!existsSync(join(folder, 'ready'))) {
    await execute(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder]);
    await execute(python, ['-m', 'pip', 'install', '--quiet', '-r', join(here, 'requirements.txt')]);
    writeFileSync(join(folder, 'ready'), '');
  }
  return python;
}

async function startStock(t: Test): Promise<string> {
  const program = [join(here, 'server.py'), join(packageRoot, 'fixtures'), await writeCrops(t)];
  const child = spawn(await findPython(), program, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill());
  const [line] = await once(child.stdout, 'data');
  return String(line).trim();
}

/** What a good cropper returns for the photos that are drawn, by the SHA-256 of each. */
async function writeCrops(t: Test): Promise<string> {
  const folder = t.testdir();
  for (const name of drawnPhotoNames) {
    const { bytes } = await knownPhoto(name);
    const result = await cropCard(bytes);
    if (result.fault !== undefined) throw new Error(`${name}: ${result.fault}`);
    writeFileSync(join(folder, createHash('sha256').update(bytes).digest('hex')), result.image);
  }
  return folder;
}

const visit = (target: string) =>
  new Visitor(planVisit(rowNames, 6), { target, credentials: demo, timeoutMs }).run();

function judged(seen: Awaited<ReturnType<typeof visit>>, profile: string) {
  const config = loadConfig({ options: { profile } });
  const verdicts = judge(rowNames, seen, { config, errors: errorsOf(config) }, demo);
  return new Map(verdicts.map((each) => [each.row as string, each]));
}

/** What the stack does by itself, whatever the service is. */
const ofTheStack = {
  'path-slash': ['path-headline-slash: 404', 'path-sample: 301'],
  'token-slash': ['token-no-slash: 301'],
  authentication: 'refused',
  'order-token': 'the body',
  'error-405': { status: 403, message: 'Forbidden - specified access_token could not be found' },
};

/** What this service has been told to do. */
const ofTheService = [
  'token-lifetime',
  'error-422-card',
  'error-422-broken',
  'error-422-small',
  'error-422-keys',
  'error-arabic',
  'trials-type',
  'trials-first',
  'output-format',
  'output-size',
];

/** No setting covers these, and why. */
const without: Readonly<Record<string, string>> = {
  'order-token': 'refusing early is cheaper; see "Which error wins" in docs/fidelity.md',
  'error-405': 'REST framework looks at the token before the method; our row 2 comes before row 5',
};

test('a service on the stock stack', { timeout: 900_000 }, async (t) => {
  const stock = await visit(await startStock(t));
  t.equal(stock.stopped, undefined);
  const drift = [...judged(stock, 'documented').values()].filter(({ verdict }) => verdict === 'drift');
  const found = new Map(drift.map(({ row, observed }) => [row as string, observed]));
  for (const [row, observed] of Object.entries(ofTheStack)) t.same(found.get(row), observed, row);
  t.same([...found.keys()].sort(), [...Object.keys(ofTheStack), ...ofTheService].sort(), 'and nothing else');
  // Slashes before a path are folded by Python's WSGI server, before Django sees them.
  for (const row of [
    'path-doubled',
    'token-scope',
    'token-no-user',
    'token-keys',
    'answer-compact',
    'error-type',
  ])
    t.equal(judged(stock, 'documented').get(row)?.verdict, 'same', `${row}: as research had it`);

  const profile = join(t.testdir(), 'stock.yaml');
  const calibration = calibrate(rowNames, stock);
  t.match(calibration.profile.latency, { median: Number, 'per-megabyte': Number, sigma: Number });
  writeFileSync(profile, writeProfile(calibration, 'the stock stack'));
  const { url } = await startSimulator(t, { ...patient, profile });
  const ours = await visit(url);
  const [theirRows, ourRows] = [judged(stock, profile), judged(ours, profile)];
  const differing = rowNames.filter(
    (row) =>
      row !== 'latency' && // ours looks for the card: on a slow machine it cannot be as fast
      JSON.stringify(theirRows.get(row)?.observed) !== JSON.stringify(ourRows.get(row)?.observed),
  );
  t.same(differing.sort(), Object.keys(without).sort(), 'our server answers as it does');
  t.comment(`${rowNames.length - differing.length} of ${rowNames.length} rows the same`);
});
