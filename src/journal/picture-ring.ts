/** Where a picture was put. */
export interface Place {
  /** Bytes that had been written before it, gaps included, since the ring was made. */
  readonly start: number;
  readonly length: number;
}

/** Pictures in one block of memory, each new one over the oldest. */
export interface PictureRing {
  /** Copies the bytes. @returns `undefined` for more than the ring can hold */
  put(bytes: Uint8Array): Place | undefined;
  has(place: Place): boolean;
  /** A copy, since the place may be written over at any time; `undefined` when it has been. */
  get(place: Place): Buffer | undefined;
  /** Bytes, gaps included; where the next place begins, or a little later. */
  readonly written: number;
}

/**
 * One block instead of a buffer for each picture: buffers of all sizes that live a while among many that live shortly leave
 * the process's heap full of holes, so that it grows for hours (bench/journal.ts: by a quarter).
 *
 * @param capacity bytes; memory is taken from the system as it is first written
 * @param after what another ring has written whose places this one must not take for its own
 */
export function createPictureRing(capacity: number, after = 0): PictureRing {
  let block: Buffer | undefined;
  let written = after + capacity;

  const has = ({ start }: Place) => start >= written - capacity;

  return {
    put: (bytes) => {
      const { length } = bytes;
      if (length > capacity) return undefined;
      block ??= Buffer.alloc(capacity);
      const room = capacity - (written % capacity);
      const start = length <= room ? written : written + room; // A picture is never parted: the end stays a gap.
      block.set(bytes, start % capacity);
      written = start + length;
      return { start, length };
    },
    has,
    get: (place) => {
      if (block === undefined || !has(place)) return undefined;
      const offset = place.start % capacity;
      return Buffer.from(block.subarray(offset, offset + place.length));
    },
    get written() {
      return written;
    },
  };
}
