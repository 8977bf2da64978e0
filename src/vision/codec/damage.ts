import type { ImageFormat, Size } from '../types.js';
import { hasAllScans, isJpegCut, readJpegFrame, withJpegEnd } from './jpeg-structure.js';
import { findBadChecksum, isPngCut, withPngEnd } from './png-structure.js';
import { isWebpCut, withWebpEnd } from './webp-structure.js';

/** A file that the decoder refused, or should have. */
export interface DamagedFile {
  readonly format: ImageFormat;
  /** As they came. */
  readonly bytes: Uint8Array;
  /** Whether it failed before any pixel. */
  readonly inHeader: boolean;
}

const withEnd: Record<ImageFormat, (bytes: Uint8Array) => Uint8Array> = {
  jpeg: withJpegEnd,
  png: withPngEnd,
  webp: withWebpEnd,
};

const isCut: Record<ImageFormat, (bytes: Uint8Array) => boolean> = {
  jpeg: isJpegCut,
  png: isPngCut,
  webp: isWebpCut,
};

/**
 * What is missing decides, not the marker that says so: the file as a decoder shall see it, with its end put back where it breaks off.
 * All pixels are there if the decoder has no complaint of it, and `lacksScans` neither.
 */
export function completeFile(bytes: Uint8Array, format: ImageFormat): Uint8Array {
  return withEnd[format](bytes);
}

/** Whether pixels, or bits of them, are missing in a way that decoders do not mind. */
export function lacksScans(bytes: Uint8Array, format: ImageFormat): boolean {
  return format === 'jpeg' && !hasAllScans(bytes);
}

/** For the log: what is wrong with a file, in words that show nothing of the picture. */
export function describeDamage(file: DamagedFile): string {
  return (
    describeProcess(file) ??
    describeChecksum(file) ??
    describeCut(file) ??
    (file.inHeader ? 'the header is damaged' : 'the picture data is damaged')
  );
}

/** By the low half of a JPEG's frame marker. */
const unreadProcesses: Readonly<Record<number, string>> = {
  3: 'lossless',
  5: 'hierarchical',
  6: 'hierarchical',
  7: 'hierarchical',
  11: 'lossless',
  13: 'hierarchical',
  14: 'hierarchical',
  15: 'hierarchical',
};

function describeProcess({ format, bytes }: DamagedFile): string | undefined {
  const frame = format === 'jpeg' ? readJpegFrame(bytes) : undefined;
  if (frame === undefined) return undefined;
  const process = unreadProcesses[frame.process];
  if (process !== undefined) return `the JPEG is ${process}, a kind that is not read: send a baseline JPEG`;
  if (frame.precision !== 8) return `the JPEG has ${frame.precision} bits a channel: 8 are read`;
  return describeSize(frame);
}

/** Of libjpeg. */
const maxJpegSide = 65_500;

function describeSize({ width, height }: Size): string | undefined {
  const size = `the header says ${width} × ${height} pixels`;
  if (width === 0 || height === 0) return `${size}: neither may be 0`;
  return Math.max(width, height) > maxJpegSide
    ? `${size}: at most ${maxJpegSide} a side are read`
    : undefined;
}

function describeChecksum({ format, bytes }: DamagedFile): string | undefined {
  const chunk = format === 'png' ? findBadChecksum(bytes) : undefined;
  if (chunk === undefined) return undefined;
  return `the checksum of the PNG chunk ${chunk.type} at byte ${chunk.at} is wrong: its bytes have changed since they were written`;
}

function describeCut({ format, bytes }: DamagedFile): string | undefined {
  return isCut[format](bytes)
    ? `the file ends before the picture does, after ${bytes.length} bytes: send all of it`
    : undefined;
}
