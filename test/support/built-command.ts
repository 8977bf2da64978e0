import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';

/**
 * The program of the command as users get it, which starts in a third of the time of the compiled sources.
 * @throws Error where it is missing, or older than the sources
 */
export const builtCommand = join(packageRoot, 'dist/cli.js');

const built = statSync(builtCommand, { throwIfNoEntry: false })?.mtimeMs;
if (built === undefined) throw new Error('there is no dist/: npm run build');
const sources = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' });
const changed = sources
  .map((file) => [file, statSync(join(packageRoot, 'src', file))] as const)
  .find(([, stats]) => stats.isFile() && stats.mtimeMs > built);
if (changed !== undefined) throw new Error(`dist/ is older than src/${changed[0]}: npm run build`);
