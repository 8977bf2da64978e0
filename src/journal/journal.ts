import type { JournalEntry, JournalFilter } from './entry.js';

export type PictureKind = 'photo' | 'crop';
export type Pictures = { readonly [Kind in PictureKind]?: Buffer };

export interface JournalLimits {
  readonly entries: number;
  /** Of pictures and entries together. */
  readonly bytes: number;
}

export interface Journal {
  add(entry: Omit<JournalEntry, 'id'>, pictures: Pictures): void;
  /** Oldest first. */
  list(filter?: JournalFilter): JournalEntry[];
  find(id: number): JournalEntry | undefined;
  picture(id: number, kind: PictureKind): Buffer | undefined;
  /** @returns how many there were */
  clear(filter?: JournalFilter): number;
  /** Drops what the limits no longer hold. */
  trim(): void;
  /** @returns a function that ends it */
  subscribe(listener: (entry: JournalEntry) => void): () => void;
  readonly size: { readonly entries: number; readonly bytes: number };
}

interface Record {
  entry: JournalEntry;
  readonly entryBytes: number;
  pictures: Pictures;
}

/**
 * What was asked and answered, in memory only. When it is full, the oldest pictures go first, then the oldest entries.
 *
 * @param limits asked at every step, so that they may change
 */
export function createJournal(limits: () => JournalLimits): Journal {
  const records = new Map<number, Record>();
  const listeners = new Set<(entry: JournalEntry) => void>();
  let lastId = 0;
  let bytes = 0;
  /** No entry before this one has pictures. */
  let firstWithPictures = 1;

  function drop(id: number, record: Record): void {
    dropPictures(record);
    bytes -= record.entryBytes;
    records.delete(id);
  }

  function dropPictures(record: Record): void {
    bytes -= sizeOf(record.pictures);
    record.pictures = {};
    record.entry = withoutPictures(record.entry);
  }

  function trim(): void {
    const limit = limits();
    for (; bytes > limit.bytes && firstWithPictures <= lastId; firstWithPictures++) {
      const record = records.get(firstWithPictures);
      if (record) dropPictures(record);
    }
    for (const [id, record] of records) {
      if (bytes <= limit.bytes && records.size <= limit.entries) break;
      drop(id, record);
    }
  }

  const matching = (filter: JournalFilter) => [...records].filter(([, { entry }]) => fits(entry, filter));

  return {
    add: (facts, pictures) => {
      lastId += 1;
      const entry: JournalEntry = { id: lastId, ...facts };
      const entryBytes = 2 * JSON.stringify(entry).length;
      records.set(lastId, { entry, entryBytes, pictures });
      bytes += entryBytes + sizeOf(pictures);
      trim();
      for (const listener of listeners) listener(records.get(lastId)?.entry ?? entry);
    },
    list: (filter = {}) => matching(filter).map(([, { entry }]) => entry),
    find: (id) => records.get(id)?.entry,
    picture: (id, kind) => records.get(id)?.pictures[kind],
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
      return { entries: records.size, bytes };
    },
  };
}

const sizeOf = ({ photo, crop }: Pictures) => (photo?.length ?? 0) + (crop?.length ?? 0);

function withoutPictures(entry: JournalEntry): JournalEntry {
  const { photo, crop } = entry;
  return { ...entry, photo: photo && { ...photo, kept: false }, crop: crop && { ...crop, kept: false } };
}

/** Whether an entry has all that a filter asks for. */
export function fits(entry: JournalEntry, { scenario, after = 0, ...rest }: JournalFilter): boolean {
  return (
    entry.id > after &&
    (scenario === undefined || entry.scenario?.name === scenario) &&
    Object.entries(rest).every(
      ([key, value]) => value === undefined || entry[key as keyof typeof rest] === value,
    )
  );
}
