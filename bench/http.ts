/**
 * What a request costs that needs no crop: CPU of the server's process, requests a second, p50 and p99, memory; ours beside bare
 * Fastify, Fastify with its logger and, where its command is named, Prism.
 * Usage: `npm run build && npx tsc && node build/bench/http.js [SECONDS] [PRISM]`
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { demoAccount } from '../src/config/settings.js';
import { packageRoot } from '../src/package-root.js';
import { ask, cpuMs, quantile, residentMb } from './service.js';
import { openClient, requestBytes } from './wire-client.js';

const seconds = Number(process.argv[2] ?? 2);
const prism = process.argv[3];
const rounds = 7;
const connections = 4;
const path = '/api/v1/id_cropper_register';
const { username, password, client_id, client_secret, bundles } = demoAccount;

interface Row {
  readonly name: string;
  readonly command: (port: number) => readonly string[];
  /** The header with which a request passes its token. */
  readonly token?: (port: number) => Promise<string>;
}

const servers: readonly Row[] = [
  {
    name: 'this simulator',
    command: (port) => [join(packageRoot, 'dist/cli.js'), '--port', `${port}`, '--trials', '0'],
    token: login,
  },
  {
    name: 'bare Fastify',
    command: (port) => [join(packageRoot, 'build/bench/bare-fastify.js'), `${port}`],
  },
  {
    name: 'Fastify with its logger',
    command: (port) => [join(packageRoot, 'build/bench/bare-fastify.js'), `${port}`, 'logger'],
  },
  ...(prism === undefined
    ? []
    : [
        {
          name: 'Prism',
          command: (port: number) => [prism, 'mock', '--port', `${port}`, join(packageRoot, 'openapi.yaml')],
        },
      ]),
];

/** Three quarters of 300 KB, and the head of a JPEG. */
const photo = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(224_996)]).toString('base64');
const requests = {
  'tiny: an unknown bundle key': { bundle_key: 'unknown', img: 'AAAA' },
  '300 KB: an unknown bundle key': { bundle_key: 'unknown', img: photo },
  '300 KB: no trials left': { bundle_key: bundles[0].bundle_key, img: photo },
};

interface Figures {
  readonly cpu: number;
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly resident: number;
}

async function login(port: number): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'password', username, password, client_id, client_secret });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await ask(`http://127.0.0.1:${port}/api/o/token/`, { headers, body: form.toString() });
  return JSON.parse(answer!.text).access_token;
}

async function start({ command }: Row, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...command(port)], {
    stdio: 'ignore',
    env: { PATH: process.env.PATH },
  });
  while ((await ask(`http://127.0.0.1:${port}/readyz`)) === undefined) await pause(50);
  await quiet(child.pid!);
  return child;
}

/** A worker that warms up, and what the compilers make of it, are no part of a request. */
async function quiet(processId: number): Promise<void> {
  for (let before = cpuMs(processId); ; before = cpuMs(processId)) {
    await pause(1000);
    if (cpuMs(processId) - before < 30) return;
  }
}

async function measure(
  { child, port }: { child: ChildProcess; port: number },
  bytes: Buffer,
  { ms, atLeast }: { ms: number; atLeast: number },
): Promise<Figures> {
  const latencies: number[] = [];
  const before = cpuMs(child.pid!);
  const startedMs = performance.now();
  const drive = async () => {
    const client = openClient(port);
    while (performance.now() - startedMs < ms || latencies.length < atLeast) {
      const askedMs = performance.now();
      const status = await client.ask(bytes);
      if (status === undefined || status >= 500) throw new Error(`answered ${status}`);
      latencies.push(performance.now() - askedMs);
    }
    client.close();
  };
  await Promise.all(Array.from({ length: connections }, drive));
  return {
    cpu: (cpuMs(child.pid!) - before) / latencies.length,
    rate: (latencies.length / (performance.now() - startedMs)) * 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    resident: residentMb(child.pid!),
  };
}

const middle = (runs: readonly Figures[]): Figures =>
  runs.toSorted((a, b) => a.cpu - b.cpu)[runs.length >> 1]!;

const running = await Promise.all(
  servers.map(async (row, index) => {
    const port = 34_300 + index;
    const child = await start(row, port);
    const token = (await row.token?.(port)) ?? 'any';
    return { name: row.name, port, child, token };
  }),
);

console.log(
  `Node ${process.version}, ${readFileSync('/proc/cpuinfo', 'utf8').match(/model name\s*: (.*)/)?.[1]}, load average ${loadavg()[0]?.toFixed(1)}, ${rounds} rounds of ${seconds} s, ${connections} connections\n`,
);
for (const [sentence, body] of Object.entries(requests)) {
  const runs = running.map(() => [] as Figures[]);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { token, ...server }] of running.entries()) {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
      const bytes = requestBytes(path, headers, JSON.stringify(body));
      // The first is for the compilers, which need so many requests, however long these take on a busy machine.
      const atLeast = round > 0 ? 0 : bytes.length > 100_000 ? 1000 : 5000;
      const figures = await measure(server, bytes, { ms: seconds * 1000, atLeast });
      if (round > 0) runs[index]!.push(figures);
    }
  }
  const all = runs.map(middle);
  console.log(`| ${sentence} | CPU ms | of bare Fastify | requests/s | p50 ms | p99 ms | resident MB |`);
  console.log('| --- | --: | --: | --: | --: | --: | --: |');
  for (const [index, { cpu, rate, p50, p99, resident }] of all.entries()) {
    const cells = [
      cpu.toFixed(3),
      (cpu / all[1]!.cpu).toFixed(2),
      rate.toFixed(0),
      p50.toFixed(2),
      p99.toFixed(1),
      resident.toFixed(0),
    ];
    console.log(`| ${[running[index]!.name, ...cells].join(' | ')} |`);
  }
  console.log();
}
for (const { child } of running) {
  child.kill('SIGTERM');
  await once(child, 'exit');
}
