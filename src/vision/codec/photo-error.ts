import type { PhotoFault } from '../types.js';

/** A photo that gives no crop. Raised where a photo is read; `crop.ts` turns it into an answer. */
export class PhotoError extends Error {
  constructor(
    readonly fault: PhotoFault,
    /** For the log: says what was wrong and shows nothing of the picture. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.name = 'PhotoError';
  }
}
