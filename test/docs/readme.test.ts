import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { scenarioNames } from '../../src/scenarios/catalogue.js';
import { runProgram } from '../support/program.js';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');

test('the test in the README runs as it stands', async (t) => {
  const blocks = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code!);
  t.equal(blocks.length, 1);
  // Inside the package, its name leads to what was built.
  const { stdout } = await runProgram(['--input-type=module', '--eval', blocks[0]!], {
    cwd: packageRoot,
  });
  t.equal(stdout, '[]\n', 'no code was called');
});

test('the number of scenarios', async (t) => {
  t.match(readme, `${scenarioNames.length} [scenarios]`);
  t.match(readFileSync(join(packageRoot, 'CHANGELOG.md'), 'utf8'), `${scenarioNames.length} things`);
});

test('every page that the docs lead to is there', async (t) => {
  const pages = [
    'README.md',
    'docs/scenarios.md',
    'docs/control-api.md',
    'docs/settings.md',
    'docs/scenes.md',
  ];
  for (const page of pages) {
    const text = readFileSync(join(packageRoot, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)(#[^)]*)?\)/g)].map(([, path]) => path!);
    t.not(links.length, 0, `${page} leads somewhere`);
    for (const link of links) t.ok(existsSync(join(packageRoot, page, '..', link)), `${page}: ${link}`);
  }
});
