import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../src/package-root.js';

// Every test file, each as the program that it is: what `tap run` without a file name runs. By itself tap would put its hooks in
// front of each of the thousand modules that a server loads, and again of those that its workers load (docs/decisions/0004).

/** By their sources: what an earlier build has left of a file that is gone does not count. */
const files = readdirSync(join(packageRoot, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('build/test', file.replace(/ts$/, 'js')))
  .sort();

t.jobs = availableParallelism() + 1; // there is always one that waits for a server, a shell or a delay
t.setTimeout(60 * 60_000); // each file has its own

for (const name of files) {
  // What tap spawns has its hooks in the environment.
  const args = ['-u', 'NODE_OPTIONS', process.execPath, '--enable-source-maps', name];
  void t.spawn('env', args, { name, cwd: packageRoot, buffered: true, timeout: 120_000 });
}
