import { createHash } from 'node:crypto';
import sharp from 'sharp';

/** Small enough that a pixel more or less at an edge does not count, large enough for photo and print to lie apart. */
const grid = { width: 64, height: 64 } as const;

const turns = [0, 90, 180, 270] as const;

async function greys(picture: Uint8Array, turn = 0): Promise<Buffer> {
  return sharp(picture)
    .rotate(turn)
    .resize({ ...grid, fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer();
}

const apart = (a: Buffer, b: Buffer) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

/**
 * What a returned card is beside the ideal crop of its photo, in numbers alone.
 *
 * @throws Error where it is no picture
 */
export async function compareCrop(picture: Uint8Array, ideal: Uint8Array) {
  const { format, width, height } = await sharp(picture).metadata();
  const wanted = await greys(ideal);
  const differences = await Promise.all(turns.map(async (turn) => apart(await greys(picture, turn), wanted)));
  const difference = Math.min(...differences);
  const { width: idealWidth, height: idealHeight } = await sharp(ideal).metadata();
  return {
    format: String(format),
    width,
    height,
    bytes: picture.length,
    sha256: createHash('sha256').update(picture).digest('hex'),
    turn: turns[differences.indexOf(difference)]!,
    difference: Math.round(difference * 10) / 10,
    ideal: { width: idealWidth, height: idealHeight },
  };
}
