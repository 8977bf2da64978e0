import type { JournalEntry } from './entry.js';
import { createPictureRing, type Place } from './picture-ring.js';

export const pictureKinds = ['photo', 'crop'] as const;
export type PictureKind = (typeof pictureKinds)[number];
export type Places = { readonly [Kind in PictureKind]?: Place | undefined };

export interface JournalLimits {
  readonly entries: number;
  /** Of pictures and entries together. */
  readonly bytes: number;
}

/** Of the bytes of a journal, so much is for the entries; with the defaults more than a thousand of them need. */
export const shareOfEntries = 1 / 8;

/** The pictures of this process's requests. With other limits they begin anew. */
export interface PictureShelf {
  keep(picture: Uint8Array): Place | undefined;
  get(place: Place | undefined): Buffer | undefined;
  /** The entry, with what is still there of its pictures. */
  mark(entry: JournalEntry, places: Places): JournalEntry;
}

export function createPictureShelf(limits: () => JournalLimits): PictureShelf {
  const room = () => Math.floor(limits().bytes * (1 - shareOfEntries));
  let size = room();
  let ring = createPictureRing(size);

  function currentRing() {
    if (room() !== size) {
      size = room();
      ring = createPictureRing(size, ring.written);
    }
    return ring;
  }

  const has = (place: Place | undefined) => place !== undefined && currentRing().has(place);

  return {
    keep: (picture) => currentRing().put(picture),
    get: (place) => place && currentRing().get(place),
    mark: (entry, places) => ({
      ...entry,
      photo: entry.photo && { ...entry.photo, kept: has(places.photo) },
      crop: entry.crop && { ...entry.crop, kept: has(places.crop) },
    }),
  };
}
