import { setTimeout as pause } from 'node:timers/promises';

/** Shortly before tap gives the file up: a busy machine is no fault, and what was waited for is worth a line. */
const endOfTheWorldMs = 100_000;

/** Waits for something that another process or thread will do. */
export async function until(what: string, happened: () => boolean | Promise<boolean>): Promise<void> {
  const startedMs = Date.now();
  while (!(await happened())) {
    if (Date.now() - startedMs > endOfTheWorldMs) throw new Error(`waited in vain for: ${what}`);
    await pause(10);
  }
}
