/** A JPEG with one more segment behind its start. */
export function withSegment(jpeg: Buffer, marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, payload, jpeg.subarray(2)]);
}

export const indexOfFrame = (jpeg: Buffer): number =>
  Math.min(...[0xc0, 0xc1, 0xc2].map((sof) => jpeg.indexOf(Buffer.from([0xff, sof]))).filter((at) => at > 0));

export const indexOfScan = (jpeg: Buffer): number => jpeg.indexOf(Buffer.from([0xff, 0xda]));

/** The size that the frame header claims. */
export function withSize(jpeg: Buffer, width: number, height: number): Buffer {
  const at = indexOfFrame(jpeg);
  jpeg.writeUInt16BE(height, at + 5);
  jpeg.writeUInt16BE(width, at + 7);
  return jpeg;
}

interface ExifOptions {
  readonly order?: 'II' | 'MM';
  /** 3: SHORT, as the standard has it; 4: LONG, as some write it. */
  readonly type?: 3 | 4;
  /** Where the first directory is said to be. */
  readonly directoryAt?: number;
  readonly thumbnail?: Buffer;
}

/** The payload of an APP1 segment that says how the photo is to be turned, with a thumbnail if need be. */
export function exif(orientation: number, options: ExifOptions = {}): Buffer {
  const { order = 'II', type = 3, directoryAt = 8, thumbnail = Buffer.alloc(0) } = options;
  const little = order === 'II';
  const tiff = Buffer.alloc(64);
  const u16 = (value: number, at: number) =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  const entry = (at: number, tag: number, format: number, value: number) => {
    u16(tag, at);
    u16(format, at + 2);
    u32(1, at + 4);
    if (format === 3) u16(value, at + 8);
    else u32(value, at + 8);
  };
  tiff.write(order, 0, 'latin1');
  u16(42, 2);
  u32(directoryAt, 4);
  u16(1, 8);
  entry(10, 0x0112, type, orientation);
  u32(thumbnail.length > 0 ? 26 : 0, 22);
  u16(2, 26);
  entry(28, 0x0201, 4, tiff.length);
  entry(40, 0x0202, 4, thumbnail.length);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, thumbnail]);
}

/** An ICC profile of three primaries and a gamma of 2.2: Adobe RGB (1998), whose figures these are, adapted to D50. */
export function adobeRgbProfile(): Buffer {
  const fixed = (...values: number[]) => {
    const bytes = Buffer.alloc(8 + 4 * values.length);
    bytes.write('XYZ ', 0, 'latin1');
    values.forEach((value, i) => {
      bytes.writeInt32BE(Math.round(value * 65_536), 8 + 4 * i);
    });
    return bytes;
  };
  const curve = Buffer.from('63757276000000000000000102330000', 'hex');
  const text = Buffer.concat([Buffer.from('text\0\0\0\0Public domain\0', 'latin1'), Buffer.alloc(2)]);
  const name = Buffer.alloc(112);
  name.write('desc', 0, 'latin1');
  name.writeUInt32BE(6, 8);
  name.write('Adobe\0', 12, 'latin1');
  const tags: [string, Buffer][] = [
    ['desc', name],
    ['cprt', text],
    ['wtpt', fixed(0.9642, 1, 0.8249)],
    ['rXYZ', fixed(0.60974, 0.31111, 0.01947)],
    ['gXYZ', fixed(0.20528, 0.62567, 0.06087)],
    ['bXYZ', fixed(0.14919, 0.06322, 0.74457)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  let at = 128 + table.length;
  tags.forEach(([tag, data], i) => {
    table.write(tag, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(at, 8 + 12 * i);
    table.writeUInt32BE(data.length, 12 + 12 * i);
    at += data.length;
  });
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  fixed(0.9642, 1, 0.8249).copy(header, 68, 8);
  return Buffer.concat([header, table, ...tags.map(([, data]) => data)]);
}

export const iccSegment = (profile: Buffer): Buffer =>
  Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), profile]);
