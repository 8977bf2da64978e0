import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Test } from 'tap';
import { builtCommand } from './built-command.js';
import { until } from './until.js';

export interface Outcome {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** All of the environment, but for `PATH`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Modules that the process loads before the command. */
  readonly preload?: readonly string[];
}

/** Runs the built command to its end. */
export async function runCommand(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const child = start(args, surroundings);
  const [stdout, stderr, [status, signal]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { status, signal, stdout, stderr };
}

/** Starts the built command as a server on a free port and waits for its greeting. Ends with the test at the latest. */
export async function startCommand(t: Test, args: readonly string[] = [], surroundings: Surroundings = {}) {
  const child = start(['serve', '--port', '0', ...args], surroundings);
  t.teardown(() => child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout!.setEncoding('utf8').on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr!.setEncoding('utf8').on('data', (chunk) => {
    output.stderr += chunk;
  });
  const ended = once(child, 'close').then(([status, signal]) => ({ status, signal }));
  await until('the greeting', () => output.stdout.includes('listens on') || child.exitCode !== null);
  const url = /listens on (\S+)/.exec(output.stdout)?.[1];
  if (url === undefined) throw new Error(`the server did not start: ${output.stderr}`);
  return { url, output, ended, pid: child.pid!, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

export type RunningCommand = Awaited<ReturnType<typeof startCommand>>;

/** tap puts its hooks into the `NODE_OPTIONS` of whatever is spawned, in front of each of a thousand modules; `env` takes them off. */
function start(args: readonly string[], { env = {}, cwd, preload = [] }: Surroundings): ChildProcess {
  const imports = preload.flatMap((module) => ['--import', module]);
  return spawn('env', ['-u', 'NODE_OPTIONS', process.execPath, ...imports, builtCommand, ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
