import { crc32 } from 'node:zlib';

/** A progressive JPEG whose last scan, of which no more than the header need be there, comes so many times more. */
export function manyScans(jpeg: Buffer, times: number): Buffer {
  const at = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]));
  const scan = jpeg.subarray(at, -2);
  return Buffer.concat([jpeg.subarray(0, -2), ...Array(times).fill(scan), jpeg.subarray(-2)]);
}

/** A progressive JPEG whose first scan comes so many times more, with all its data: each takes three times as long. */
export function manyFullScans(jpeg: Buffer, times: number): Buffer {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const end = jpeg.indexOf(Buffer.from([0xff, 0xc4]), at); // the table of the next scan
  return Buffer.concat([
    jpeg.subarray(0, end),
    ...Array(times).fill(jpeg.subarray(at, end)),
    jpeg.subarray(end),
  ]);
}

/** An animated WebP whose first frame comes so many times more. */
export function manyFrames(webp: Buffer, times: number): Buffer {
  const at = webp.indexOf('ANMF');
  const frame = webp.subarray(at, at + 8 + webp.readUInt32LE(at + 4));
  const bytes = Buffer.concat([webp, ...Array(times).fill(frame)]);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  return bytes;
}

/** A PNG with so many chunks of a kind behind its header. */
export function withChunks(png: Buffer, type: string, data: Buffer, times: number): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), 8 + data.length);
  const headerEnd = 33;
  return Buffer.concat([png.subarray(0, headerEnd), ...Array(times).fill(chunk), png.subarray(headerEnd)]);
}
