import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, quantile, residentMb, type Service, startService } from './service.js';

/**
 * From the start of the process to its first answer and to its readiness, and its memory when idle.
 * Usage: `npm run build && node build/bench/startup.js [RUNS]`
 */

const runs = Number(process.argv[2] ?? 5);
const basePort = 34_100;
const idleMs = 3000;

async function firstStatus(service: Service, path: string, status: number): Promise<number> {
  while ((await ask(`${service.url}${path}`))?.status !== status) await pause(2);
  return performance.now() - service.startedMs;
}

async function measure(run: number): Promise<readonly number[]> {
  const service = await startService(basePort + run);
  const answered = await firstStatus(service, '/livez', 200);
  const ready = await firstStatus(service, '/readyz', 200);
  await pause(idleMs);
  const memory = residentMb(service.child.pid!);
  await service.stop();
  return [answered, ready, memory];
}

const rows: (readonly number[])[] = [];
for (let run = 0; run < runs; run++) rows.push(await measure(run));

const columns = ['first answer, ms', '/readyz 200, ms', `resident after ${idleMs / 1000} s idle, MB`];
const bars = [1000, 2500, 200];
console.log(`Node ${process.version}, ${runs} runs, load average ${loadavg()[0]?.toFixed(1)}\n`);
console.log('|  | median | max | bar |\n| --- | --: | --: | --: |');
for (const [i, column] of columns.entries()) {
  const values = rows.map((row) => row[i]!);
  console.log(
    `| ${column} | ${quantile(values, 0.5).toFixed(0)} | ${Math.max(...values).toFixed(0)} | ${bars[i]} |`,
  );
}
