import { setTimeout as pause } from 'node:timers/promises';

const endOfTheWorldMs = 30_000;

/** Waits for something that another process or thread will do. */
export async function until(what: string, happened: () => boolean | Promise<boolean>): Promise<void> {
  const startedMs = Date.now();
  while (!(await happened())) {
    if (Date.now() - startedMs > endOfTheWorldMs) throw new Error(`waited in vain for: ${what}`);
    await pause(10);
  }
}
