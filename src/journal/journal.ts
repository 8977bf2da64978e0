import type { JournalEntry, JournalFilter } from './entry.js';
import { createPictureRing, type Place } from './picture-ring.js';

export const pictureKinds = ['photo', 'crop'] as const;
export type PictureKind = (typeof pictureKinds)[number];
export type Places = { readonly [Kind in PictureKind]?: Place | undefined };

export interface JournalLimits {
  readonly entries: number;
  /** Of pictures and entries together. */
  readonly bytes: number;
}

export interface Journal {
  /** Copies a picture for an entry that is yet to come; `undefined` for one that is too large. */
  keep(picture: Uint8Array): Place | undefined;
  add(entry: Omit<JournalEntry, 'id'>, places: Places): void;
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
  readonly size: { readonly entries: number; readonly entryBytes: number };
}

interface Record {
  readonly entry: JournalEntry;
  readonly bytes: number;
  readonly places: Places;
}

/** Of the bytes, so much is for the entries; with the defaults more than a thousand of them need. */
const shareOfEntries = 1 / 8;

/**
 * What was asked and answered, in memory only: the last entries, and the last pictures, which are far fewer.
 *
 * @param limits asked at every step, so that they may change; with other bytes, the pictures begin anew
 */
export function createJournal(limits: () => JournalLimits): Journal {
  const records = new Map<number, Record>();
  const listeners = new Set<(entry: JournalEntry) => void>();
  let lastId = 0;
  let entryBytes = 0;
  let ringBytes = limits().bytes;
  let ring = openRing(ringBytes);

  function currentRing() {
    const { bytes } = limits();
    if (bytes !== ringBytes) {
      ringBytes = bytes;
      ring = openRing(bytes);
      for (const [id, record] of records) records.set(id, { ...record, places: {} });
    }
    return ring;
  }

  function drop(id: number, record: Record): void {
    entryBytes -= record.bytes;
    records.delete(id);
  }

  function trim(): void {
    currentRing();
    const { entries, bytes } = limits();
    for (const [id, record] of records) {
      if (entryBytes <= bytes * shareOfEntries && records.size <= entries) break;
      drop(id, record);
    }
  }

  /** The entry, with what is still there of its pictures. */
  function view({ entry, places }: Record): JournalEntry {
    const { photo, crop } = entry;
    const kept = (place: Place | undefined) => place !== undefined && currentRing().has(place);
    return {
      ...entry,
      photo: photo && { ...photo, kept: kept(places.photo) },
      crop: crop && { ...crop, kept: kept(places.crop) },
    };
  }

  function matching(filter: JournalFilter): [number, Record][] {
    currentRing();
    return [...records].filter(([, { entry }]) => fits(entry, filter));
  }

  return {
    keep: (picture) => currentRing().put(picture),
    add: (facts, places) => {
      lastId += 1;
      // Written and read again: else a piece of a long text would keep all of the text in memory.
      const text = JSON.stringify({ id: lastId, ...facts });
      const record = { entry: JSON.parse(text) as JournalEntry, bytes: 2 * text.length, places };
      records.set(lastId, record);
      entryBytes += record.bytes;
      trim();
      for (const listener of listeners) listener(view(record));
    },
    list: (filter = {}) => matching(filter).map(([, record]) => view(record)),
    find: (id) => {
      currentRing();
      const record = records.get(id);
      return record && view(record);
    },
    picture: (id, kind) => {
      const place = records.get(id)?.places[kind];
      return place && currentRing().get(place);
    },
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

const openRing = (bytes: number) => createPictureRing(Math.floor(bytes * (1 - shareOfEntries)));

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
