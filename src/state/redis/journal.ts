import type { JournalEntry, JournalFilter } from '../../journal/entry.js';
import { fits, type Journal, type NewEntry } from '../../journal/journal.js';
import {
  createPictureShelf,
  type JournalLimits,
  type Places,
  shareOfEntries,
} from '../../journal/picture-shelf.js';
import { clearInterval, setInterval } from '../../real-time.js';
import type { Run } from './connection.js';
import { script } from './script.js';

/** Two bytes a letter, as in memory. */
const trim = `
local stream, facts = p .. 'journal', p .. 'journal:facts'
local function drop(found)
  call('XDEL', stream, found[1])
  call('HINCRBY', facts, 'bytes', -2 * #found[2][2])
end
local function trim(most, mostBytes)
  while call('XLEN', stream) > most or tonumber(call('HGET', facts, 'bytes') or 0) > mostBytes do
    local first = call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
    if not first then return end
    drop(first)
  end
end
`;

const add = script(`${trim}
local id = call('HINCRBY', facts, 'last', 1)
call('XADD', stream, id .. '-1', 'entry', A[1])
call('HINCRBY', facts, 'bytes', 2 * #A[1])
trim(tonumber(A[2]), tonumber(A[3]))
keep(stream)
keep(facts)
return id
`);

const list = script(`return call('XRANGE', p .. 'journal', A[1], A[2])`);

const last = script(`return tonumber(call('HGET', p .. 'journal:facts', 'last') or 0)`);

const clear = script(`${trim}
local cleared = 0
for _, id in ipairs(A) do
  local found = call('XRANGE', stream, id .. '-1', id .. '-1')[1]
  if found then
    drop(found)
    cleared = cleared + 1
  end
end
return cleared
`);

/** What other replicas have added is seen so soon. */
const lookEveryMs = 50;

/**
 * What was asked of any of the replicas, in a stream. Pictures stay in the process that took them: they are personal data, and a
 * server of state writes to disk what it holds.
 *
 * @param lost told of an entry that could not be added
 */
export function createRedisJournal(run: Run, limits: () => JournalLimits, lost: () => void): Journal {
  const shelf = createPictureShelf(limits);
  const placesOf = new Map<number, Places>();
  const watch = watchFor(async () => (await run(last)) as number);

  const view = ([id, [, json]]: StreamEntry): JournalEntry => {
    const entry = { id: Number.parseInt(id, 10), ...(JSON.parse(json) as NewEntry) };
    return shelf.mark(entry, placesOf.get(entry.id) ?? {});
  };

  async function read(from: string, to: string): Promise<JournalEntry[]> {
    return ((await run(list, from, to)) as unknown as StreamEntry[]).map(view);
  }

  async function matching(filter: JournalFilter): Promise<JournalEntry[]> {
    const { after = 0 } = filter;
    return (await read(after > 0 ? `${after}-2` : '-', '+')).filter((entry) => fits(entry, filter));
  }

  async function write(entry: NewEntry, places: Places): Promise<void> {
    const { entries, bytes } = limits();
    const json = JSON.stringify(entry);
    const id = (await run(add, json, entries, Math.floor(bytes * shareOfEntries))) as number;
    placesOf.set(id, places);
    const [oldest] = placesOf.keys();
    if (placesOf.size > entries && oldest !== undefined) placesOf.delete(oldest);
    watch.tell();
  }

  return {
    keep: shelf.keep,
    add: (entry, places) => {
      write(entry, places).catch(lost);
    },
    list: (filter = {}) => matching(filter),
    find: async (id) => (await read(`${id}-1`, `${id}-1`))[0],
    picture: (id, kind) => shelf.get(placesOf.get(id)?.[kind]),
    clear: async (filter = {}) => {
      const found = await matching(filter);
      return (await run(clear, ...found.map(({ id }) => id))) as number;
    },
    trim: () => {}, // The next entry does it.
    subscribe: watch.subscribe,
  };
}

type StreamEntry = readonly [id: string, fields: readonly [name: string, json: string]];

/** Looks as long as somebody listens. @param look what is another number when there is something new */
function watchFor(look: () => Promise<number>) {
  const listeners = new Set<() => void>();
  let known = 0;
  let looking: ReturnType<typeof setInterval> | undefined;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const compare = async () => {
    const found = await look();
    if (found === known) return;
    known = found;
    tell();
  };
  return {
    tell,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      looking ??= setInterval(() => {
        compare().catch(() => {}); // It is away: what is new is seen when it is back.
      }, lookEveryMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(looking);
        looking = undefined;
      };
    },
  };
}
