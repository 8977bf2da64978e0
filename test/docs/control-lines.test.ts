import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'tap';
import { loadConfig } from '../../src/config/config.js';
import { packageRoot } from '../../src/package-root.js';
import { startSimulator } from '../support/simulator.js';

const run = promisify(execFile);
const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');

/** As for a reader: one shell for all blocks of a page. */
for (const page of ['docs/scenarios.md', 'docs/control-api.md']) {
  test(`the commands of ${page} print what it shows`, async (t) => {
    const { url } = await startSimulator(t);
    const blocks = [...read(page).matchAll(/```sh\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];
    t.ok(blocks.length > 0);
    const script = blocks
      .map(([, commands]) => commands)
      .join('\n')
      .replaceAll('http://127.0.0.1:3000', url);
    const { stdout } = await run('bash', ['-c', script]);
    t.equal(stdout, blocks.map(([, , output]) => output).join(''));
  });
}

test('the rules of docs/scenarios.md are taken as they stand', async (t) => {
  const [, rules] = /```yaml\n([\s\S]*?)```/.exec(read('docs/scenarios.md'))!;
  const folder = t.testdir({ 'rules.yaml': rules! });
  t.match(loadConfig({ file: join(folder, 'rules.yaml') }).rules, [
    { scenario: { name: 'service-unavailable' }, endpoint: 'token', call: 3 },
    { scenario: { name: 'slow-log-normal', parameters: { median: 400 } }, account: 'demo', share: 0.1 },
    { scenario: { name: 'bad-gateway' }, endpoint: 'crop', every: 20 },
  ]);
});
