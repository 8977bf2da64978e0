import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Installed, install, pack } from '../test/support/packed.js';
import { ask, quantile, residentMb } from './service.js';

/**
 * What a user installs and waits for, of what is built, or of tarballs. Linux. On another Node: `npx -p node@24 node …`.
 * Usage: `npm run build && npx tsc && node build/bench/install.js [TARBALL…]`
 */

const runs = 3;
const basePort = 34_700;
const idleMs = 3000;
const name = 'valify-id-cropper-simulator';
const ticksPerMs = 0.1; // of /proc: a hundred a second, on every Linux that Node runs on

/** Waiting, and the work of the processor in it, which other programs on the machine change less. */
type Cost = readonly [wallMs: number, cpuMs: number];

const loading = `
  const [before, startMs] = [process.cpuUsage(), performance.now()];
  import('${name}').then(() => {
    const { user, system } = process.cpuUsage(before);
    console.log(JSON.stringify([performance.now() - startMs, (user + system) / 1000]));
  });`;

const load = (folder: string): Cost =>
  JSON.parse(execFileSync(process.execPath, ['--eval', loading], { cwd: folder, encoding: 'utf8' }));

async function serve(folder: string, port: number): Promise<{ answered: Cost; idleMb: number }> {
  const startMs = performance.now();
  const cli = join(folder, 'node_modules', name, 'dist/cli.js');
  const child = spawn(process.execPath, [cli, '--port', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await untilGood(child, `${url}/livez`);
  const answered: Cost = [performance.now() - startMs, cpuMs(child)];
  await untilGood(child, `${url}/readyz`);
  await pause(idleMs);
  const idleMb = residentMb(child.pid!);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { answered, idleMb };
}

async function untilGood(child: ChildProcess, url: string): Promise<void> {
  while ((await ask(url))?.status !== 200) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode}; is its port taken?`);
    await pause(5);
  }
}

/** User and system time of a process and its threads so far; the name of the program may hold spaces. */
function cpuMs({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerMs;
}

const median = (values: readonly number[]) => quantile(values, 0.5).toFixed(0);
const costs = (values: readonly Cost[]) =>
  `${median(values.map(([wall]) => wall))} (${median(values.map(([, cpu]) => cpu))})`;

async function measure(folder: string, { packages, megabytes, files, output }: Installed): Promise<string[]> {
  const loads: Cost[] = [];
  const answers: Cost[] = [];
  const idle: number[] = [];
  for (let run = 0; run < runs; run++) {
    loads.push(load(folder));
    const { answered, idleMb } = await serve(folder, basePort + run);
    answers.push(answered);
    idle.push(idleMb);
  }
  const warnings = output.filter((line) => /^npm warn (?!Unknown)/.test(line)).length;
  const counts = [packages.length, megabytes.toFixed(0), files, warnings].map(String);
  return [...counts, costs(loads), costs(answers), median(idle)];
}

const columns = [
  '',
  'packages',
  'MB',
  'files',
  'lines of warnings',
  'import, ms',
  'first answer, ms',
  'idle, MB',
];
const folder = mkdtempSync(join(tmpdir(), 'bench-install-'));
const given = process.argv.slice(2).map((path) => resolve(path));
console.log(
  `Node ${process.version}, ${runs} runs, load average ${loadavg()[0]?.toFixed(1)}; in brackets the processor's time\n`,
);
console.log(`| ${columns.join(' | ')} |\n| --- |${' --: |'.repeat(columns.length - 1)}`);
for (const tarball of given.length > 0 ? given : [await pack(folder)]) {
  const project = mkdtempSync(join(folder, 'project-'));
  const row = await measure(project, await install(project, [tarball]));
  console.log(`| ${basename(tarball)} | ${row.join(' | ')} |`);
}
rmSync(folder, { recursive: true });
