import { readdirSync, readFileSync } from 'node:fs';

/** What a process has cost, with all of its threads: Linux alone says so. */
export const hasProcessFigures = process.platform === 'linux';

/** Milliseconds of a processor so far. Other work on the machine makes it no more. */
export function processorMs(pid: number): number {
  const used = (thread: string) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      return 0; // it has ended meanwhile
    }
  };
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + used(thread), 0) / 1e6;
}

/** MB of memory, the most since it has begun. */
export const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
