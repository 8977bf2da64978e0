// RIFF: "RIFF", length of the rest, "WEBP", then chunks of a type, a length and data, padded to even lengths.

const firstChunkAt = 12;
const headLength = 8;

/**
 * The file up to its last whole chunk, with a length that fits, where it is shorter than it declares: it is mostly metadata behind the
 * pixels that it lacks. What lacks a byte of its pixels stays as it is, for the decoder to refuse.
 */
export function withWebpEnd(bytes: Uint8Array): Uint8Array {
  if (!isWebpCut(bytes)) return bytes;
  const { end, hasPicture } = wholeChunks(bytes);
  if (!hasPicture) return bytes;
  const ended = Buffer.alloc(end);
  ended.set(bytes.subarray(0, end));
  ended.writeUInt32LE(end - headLength, 4);
  return ended;
}

/** Whether the file is shorter than it declares. */
export function isWebpCut(bytes: Uint8Array): boolean {
  return bytes.length < headLength + readLength(bytes, 0);
}

/** How many frames an animation has; 0 for a still picture. */
export function countFrames(bytes: Uint8Array): number {
  let frames = 0;
  for (const { type } of wholeChunksOf(bytes)) if (type === 'ANMF') frames++;
  return frames;
}

/** Where the last chunk whose data are all there ends, padded, and whether the picture, or an animation's first, is among them. */
function wholeChunks(bytes: Uint8Array): { end: number; hasPicture: boolean } {
  let end = firstChunkAt;
  let hasPicture = false;
  for (const chunk of wholeChunksOf(bytes)) {
    end = chunk.end;
    hasPicture ||= ['VP8 ', 'VP8L', 'ANMF'].includes(chunk.type);
  }
  return { end, hasPicture };
}

function* wholeChunksOf(bytes: Uint8Array): Generator<{ type: string; end: number }> {
  for (let at = firstChunkAt; at + headLength <= bytes.length; ) {
    const length = readLength(bytes, at);
    if (at + headLength + length > bytes.length) return;
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    at += headLength + length + (length % 2);
    yield { type, end: at };
  }
}

/** The length in the head that begins at `at`; 0 where the bytes end before it. */
function readLength(bytes: Uint8Array, at: number): number {
  if (at + headLength > bytes.length) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + 4, true);
}
