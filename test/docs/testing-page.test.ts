import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { environmentName, settingNames } from '../../src/config/settings.js';
import { packageRoot } from '../../src/package-root.js';
import { runProgram } from '../support/program.js';

const page = readFileSync(join(packageRoot, 'docs/testing.md'), 'utf8');

const printedByComment = /console\.log\(.*\); \/\/ (expired|\d+)$/gm;

test('the programs of docs/testing.md run, and print what their comments say', async (t) => {
  const programs = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, program]) => program!);
  t.equal(programs.length, 2);
  for (const program of programs) {
    const { stdout } = await runProgram(['--input-type=module', '--eval', program], {
      cwd: packageRoot,
    });
    for (const [, printed] of program.matchAll(printedByComment)) {
      t.ok(stdout.split('\n').includes(printed!), `prints ${printed}`);
    }
  }
  t.equal(programs.join('\n').match(printedByComment)?.length, 2, 'comments that say what is printed');
});

test('the variables that docs/testing.md names exist', async (t) => {
  const known = new Set(settingNames.map(environmentName));
  const named = [...page.matchAll(/ID_CROPPER_\w+/g)].map(([name]) => name);
  t.not(named.length, 0);
  for (const name of named) t.ok(known.has(name), name);
});
