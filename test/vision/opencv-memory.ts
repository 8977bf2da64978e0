import { MatScope } from '../../src/vision/opencv/mats.js';
import { callOpenCv } from '../../src/vision/opencv/opencv.js';

const blockBytes = [64, 256, 1024, 4096, 16_384, 65_536, 2 ** 18, 2 ** 20, 2 ** 22] as const;

/**
 * Where OpenCV's memory has its next free place for blocks of each size. The same work twice leaves the same places free, unless
 * something of it was not given back: of a matrix of 64 bytes on, long before the memory has to grow.
 */
export function freePlaces(): number[] {
  return callOpenCv(() =>
    blockBytes.map((bytes) => {
      using mats = new MatScope();
      return mats.from(new Uint8Array(bytes), 1, bytes, 1).data.byteOffset;
    }),
  );
}
