/**
 * Memory that is written again and again. To take 300 KB from the system, page by page, and give it back costs as much as all else
 * that is done with a body of that size (0.2 ms; bench/http.ts).
 */
export interface Scratch {
  /** @returns so many bytes, which hold anything; `undefined` where they are too many, or all of it is in use */
  take(length: number): Uint8Array<ArrayBuffer> | undefined;
  /** Nobody may hold them after that. Bytes that are from elsewhere are left alone. */
  giveBack(bytes: Uint8Array): void;
  /** They are somebody's who may hold them still: others take their place. */
  forget(bytes: Uint8Array): void;
}

/** @param size bytes of a piece @param most pieces that are kept */
export function createScratch(size: number, most: number): Scratch {
  const free: ArrayBuffer[] = [];
  const inUse = new Set<ArrayBufferLike>();
  return {
    take: (length) => {
      if (length > size || inUse.size >= most) return undefined;
      const piece = free.pop() ?? new ArrayBuffer(size);
      inUse.add(piece);
      return new Uint8Array(piece, 0, length);
    },
    giveBack: ({ buffer }) => {
      if (inUse.delete(buffer)) free.push(buffer as ArrayBuffer);
    },
    forget: ({ buffer }) => {
      inUse.delete(buffer);
    },
  };
}

/** Where all memory is of its own. */
export const noScratch: Scratch = { take: () => undefined, giveBack: () => {}, forget: () => {} };
