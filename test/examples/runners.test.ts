import { join } from 'node:path';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { runProgram } from '../support/program.js';

const example = (folder: string) => join(packageRoot, 'examples', folder, 'card-cropper.test.mjs');

const env = { NO_COLOR: '1' };

/** Each runner as its users start it (tap's tests are programs), and what it says when all six have passed. */
const runners = {
  tap: { args: [example('tap')], says: /^1\.\.6\n(?![\s\S]*\bnot ok\b)/m },
  vitest: {
    args: [
      join(packageRoot, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--testTimeout=60000', // a machine that does much else may take long for the first crop

      '--root',
      join(packageRoot, 'examples/vitest'),
    ],
    says: /Tests +6 passed \(6\)/,
  },
  'node-test': {
    args: ['--test', '--test-reporter', 'tap', example('node-test')],
    says: /^# pass 6\n# fail 0$/m,
  },
};

// They import the package by its name, which is the built one.
for (const [name, { args, says }] of Object.entries(runners)) {
  test(`examples/${name}`, async (t) => {
    const { stdout } = await runProgram(args, { cwd: packageRoot, env });
    t.match(stdout, says);
  });
}
