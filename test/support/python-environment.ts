import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.js';

const execute = promisify(execFile);

/**
 * A package of Python's in an environment of its own under build/, which is made where it is not there yet.
 * @param requirement as pip takes it, pinned
 * @returns its folder
 */
export async function pythonEnvironment(requirement: string): Promise<string> {
  const folder = join(packageRoot, 'build', requirement.replace(/\W+/g, '-'));
  const pip = join(folder, 'bin/pip');
  const isThere = join(folder, 'is-there');
  if (existsSync(isThere)) return folder;
  await execute(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder]);
  await execute(pip, ['install', '--quiet', requirement]);
  await execute('touch', [isThere]);
  return folder;
}
