import sharp from 'sharp';

/** A picture of nothing in particular: soft grey, no edge in it. */
export const blankJpeg = (width = 320, height = 240): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: 150, g: 150, b: 150 } } })
    .jpeg()
    .toBuffer();

export const base64 = (bytes: Buffer): string => bytes.toString('base64');
