import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { test } from 'tap';
import { createProgram } from '../../src/commands/program.js';
import { packageJson, packageRoot } from '../../src/package-root.js';

// Most commands of the docs are run by other tests, which compare what they print. Those that need what a test has not (the vendor's server, a
// folder of photos, hours) are held to this: programs, files, commands and flags that there are.

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');

/** Every page with the lines of its shell blocks; a line that goes on below is one. */
const pages = ['.', 'docs', 'docs/decisions', 'examples', 'examples/kubernetes', 'fixtures', 'bench'].flatMap(
  (folder) =>
    readdirSync(join(packageRoot, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
);
const lines = pages.flatMap((page) =>
  [...read(page).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    block!
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => ({ page, line: line.replace(/(^|\s)#.*/, '') })),
  ),
);

const end = (): never => {
  throw new Error('no command line is wrong here');
};
const program = createProgram(end);
const flagsOf = (command: Command) => command.options.flatMap(({ long, short }) => [long, short]);

/** What stands behind our name up to the end of that command. */
const ours = lines.flatMap(({ page, line }) =>
  [
    ...line.matchAll(
      /(?:^|[\s(|])(?:npx )?(?:valify-id-cropper-simulator|node dist\/cli\.js)((?: [^|>)&;]+)?)/g,
    ),
  ]
    .filter(() => !/^\s*docker (build|compose)/.test(line))
    .map(([, words]) => ({ page, words: words!.trim().split(/\s+/).filter(Boolean) })),
);

test(`what the pages tell ${packageJson.name} to do, it knows`, async (t) => {
  t.ok(ours.length > 15, `${ours.length} command lines`);
  for (const { page, words } of ours) {
    const [name = 'serve', ...rest] = words[0]?.startsWith('-') ? ['serve', ...words] : words;
    const command = program.commands.find((each) => each.name() === name);
    t.ok(command, `${page}: ${name}`);
    for (const word of rest.filter((each) => /^--?[a-z]/.test(each))) {
      const flag = word.split('=')[0]!;
      t.ok(command && flagsOf(command).includes(flag), `${page}: ${name} ${flag}`);
    }
  }
});

test('the programs and files of ours that the pages name are there', async (t) => {
  const named = lines.flatMap(({ page, line }) =>
    [...line.matchAll(/(?:^|[\s<@"'(])((?:build|bench|scripts|examples|fixtures|docs|test)\/[\w./-]+)/g)].map(
      ([, path]) => ({ page, path: path! }),
    ),
  );
  t.ok(named.length > 15, `${named.length} names`);
  for (const { page, path } of named) {
    const source = path.replace(/^build\/(.*)\.js$/, '$1.ts');
    t.ok(existsSync(join(packageRoot, source)), `${page}: ${path}`);
  }
});

test('docs/docker.md locks the container in as scripts/docker-check.sh runs it', async (t) => {
  const [, flags] = /^hardened=\((.*)\)$/m.exec(read('scripts/docker-check.sh'))!;
  const shown = lines.filter(({ page, line }) => page === 'docs/docker.md' && line.includes('--read-only'));
  t.equal(shown.length, 1);
  t.ok(shown[0]!.line.replace(/\s+/g, ' ').includes(` ${flags} `), shown[0]!.line);
});
