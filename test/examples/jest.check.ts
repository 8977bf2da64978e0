import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { emptyFolder, install, pack } from '../support/packed.js';
import { runProgram } from '../support/program.js';

/** The examples that are projects of their own, with the flag that each one's script gives to Node. */
const projects = {
  jest: { flags: [], passes: 3 },
  'jest-esm': { flags: ['--experimental-vm-modules'], passes: 6 },
};

test('the projects for Jest, with the package as it is published', async (t) => {
  const folder = emptyFolder(t);
  await install(folder, [await pack(folder), 'jest@30']);
  for (const part of [...Object.keys(projects), 'client-under-test.mjs']) {
    cpSync(join(packageRoot, 'examples', part), join(folder, 'examples', part), { recursive: true });
  }
  for (const [project, { flags, passes }] of Object.entries(projects)) {
    const cwd = join(folder, 'examples', project);
    const jest = join(folder, 'node_modules/jest/bin/jest.js');
    const { stderr } = await runProgram([...flags, jest, '--ci', '--rootDir', cwd], { cwd });
    t.match(stderr, new RegExp(`^Tests: +${passes} passed, ${passes} total`, 'm'), project);
  }
});
