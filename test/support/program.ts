import { type ExecFileOptions, execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Variables that are meant for tap's own processes: a test runner inside a test runner must not take itself for a part of it. */
const ofTap = /^(_?TAP|NODE_TEST|NODE_OPTIONS)/;

/**
 * Runs a program of Node's to its end, as from a user's shell: tap would put its hooks in front of each of its modules, by the
 * `NODE_OPTIONS` of whatever is spawned. @throws what `execFile` throws, with `code`, `stdout` and `stderr`
 */
export function runProgram(args: readonly string[], { env = {}, ...options }: ExecFileOptions = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !ofTap.test(name));
  return run('env', ['-u', 'NODE_OPTIONS', process.execPath, ...args], {
    ...options,
    encoding: 'utf8',
    env: { ...Object.fromEntries(inherited), ...env },
  });
}
