// npm run check:schemathesis -- [--examples 15] [--seed 1]
//
// Schemathesis with all of its checks against both documents, on a server that a stranger has started. Python with it is looked for in SCHEMATHESIS, else
// an environment of its own is made under build/.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import t, { type Test, test } from 'tap';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-root.js';
import { startCommand } from '../support/command.js';
import { pythonEnvironment } from '../support/python-environment.js';
import { passwordGrant, tokenPath } from '../support/simulator.js';
import { send } from '../support/wire.js';

/** Pinned: another version is another check. */
const version = '4.32.5';
const { values } = parseArgs({
  options: { examples: { type: 'string', default: '15' }, seed: { type: 'string', default: '1' } },
});
const execute = promisify(execFile);
t.setTimeout(0); // as long as there are cases

interface Accepted {
  readonly type: string;
  readonly operation: string;
  readonly why: string;
}

interface Report {
  readonly failures: readonly { readonly type: string; readonly operations: readonly string[] }[];
  readonly errors: readonly object[];
  readonly stop_reason: string;
  readonly test_cases: { readonly generated: number };
}

const accepted = parse(
  readFileSync(join(packageRoot, 'test/schemathesis/accepted.yaml'), 'utf8'),
) as Readonly<Record<'vendor' | 'control', readonly Accepted[]>>;

const findSchemathesis = async (): Promise<string> =>
  process.env.SCHEMATHESIS ?? join(await pythonEnvironment(`schemathesis==${version}`), 'bin/schemathesis');

async function examine(t: Test, document: string, url: string, options: readonly string[]): Promise<Report> {
  const folder = join(packageRoot, 'build/schemathesis-reports');
  mkdirSync(folder, { recursive: true });
  const report = join(folder, `${document.replace(/\W/g, '-')}.json`);
  const flags = ['--checks', 'all', '--max-examples', values.examples, '--seed', values.seed, '--no-shrink'];
  const output = ['--continue-on-failure', '--no-color', '--report', 'json', '--report-json-path', report];
  const all = ['run', join(packageRoot, document), '--url', url, ...flags, ...output, ...options];
  // It ends with 1 where it has found anything at all; the report says what.
  await execute(await findSchemathesis(), all, { cwd: folder, maxBuffer: 2 ** 28 }).catch(
    ({ stdout, stderr }) => {
      t.comment(`${stdout}`.split('\n').slice(-30).join('\n'));
      if (stderr) t.comment(stderr);
    },
  );
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

function judge(t: Test, report: Report, rows: readonly Accepted[]): void {
  t.comment(`${report.test_cases.generated} cases`);
  t.equal(report.stop_reason, 'completed');
  t.same(report.errors, []);
  t.ok(report.test_cases.generated > 100);
  for (const { type, operations } of report.failures)
    for (const operation of operations) {
      const row = rows.find((each) => each.type === type && new RegExp(each.operation).test(operation));
      t.ok(row, `${type}: ${operation}: ${row === undefined ? 'is not accepted' : 'explained'}`);
    }
}

const start = (t: Test) =>
  startCommand(t, ['--trials', '1000000', '--token-lifetime', '1000000000', '--log-level', 'error']);

test('the vendor’s document', { timeout: 0 }, async (t) => {
  const { url, output } = await start(t);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const login = await send(url, {
    path: tokenPath,
    headers,
    body: new URLSearchParams(passwordGrant).toString(),
  });
  const { access_token: token } = JSON.parse(login.text);
  judge(
    t,
    await examine(t, 'openapi.yaml', url, ['--header', `Authorization: Bearer ${token}`]),
    accepted.vendor,
  );
  t.equal(output.stderr, '', 'nothing in the log at the level error');
});

/** Two that keep their client waiting, and one that draws for seconds: their tests are in test/control/. */
const slow = '/(stream|wait|scenes)$';

test('the control API’s document', { timeout: 0 }, async (t) => {
  const { url, output } = await start(t);
  judge(t, await examine(t, 'docs/control-api.yaml', url, ['--exclude-path-regex', slow]), accepted.control);
  t.equal(output.stderr, '', 'nothing in the log at the level error');
});
