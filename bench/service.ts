import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type Agent, request } from 'node:http';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.js';

/** What the benches of the service share: the built command as a child process, and requests to it. */

export interface Service {
  readonly url: string;
  readonly startedMs: number;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** What the image sets for glibc and V8 (Dockerfile), where the bench is told too. */
const ofMemory = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name.startsWith('MALLOC_') || name === 'NODE_OPTIONS'),
);

/**
 * Starts `dist/cli.js` with its settings' defaults and returns when its greeting is read.
 *
 * @param cgroup a folder of cgroup's to start it in, as a container would
 */
export async function startService(
  port: number,
  flags: readonly string[] = [],
  cgroup?: string,
): Promise<Service> {
  const startedMs = performance.now();
  const command = [process.execPath, join(packageRoot, 'dist/cli.js'), '--port', String(port), ...flags];
  const inCgroup = ['sh', '-c', 'echo $$ > "$0/cgroup.procs" && exec "$@"', cgroup ?? '', ...command];
  const [program, ...words] = cgroup === undefined ? command : inCgroup;
  const child = spawn(program!, words, {
    env: { PATH: process.env.PATH, ...ofMemory },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return {
    url: `http://127.0.0.1:${port}`,
    startedMs,
    child,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Status and body of an answer; undefined where nobody listens. */
export function ask(
  url: string,
  {
    headers = {},
    body,
    agent,
  }: { headers?: Record<string, string>; body?: string | Buffer; agent?: Agent } = {},
): Promise<{ status: number; text: string } | undefined> {
  return new Promise((resolve) => {
    const options = { method: body === undefined ? 'GET' : 'POST', headers, ...(agent ? { agent } : {}) };
    const outgoing = request(url, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(body);
  });
}

/** Resident memory of a process and its threads, in MB (Linux). */
export function residentMb(processId: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Milliseconds of CPU that a process and its threads have used (Linux, in steps of 10). */
export function cpuMs(processId: number): number {
  const fields = readFileSync(`/proc/${processId}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The value below which a share of the sorted values lies. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;
