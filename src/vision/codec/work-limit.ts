import type { ImageFormat } from '../types.js';
import { countScans, hasOneScan, readJpegFrame } from './jpeg-structure.js';
import { PhotoError } from './photo-error.js';
import { countPackedBytes } from './png-structure.js';
import { countFrames } from './webp-structure.js';

/**
 * Each scan of a JPEG goes over all its pixels once more, though it may be 15 bytes long: 1 ms for a million pixels. Photos have about 10
 * scans, 20 where a program has tried for the smallest file. 16 over the largest photo (2^26 pixels) are 1.1 s, and so is the most that
 * smaller ones may ask for: 371 scans at 1700 × 1700.
 */
export const mostScansOfLargest = 16;

/** libwebp goes through all frames before it for each, and libvips asks for each when it opens the file: 1,000 are 3 ms, 100,000 are 33 s. */
export const mostFrames = 1000;

/** Texts and profiles in a PNG are inflated, to 1,032 bytes each, at 2 GB a second: 1 MB is 0.5 s. Profiles have some KB, texts of this kind less. */
export const mostPackedBytes = 2 ** 20;

const refuseWorkOf: Record<ImageFormat, (bytes: Uint8Array, maxPixels: number) => void> = {
  jpeg: refuseScans,
  png: refusePackedBytes,
  webp: refuseFrames,
};

/**
 * What decoders would do for minutes in a native loop that no time limit reaches, for a file of any size.
 *
 * @throws PhotoError image-too-large
 */
export function refuseWork(bytes: Uint8Array, format: ImageFormat, maxPixels: number): void {
  refuseWorkOf[format](bytes, maxPixels);
}

function refuseScans(bytes: Uint8Array, maxPixels: number): void {
  const frame = readJpegFrame(bytes);
  // One that is read row by row ends with its last row, whatever comes after it.
  if (frame === undefined || hasOneScan(bytes)) return;
  const { width, height } = frame;
  if (width * height > maxPixels) return; // its size is refused, whatever it holds
  const most = Math.floor((maxPixels * mostScansOfLargest) / Math.max(1, width * height));
  if (countScans(bytes, most + 1) <= most) return;
  refuse(`the JPEG has more than ${most} scans of ${width} × ${height} pixels: no more pass (max-pixels)`);
}

function refuseFrames(bytes: Uint8Array): void {
  if (countFrames(bytes) > mostFrames) refuse(`the WebP has more than ${mostFrames} frames: send one`);
}

function refusePackedBytes(bytes: Uint8Array): void {
  const packed = countPackedBytes(bytes);
  if (packed <= mostPackedBytes) return;
  refuse(`the PNG has ${packed} bytes of compressed texts and profiles: at most ${mostPackedBytes} pass`);
}

function refuse(detail: string): never {
  throw new PhotoError('image-too-large', detail);
}
