import type { JournalEntry, JournalFilter } from './entry.js';
import type { Place } from './picture-ring.js';
import {
  createPictureShelf,
  type JournalLimits,
  type PictureKind,
  type Places,
  shareOfEntries,
} from './picture-shelf.js';

/** What happened, in this process or wherever its replicas keep it together. */
export interface Journal {
  /** Copies a picture for an entry that is yet to come; `undefined` for one that is too large. It stays in this process. */
  keep(picture: Uint8Array): Place | undefined;
  add(entry: NewEntry, places: Places): void;
  /** Oldest first. */
  list(filter?: JournalFilter): Awaitable<JournalEntry[]>;
  find(id: number): Awaitable<JournalEntry | undefined>;
  picture(id: number, kind: PictureKind): Buffer | undefined;
  /** @returns how many there were */
  clear(filter?: JournalFilter): Awaitable<number>;
  /** Drops what the limits no longer hold. */
  trim(): void;
  /** @param listener called whenever there may be new entries @returns a function that ends it */
  subscribe(listener: () => void): () => void;
}

type Awaitable<Value> = Value | Promise<Value>;
export type NewEntry = Omit<JournalEntry, 'id'>;

/** Everything at once, as it is all here. */
export interface MemoryJournal extends Journal {
  list(filter?: JournalFilter): JournalEntry[];
  find(id: number): JournalEntry | undefined;
  clear(filter?: JournalFilter): number;
  readonly size: { readonly entries: number; readonly entryBytes: number };
}

/**
 * Written, and read again: else a piece of a long text would keep all of the text in memory. A class: an object literal with an accessor
 * showed in profiles.
 */
class Record {
  readonly #id: number;
  readonly #text: string;
  #entry: JournalEntry | undefined;

  constructor(
    id: number,
    facts: NewEntry,
    readonly places: Places,
  ) {
    this.#id = id;
    this.#text = JSON.stringify(facts);
  }

  /** Read when somebody wants to know: most are never looked at. */
  get entry(): JournalEntry {
    this.#entry ??= { id: this.#id, ...(JSON.parse(this.#text) as NewEntry) };
    return this.#entry;
  }

  get bytes(): number {
    return 2 * this.#text.length;
  }
}

/**
 * What was asked and answered, in memory only: the last entries, and the last pictures, which are far fewer.
 *
 * @param limits asked at every step, so that they may change; with other bytes, the pictures begin anew
 */
export function createJournal(limits: () => JournalLimits): MemoryJournal {
  const records = new Map<number, Record>();
  const listeners = new Set<() => void>();
  let lastId = 0;
  let entryBytes = 0;
  const shelf = createPictureShelf(limits);

  function drop(id: number, record: Record): void {
    entryBytes -= record.bytes;
    records.delete(id);
  }

  function trim(): void {
    const { entries, bytes } = limits();
    for (const [id, record] of records) {
      if (entryBytes <= bytes * shareOfEntries && records.size <= entries) break;
      drop(id, record);
    }
  }

  const view = ({ entry, places }: Record): JournalEntry => shelf.mark(entry, places);

  const matching = (filter: JournalFilter): [number, Record][] =>
    [...records].filter(([, { entry }]) => fits(entry, filter));

  return {
    keep: shelf.keep,
    add: (facts, places) => {
      lastId += 1;
      const record = new Record(lastId, facts, places);
      records.set(lastId, record);
      entryBytes += record.bytes;
      trim();
      for (const listener of listeners) listener();
    },
    list: (filter = {}) => matching(filter).map(([, record]) => view(record)),
    find: (id) => {
      const record = records.get(id);
      return record && view(record);
    },
    picture: (id, kind) => shelf.get(records.get(id)?.places[kind]),
    clear: (filter = {}) => {
      const found = matching(filter);
      for (const [id, record] of found) drop(id, record);
      return found.length;
    },
    trim,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get size() {
      return { entries: records.size, entryBytes };
    },
  };
}

/** Whether an entry has all that a filter asks for. */
export function fits(entry: JournalEntry, { scenario, after = 0, before, ...rest }: JournalFilter): boolean {
  return (
    entry.id > after &&
    (before === undefined || entry.id < before) &&
    (scenario === undefined || entry.scenario?.name === scenario) &&
    Object.entries(rest).every(
      ([key, value]) => value === undefined || entry[key as keyof typeof rest] === value,
    )
  );
}
