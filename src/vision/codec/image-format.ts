import type { ImageFormat } from '../types.js';

/** The opening bytes of each format that we read; `null` stands for any byte. */
const signatures: Record<ImageFormat, readonly (number | null)[]> = {
  jpeg: [0xff, 0xd8, 0xff],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  // "RIFF", four bytes of length, "WEBP"
  webp: [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
};

/**
 * What kind of image the bytes open as, whatever the file was called; null for anything that we do not read.
 * Looked up here rather than left to the decoder, which would also open SVG, PDF, TIFF and GIF.
 */
export function sniffImageFormat(bytes: Uint8Array): ImageFormat | null {
  for (const [format, signature] of Object.entries(signatures)) {
    if (signature.every((byte, i) => byte === null || byte === bytes[i])) return format as ImageFormat;
  }
  return null;
}
