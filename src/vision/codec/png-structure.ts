import { crc32 } from 'node:zlib';

interface Chunk {
  readonly type: string;
  /** Where it begins: length, type, data, checksum. */
  readonly at: number;
  /** Of its data, as declared. */
  readonly length: number;
  readonly isWhole: boolean;
}

const signatureLength = 8;
/** Length and type before the data. */
const headLength = 8;
const checksumLength = 4;
const longestData = 2 ** 31 - 1;

/**
 * The file with an end where it breaks off: a chunk of pixels that was cut ends where its bytes do, and a decoder then finds fault with
 * the file if pixels are missing, and only then.
 */
export function withPngEnd(bytes: Uint8Array): Uint8Array {
  const last = lastChunk(bytes);
  if (last === undefined || last.type === 'IEND') return bytes;
  const end = makeChunk('IEND', new Uint8Array(0));
  if (last.isWhole) return Buffer.concat([bytes.subarray(0, endOf(last)), end]);
  const before = bytes.subarray(0, last.at);
  if (last.type !== 'IDAT') return Buffer.concat([before, end]);
  const there = bytes.subarray(last.at + headLength, last.at + headLength + last.length);
  return Buffer.concat([before, makeChunk('IDAT', there), end]);
}

/** Whether the file breaks off before its last chunk. */
export function isPngCut(bytes: Uint8Array): boolean {
  return lastChunk(bytes)?.type !== 'IEND';
}

/** The first chunk needed for the pixels whose checksum is not that of its bytes. */
export function findBadChecksum(bytes: Uint8Array): Chunk | undefined {
  for (const chunk of chunksOf(bytes)) {
    if (chunk.isWhole && isCritical(chunk) && !hasGoodChecksum(bytes, chunk)) return chunk;
  }
  return undefined;
}

/** Of metadata that is compressed, as it lies in the file. */
export function countPackedBytes(bytes: Uint8Array): number {
  let packed = 0;
  for (const chunk of chunksOf(bytes)) if (isPacked(bytes, chunk)) packed += chunk.length;
  return packed;
}

/** An iTXt says so behind its keyword and a byte 0. */
function isPacked(bytes: Uint8Array, { type, at }: Chunk): boolean {
  if (type !== 'iTXt') return type === 'zTXt' || type === 'iCCP';
  return bytes[bytes.indexOf(0, at + headLength) + 1] === 1;
}

/** The standard's own mark: what a reader may not pass over begins with a capital letter. */
const isCritical = ({ type }: Chunk) => type < 'a';

function hasGoodChecksum(bytes: Uint8Array, chunk: Chunk): boolean {
  const checksumAt = endOf(chunk) - checksumLength;
  return crc32(bytes.subarray(chunk.at + 4, checksumAt)) === readUint32(bytes, checksumAt);
}

function lastChunk(bytes: Uint8Array): Chunk | undefined {
  let last: Chunk | undefined;
  for (const chunk of chunksOf(bytes)) last = chunk;
  return last;
}

/** Up to the end chunk, to where the file breaks off, or to what is no chunk. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  for (let at = signatureLength; at + headLength <= bytes.length; ) {
    const length = readUint32(bytes, at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + headLength));
    if (length > longestData || !/^[a-z]{4}$/i.test(type)) return;
    const chunk = { type, at, length, isWhole: at + headLength + length + checksumLength <= bytes.length };
    yield chunk;
    if (type === 'IEND' || !chunk.isWhole) return;
    at = endOf(chunk);
  }
}

const endOf = ({ at, length }: Chunk) => at + headLength + length + checksumLength;

function makeChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(headLength + data.length + checksumLength);
  chunk.writeUInt32BE(data.length);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, headLength);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -checksumLength)), headLength + data.length);
  return chunk;
}

const readUint32 = (bytes: Uint8Array, at: number) =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
