import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { builtCommand } from '../support/built-command.js';
import { startSimulator } from '../support/simulator.js';

/** A proxy of this machine is none of the reader's. */
const surroundings = 'unset NODE_OPTIONS http_proxy no_proxy NO_PROXY';
const page = readFileSync(join(packageRoot, 'docs/recipes.md'), 'utf8');
const command = `${JSON.stringify(process.execPath)} ${JSON.stringify(builtCommand)}`;
const sections = page.split(/^## /m);

test('the commands of docs/recipes.md print what it shows', { timeout: 120_000 }, async (t) => {
  const [first, second] = [await startSimulator(t), await startSimulator(t, { seed: 'another' })];
  const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];
  t.equal(blocks.length, [...page.matchAll(/```sh\n/g)].length, 'each says what it prints');
  const mark = '=== next ===';
  const script = blocks
    .map(([, commands]) => commands)
    .join(`echo '${mark}'\n`)
    .replaceAll('http://127.0.0.1:3000', first.url)
    .replaceAll('http://127.0.0.1:3001', second.url)
    .replaceAll(/npx (--offline )?valify-id-cropper-simulator/g, command);
  const { stdout } = await promisify(execFile)('bash', ['-c', `${surroundings}\n${script}`], {
    cwd: t.testdir(),
  });
  const outputs = stdout.split(`${mark}\n`);
  for (const [index, [, commands, output]] of blocks.entries()) t.equal(outputs[index], output, commands!);
});

test('ten wishes, each with something that is run', async (t) => {
  t.equal(sections.length - 1, 10);
  for (const section of sections.slice(1)) t.match(section, /```sh\n/, section.split('\n')[0]!);
});
