import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { limits } from '../../scripts/limits.js';
import { settingNames } from '../../src/config/settings.js';
import { packageRoot } from '../../src/package-root.js';

test('each limit has a reason and a test that is there', async (t) => {
  for (const { what, why, tests } of limits) {
    t.ok(why.length > 10, what);
    for (const file of tests) t.ok(existsSync(join(packageRoot, file)), `${what}: ${file}`);
  }
});

test('each setting that bounds something stands in the table', async (t) => {
  const named = new Set(limits.map(({ value }) => value));
  const bounds = settingNames.filter((name) =>
    /^max-|-limit$|-timeout$|^journal-(bytes|entries)$/.test(name),
  );
  for (const name of bounds.filter((each) => each !== 'shutdown-timeout')) t.ok(named.has(name), name);
  t.match(readFileSync(join(packageRoot, 'docs/fidelity.md'), 'utf8'), /limits\.md/);
});
