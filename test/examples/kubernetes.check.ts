import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';

const folder = join(packageRoot, 'examples/kubernetes');
const manifests = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

/** The schemas of Kubernetes itself, as they come with this package. */
const validator = 'kubernetes-validate==1.37.0';

test('the manifests fit the schemas of Kubernetes', { timeout: 300_000 }, async (t) => {
  const environment = join(t.testdir(), 'environment');
  execFileSync(process.env.PYTHON ?? 'python3', ['-m', 'venv', environment]);
  execFileSync(join(environment, 'bin/pip'), [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    validator,
  ]);
  const validate = join(environment, 'bin/kubernetes-validate');
  for (const name of manifests) {
    const said = execFileSync(validate, ['--strict', join(folder, name)], { encoding: 'utf8' });
    t.match(said, /passed/, name);
    t.notMatch(said, /failed|error/i, name);
  }
});
