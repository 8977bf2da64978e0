import type { Controls } from '../controls.js';
import type { Run } from './connection.js';
import { script } from './script.js';

/** The copy that a process has, as JSON. */
export interface Copy {
  read(): string;
  /** @throws what is wrong with it; the copy is as it was then */
  replace(text: string): void;
}

/** A[1]: the version of the copy that the caller has. */
const read = script(`
local controls = call('HMGET', p .. 'controls', 'version', 'copy')
if controls[1] == A[1] then return {} end
return controls
`);

/** Nothing, where another replica has been quicker. */
const write = script(`
if call('HGET', p .. 'controls', 'version') ~= A[1] then return 0 end
call('HSET', p .. 'controls', 'version', A[1] + 1, 'copy', A[2])
keep(p .. 'controls')
return 1
`);

const begin = script(`
call('HSETNX', p .. 'controls', 'copy', A[1])
call('HSETNX', p .. 'controls', 'version', 1)
keep(p .. 'controls')
`);

export interface SharedControls extends Controls {
  /** Called on each connection. @param fresh the copy of a simulation that has just begun */
  begin(run: Run, fresh: string): Promise<void>;
}

/**
 * @param copy brought up to date with what is shared
 * @param lost called where the server has forgotten everything
 */
export function createSharedControls(run: Run, copy: Copy, lost: () => Promise<void>): SharedControls {
  let version = 'none';
  let changing: Promise<unknown> = Promise.resolve();

  async function refreshBy(by: Run): Promise<boolean> {
    const [newest, text] = (await by(read, version)) as [string?, string?];
    if (newest === undefined) return true;
    if (newest === null || text == null) return false;
    if (text !== copy.read()) copy.replace(text);
    version = newest;
    return true;
  }

  async function refresh(): Promise<void> {
    if (await refreshBy(run)) return;
    await lost();
    await refreshBy(run);
  }

  async function change<Result>(mutate: () => Result): Promise<Result> {
    for (;;) {
      await refresh();
      const result = mutate();
      const known = version;
      version = 'changing'; // Whoever refreshes before it is written goes back to what all have.
      if ((await run(write, known, copy.read())) === 1) return result;
    }
  }

  return {
    refresh,
    // One after the other: each begins with what the one before it has written.
    change: (mutate) => {
      const mine = changing.then(() => change(mutate));
      changing = mine.catch(() => {});
      return mine;
    },
    begin: async (fresh, text) => {
      await fresh(begin, text);
      version = 'none';
      await refreshBy(fresh);
    },
  };
}
