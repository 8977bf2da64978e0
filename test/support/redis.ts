import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { until } from './until.js';

/** Debian 12 has `redis-server`, Debian 13 `valkey-server` too; they speak the same protocol (`check:valkey`). */
const program = process.env.REDIS_SERVER ?? 'redis-server';

export interface RunningRedis {
  readonly port: number;
  readonly url: string;
  kill(signal: NodeJS.Signals): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** The same server again, on the same port, with what it wrote to disk. */
  start(): Promise<void>;
}

/** A real server on a free port, which ends with the test. Every change is on disk before it is answered. */
export async function startRedis(
  t: Test,
  options: readonly string[] = [],
  port?: number,
): Promise<RunningRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'id-cropper-redis-'));
  const free = port ?? (await freePort());
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const durable = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
    const place = ['--dir', directory, '--port', String(free), '--bind', '127.0.0.1', '--daemonize', 'no'];
    const started = spawn(program, [...place, ...durable, ...options], { stdio: 'ignore' });
    child = started;
    await once(started, 'spawn');
    await until('Redis', () => started.exitCode !== null || answers(portOf(options) ?? free));
    if (started.exitCode !== null) throw new Error(`${program} ended with ${started.exitCode}`);
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  await start();
  t.teardown(async () => {
    await kill('SIGKILL');
    await rm(directory, { recursive: true });
  });
  const url = `redis://127.0.0.1:${free}/0`;
  return { port: free, url, kill, signal: (signal) => child?.kill(signal), start };
}

const portOf = (options: readonly string[]) => {
  const at = options.indexOf('--tls-port');
  return at < 0 ? undefined : Number(options[at + 1]);
};

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
