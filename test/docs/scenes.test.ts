import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { builtCommand } from '../support/built-command.js';

const command = `${JSON.stringify(process.execPath)} ${JSON.stringify(builtCommand)}`;

test('each command of docs/scenes.md writes the file that it names', async (t) => {
  const page = readFileSync(join(packageRoot, 'docs/scenes.md'), 'utf8');
  const lines = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'));
  const files = lines.map((line) => / -o (\S+)/.exec(line)![1]!);
  t.equal(new Set(files).size, 13);
  const cwd = t.testdir();
  const script = ['unset NODE_OPTIONS', ...lines]
    .join('\n')
    .replaceAll('npx valify-id-cropper-simulator', command);
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd });
  t.same(readdirSync(cwd).sort(), files.sort());
});
