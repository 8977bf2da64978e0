import { crc32 } from 'node:zlib';

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

export function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data });
  }
  return chunks;
}

export function makePng(chunks: readonly Chunk[]): Buffer {
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks.map(makeChunk)]);
}

function makeChunk({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** The first chunk of a type with another checksum. */
export function spoilChecksum(png: Buffer, type: string): Buffer {
  const at = png.indexOf(type, 8, 'latin1');
  png[at + 4 + png.readUInt32BE(at - 4)]! ^= 0x55;
  return png;
}

export const withChunk = (png: Buffer, type: string, data: Buffer): Buffer => {
  const [header, ...others] = chunksOf(png);
  return makePng([header!, { type, data }, ...others]);
};

export const joinedPixels = (png: Buffer): Buffer =>
  Buffer.concat(
    chunksOf(png)
      .filter(({ type }) => type === 'IDAT')
      .map(({ data }) => data),
  );

/** The coded pixels in chunks of so many bytes. */
export function split(png: Buffer, bytes: number): Buffer {
  const pixels = joinedPixels(png);
  const parts = Array.from({ length: Math.ceil(pixels.length / bytes) }, (_, i) => ({
    type: 'IDAT',
    data: pixels.subarray(i * bytes, (i + 1) * bytes),
  }));
  const chunks = chunksOf(png);
  const at = chunks.findIndex(({ type }) => type === 'IDAT');
  return makePng([
    ...chunks.slice(0, at),
    ...parts,
    ...chunks.slice(at).filter(({ type }) => type !== 'IDAT'),
  ]);
}

/** An APNG: the picture itself, and another frame behind it. */
export function animated(png: Buffer): Buffer {
  const [header, ...others] = chunksOf(png);
  const size = header!.data.subarray(0, 8);
  const control = (sequence: number) => {
    const data = Buffer.alloc(26);
    data.writeUInt32BE(sequence);
    size.copy(data, 4);
    data.writeUInt16BE(1, 20);
    data.writeUInt16BE(10, 22);
    return { type: 'fcTL', data };
  };
  const frames = Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]);
  const second = Buffer.concat([Buffer.from([0, 0, 0, 2]), joinedPixels(png)]);
  return makePng([
    header!,
    { type: 'acTL', data: frames },
    control(0),
    ...others.filter(({ type }) => type !== 'IEND'),
    control(1),
    { type: 'fdAT', data: second },
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
}
