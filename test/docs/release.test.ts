import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { parse } from 'yaml';
import { packageJson, packageRoot } from '../../src/package-root.js';
import { runProgram } from '../support/program.js';

const workflows = join(packageRoot, '.github/workflows');
const read = (name: string) => readFileSync(join(workflows, name), 'utf8');

interface Step {
  readonly run?: string;
}
interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<
    Record<string, { readonly needs?: string | string[]; readonly steps?: readonly Step[] }>
  >;
}

test('the scripts that the workflows run are there', async (t) => {
  const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  for (const name of readdirSync(workflows)) {
    const { jobs, permissions } = parse(read(name)) as Workflow;
    t.strictSame(permissions, { contents: 'read' }, `${name}: a job asks for more by itself`);
    const commands = Object.values(jobs).flatMap(({ steps = [] }) => steps.map(({ run = '' }) => run));
    for (const [, script] of commands.join('\n').matchAll(/npm run ([\w:-]+)/g))
      t.hasOwnProp(scripts, script!);
  }
});

test('nothing is released that was not tested', async (t) => {
  const { jobs } = parse(read('release.yml')) as Workflow;
  for (const name of ['npm', 'image']) t.ok(jobs[name]!.needs!.includes('test'), name);
});

const notes = (folder: string, tag: string) =>
  runProgram([join(packageRoot, 'scripts/release-notes.mjs'), tag, folder]);

test('a release is what tag, package.json and changelog agree on', async (t) => {
  const folder = t.testdir({
    'package.json': '{"version":"1.2.3"}',
    'CHANGELOG.md':
      '# Changelog\n\n## Unreleased\n\n## 1.2.3 (2027-01-31)\n\n### Added\n\n- More.\n\n## 1.2.2\n\n- Less.\n',
  });
  t.equal((await notes(folder, 'v1.2.3')).stdout, '### Added\n\n- More.\n');
  await t.rejects(notes(folder, 'v1.2.2'), { code: 1, stderr: /package.json says 1.2.3/ });
  await t.rejects(notes(folder, '1.2.3'), { code: 1, stderr: /is no version/ });
  const untold = join(folder, 'untold');
  mkdirSync(untold);
  writeFileSync(join(untold, 'package.json'), '{"version":"1.2.4"}');
  writeFileSync(join(untold, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n');
  await t.rejects(notes(untold, 'v1.2.4'), { code: 1, stderr: /no section "## 1.2.4"/ });
  t.match(packageJson.version, /^\d+\.\d+\.\d+$/);
});
