import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { startSimulator } from '../support/simulator.js';

const run = promisify(execFile);

/** The shell blocks of the page, each with the output that the page shows for it. */
function readBlocks(page: string): { script: string; output: string | undefined }[] {
  const blocks = [...page.matchAll(/```(sh|text)\n([\s\S]*?)```/g)].map(([, kind, text]) => ({
    kind,
    text: text!,
  }));
  return blocks.flatMap(({ kind, text }, index) => {
    const next = blocks[index + 1];
    return kind === 'sh' ? [{ script: text, output: next?.kind === 'text' ? next.text : undefined }] : [];
  });
}

test('each line of docs/errors.md gives what the page shows', async (t) => {
  const [plain, failing] = [
    await startSimulator(t),
    await startSimulator(t, { defaultScenario: 'worker-dies' }),
  ];
  const folder = t.testdir();
  const page = readFileSync(join(packageRoot, 'docs/errors.md'), 'utf8')
    .replaceAll('http://127.0.0.1:3000', plain.url)
    .replaceAll('http://127.0.0.1:3001', failing.url)
    .replaceAll('/tmp/', `${folder}/`);
  const blocks = readBlocks(page);
  t.equal(blocks.length, 10, 'a preparation, eight statuses and the fourth call');

  // One shell for all, as for a reader; a mark parts the outputs.
  const mark = '=== next ===';
  const script = blocks.map((block) => block.script).join(`\necho '${mark}'\n`);
  const { stdout } = await run('bash', ['-c', script], {
    cwd: packageRoot,

    maxBuffer: 2 ** 26,
  });
  const outputs = stdout.split(`${mark}\n`);
  for (const [index, { script, output = '' }] of blocks.entries()) t.equal(outputs[index], output, script);
});
