import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.js';

/** Pinned: another version is another check. */
const version = '4.32.5';

const execute = promisify(execFile);

/** Python with it is looked for in SCHEMATHESIS, else an environment of its own is made under build/. */
export async function findSchemathesis(): Promise<string> {
  if (process.env.SCHEMATHESIS !== undefined) return process.env.SCHEMATHESIS;
  const folder = join(packageRoot, 'build/schemathesis');
  const program = join(folder, 'bin/schemathesis');
  if (!existsSync(program)) {
    await execute(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder]);
    await execute(join(folder, 'bin/pip'), ['install', '--quiet', `schemathesis==${version}`]);
  }
  return program;
}

/** The interpreter that has it. */
export const findPython = async () => join(dirname(await findSchemathesis()), 'python');
