import { vendorError } from '../errors.js';

/** What may be held at once, of all that is on its way to a worker: arriving, waiting for one, in its hands. */
export interface UploadLimits {
  readonly photos: number;
  readonly bytes: number;
}

/** One body's place. */
export interface Place {
  /** More bytes have come than were declared. @throws {VendorError} `SERVICE_UNAVAILABLE` */
  grow(bytes: number): void;
  /** Once, when nothing is held any more; a second time does nothing. */
  leave(): void;
}

/**
 * Asked before a body is read, so that a photo for which there is no room costs its headers only. Memory is what a body says that it
 * will take: by what has arrived, all would be let in at once, and none could be finished.
 */
export class UploadRoom {
  #photos = 0;
  #bytes = 0;

  get photos(): number {
    return this.#photos;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A body alone is let in, however large. @throws {VendorError} `SERVICE_UNAVAILABLE` */
  enter(declared: number, limits: UploadLimits): Place {
    if (this.#photos >= limits.photos)
      throw vendorError('SERVICE_UNAVAILABLE', `${this.#photos} photos are on their way already (max-queue)`);
    let held = 0;
    const take = (bytes: number) => {
      if (this.#bytes > held && this.#bytes + bytes > limits.bytes) throw this.#isFull(bytes);
      held += bytes;
      this.#bytes += bytes;
    };
    take(declared);
    this.#photos++;
    let left = false;
    return {
      grow: take,
      leave: () => {
        if (left) return;
        left = true;
        this.#photos--;
        this.#bytes -= held;
      },
    };
  }

  #isFull(bytes: number) {
    const reason = `${this.#bytes} bytes of photos are held already, and no room is left for ${bytes} more (max-queue-bytes)`;
    return vendorError('SERVICE_UNAVAILABLE', reason);
  }
}
