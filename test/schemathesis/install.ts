import { dirname, join } from 'node:path';
import { pythonEnvironment } from '../support/python-environment.js';

/** Pinned: another version is another check. */
const requirement = 'schemathesis==4.32.5';

/** The program named by SCHEMATHESIS, else that of an environment of its own under build/. */
export const findSchemathesis = async (): Promise<string> =>
  process.env.SCHEMATHESIS ?? join(await pythonEnvironment(requirement), 'bin/schemathesis');

/** The interpreter that has it. */
export const findPython = async () => join(dirname(await findSchemathesis()), 'python');
