import type { PhotoFault } from '../types.js';

/** A photo that gives no crop. Raised below `index.ts` and handed out there as data. */
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
