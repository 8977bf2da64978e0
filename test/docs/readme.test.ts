import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { scenarioNames } from '../../src/scenarios/catalogue.js';
import { runProgram } from '../support/program.js';
import { startSimulator } from '../support/simulator.js';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
const arabic = readFileSync(join(packageRoot, 'README.ar.md'), 'utf8');
const codeBlocks = (page: string) => [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([block]) => block);
const linksOf = (page: string) =>
  [...page.matchAll(/\]\((?!https?:)([^)]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^README/.test(link));

/** Every page that is in the package, or on the site. */
const pages = ['.', 'docs', 'docs/decisions', 'examples', 'examples/kubernetes', 'fixtures', 'bench'].flatMap(
  (folder) =>
    readdirSync(join(packageRoot, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
);
const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

test('the scripts of npm that the README names are there', async (t) => {
  const named = [...readme.matchAll(/npm (?:run )?(?!ci\b|run\b)([a-z][\w:-]*)/g)].map(([, name]) => name!);
  t.ok(named.length >= 4, named.join());
  for (const name of named) t.hasOwnProp(scripts, name);
});

test('so are those that any other page names', async (t) => {
  for (const page of pages)
    for (const [, name] of readFileSync(join(packageRoot, page), 'utf8').matchAll(/npm run ([a-z][\w:-]*)/g))
      t.ok(Object.hasOwn(scripts, name!), `${page}: ${name}`);
});

test('the calls of the README print what it shows', async (t) => {
  const { url } = await startSimulator(t);
  const [, script, output] = /```sh\n(URL=[^`]*)```\n\n```text\n([^`]*)```/.exec(readme)!;
  const { stdout } = await promisify(execFile)('bash', ['-c', script!.replace('http://127.0.0.1:3000', url)]);
  t.equal(stdout, output);
});

test('the Arabic README has the commands, links and pictures of the English one', async (t) => {
  t.strictSame(codeBlocks(arabic), codeBlocks(readme));
  t.strictSame(new Set(linksOf(arabic)), new Set(linksOf(readme)));
  t.match(arabic, `${scenarioNames.length} [سيناريو]`);
  const table = (page: string) =>
    [...page.matchAll(/^\|.*`.*$/gm)].map(([row]) => row.match(/`[^`]*`/g)?.join());
  t.strictSame(table(arabic), table(readme), 'the demo account');
});

test('the Arabic README is written from right to left, its code is not', async (t) => {
  t.equal(arabic.split('<div dir="rtl">').length, arabic.split('</div>').length);
  for (const [part] of arabic.matchAll(/<div dir="rtl">[\s\S]*?<\/div>/g)) t.notMatch(part, /^```/m);
});

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
  t.ok(pages.length > 40, `${pages.length} pages`);
  for (const page of pages) {
    const text = readFileSync(join(packageRoot, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)(#[^)]*)?\)/g)].map(([, path]) => path!);
    for (const link of links) t.ok(existsSync(join(packageRoot, page, '..', link)), `${page}: ${link}`);
  }
});
