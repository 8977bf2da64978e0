import { type Mat, type MatVector, openCv } from './opencv.js';

/**
 * Owns the OpenCV objects of one piece of work and frees them all when it ends:
 * `using mats = new MatScope()`. Nothing else in the code base creates or deletes a Mat.
 */
export class MatScope {
  readonly #owned: { delete(): void }[] = [];

  own<T extends { delete(): void }>(object: T): T {
    this.#owned.push(object);
    return object;
  }

  empty(): Mat {
    const cv = openCv();
    return this.own(new cv.Mat());
  }

  vector(): MatVector {
    const cv = openCv();
    return this.own(new cv.MatVector());
  }

  /** Copies interleaved 8-bit pixels in; `pixels.length` must be `rows * cols * channels`. */
  from(pixels: Uint8Array, rows: number, cols: number, channels: 1 | 3): Mat {
    const cv = openCv();
    const mat = this.own(new cv.Mat(rows, cols, channels === 1 ? cv.CV_8UC1 : cv.CV_8UC3));
    mat.data.set(pixels);
    return mat;
  }

  [Symbol.dispose](): void {
    while (this.#owned.length > 0) this.#owned.pop()?.delete();
  }
}
