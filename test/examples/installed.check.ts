import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { runProgram } from '../support/program.js';

/**
 * The examples for test runners as their users have them: in a project of its own, with the packed package installed. Needs a
 * registry and some minutes, so that it is no part of `npm test`: `npm run check:runners`.
 */
const runners: Readonly<
  Record<string, { args: readonly string[]; says: RegExp; installs: readonly string[] }>
> = {
  'node-test': {
    args: ['--test', '--test-reporter', 'tap', 'examples/node-test/card-cropper.test.mjs'],
    says: /^# pass 6\n# fail 0$/m,
    installs: [],
  },
  mocha: {
    args: ['node_modules/mocha/bin/mocha.js', '--timeout', '60000', 'examples/mocha/card-cropper.test.mjs'],
    says: /6 passing/,
    installs: ['mocha@12'],
  },
  tap: {
    args: ['examples/tap/card-cropper.test.mjs'],
    says: /^1\.\.6\n(?![\s\S]*\bnot ok\b)/m,
    installs: ['tap@21'],
  },
  vitest: {
    args: ['node_modules/vitest/vitest.mjs', 'run', '--testTimeout=60000', '--root', 'examples/vitest'],
    says: /Tests +6 passed \(6\)/,
    installs: ['vitest@4'],
  },
  'vitest in node, jsdom, happy-dom and vmThreads': {
    args: ['node_modules/vitest/vitest.mjs', 'run', '--root', 'examples/vitest-environments'],
    says: /Tests +8 passed \(8\)/,
    installs: ['vitest@4', 'jsdom@29', 'happy-dom@21'],
  },
};

/** A machine that does much else may take long for the first crop. */
const env = { NO_COLOR: '1', TAP_TIMEOUT: '300' };

/** npm, as a program: the one that came with this Node, or that runs this. */
const npm = process.env.npm_execpath ?? join(process.execPath, '../../lib/node_modules/npm/bin/npm-cli.js');

async function setUpProject(t: Test): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'runners-'));
  t.teardown(() => rm(project, { recursive: true, force: true }));
  const pack = [npm, 'pack', '--ignore-scripts', '--json', '--pack-destination', project];
  const { stdout } = await runProgram(pack, { cwd: packageRoot });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await writeFile(join(project, 'package.json'), '{ "private": true }');
  await cp(join(packageRoot, 'examples'), join(project, 'examples'), { recursive: true });
  const packages = new Set(Object.values(runners).flatMap(({ installs }) => installs));
  const install = [npm, 'install', '--no-audit', '--no-fund', `./${filename}`, ...packages];
  await runProgram(install, { cwd: project });
  return project;
}

test('the examples, in a project that has installed the package', { timeout: 900_000 }, async (t) => {
  const project = await setUpProject(t);
  const { name } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
  for (const [runner, { args, says }] of Object.entries(runners)) {
    const { stdout } = await runProgram(args, { cwd: project, env });
    t.match(stdout, says, `${name} in ${runner}`);
  }
});
