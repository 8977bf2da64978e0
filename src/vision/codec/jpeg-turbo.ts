import { createRequire } from 'node:module';
import type * as JpegTurbo from '@julusian/jpeg-turbo';
import type { RgbImage } from '../types.js';
import { inNativeCode } from './native-gate.js';

/**
 * libjpeg-turbo without libvips around it: a third of the CPU for a small photo, half of it for 2 MP (see decision 9). There are
 * binaries for most platforms; on the others npm leaves the package out, and sharp does the work.
 */
const turbo = load();

/** Where files are written before their size is known; as large as their pixels, so that a new one each time would be much garbage. */
class OutputBuffer {
  #bytes = Buffer.alloc(0);

  /** What it held before is lost. */
  withRoomFor(bytes: number): Buffer {
    if (this.#bytes.length < bytes) this.#bytes = Buffer.allocUnsafe(bytes);
    return this.#bytes;
  }
}

// One for each thread: encoding does not wait for anything, and the file is copied out of it.
const output = new OutputBuffer();

/**
 * The whole picture as stored, for a JPEG of three 8-bit channels whose colours are sRGB.
 *
 * @returns null where the file has any oddity, which is for sharp to judge, or where there is no binary
 */
export function decodeJpeg(bytes: Uint8Array): RgbImage | null {
  if (turbo === null) return null;
  const { FORMAT_RGB: format } = turbo;
  try {
    return inNativeCode(() => turbo.decompressSync(asBuffer(bytes), { format }));
  } catch {
    return null;
  }
}

/**
 * @param quality 1 to 100
 * @returns a baseline JPEG with chroma at half resolution, or null where there is no binary
 */
export function encodeJpeg({ data, width, height }: RgbImage, quality: number): Uint8Array | null {
  if (turbo === null) return null;
  const { FORMAT_RGB: format, SAMP_420: subsampling } = turbo;
  const room = output.withRoomFor(turbo.bufferSize({ width, height, subsampling }));
  const options = { format, subsampling, width, height, quality };
  return new Uint8Array(inNativeCode(() => turbo.compressSync(asBuffer(data), room, options)));
}

function load(): typeof JpegTurbo | null {
  try {
    return createRequire(import.meta.url)('@julusian/jpeg-turbo');
  } catch {
    return null;
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
