import type { Point, RgbImage, Size } from '../types.js';

/** The EXIF tag 0x0112: how a stored image has to be turned to stand upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/**
 * For each orientation, where stored (x, y) lies in the upright image: the two axes swapped first, then each
 * counted from the far end. Orientation 6, the usual upright phone, swaps and counts x from the right.
 */
const turns: Record<Orientation, { swap: boolean; fromRight: boolean; fromBottom: boolean }> = {
  1: { swap: false, fromRight: false, fromBottom: false },
  2: { swap: false, fromRight: true, fromBottom: false },
  3: { swap: false, fromRight: true, fromBottom: true },
  4: { swap: false, fromRight: false, fromBottom: true },
  5: { swap: true, fromRight: false, fromBottom: false },
  6: { swap: true, fromRight: true, fromBottom: false },
  7: { swap: true, fromRight: true, fromBottom: true },
  8: { swap: true, fromRight: false, fromBottom: true },
};

/** Values outside 1 to 8 and a missing tag mean "as stored", as every viewer takes them. */
export function parseOrientation(tag: number | undefined): Orientation {
  return tag !== undefined && tag in turns ? (tag as Orientation) : 1;
}

export function uprightSize({ width, height }: Size, orientation: Orientation): Size {
  return turns[orientation].swap ? { width: height, height: width } : { width, height };
}

/** The stored position of a point of the upright image. `stored` is the stored size; pixel centres lie at integers. */
export function toStored([x, y]: Point, stored: Size, orientation: Orientation): Point {
  const { swap, fromRight, fromBottom } = turns[orientation];
  const upright = uprightSize(stored, orientation);
  const across = fromRight ? upright.width - 1 - x : x;
  const down = fromBottom ? upright.height - 1 - y : y;
  return swap ? [down, across] : [across, down];
}

/** A copy of a stored image, turned upright; the image itself where nothing has to be turned. */
export function turnUpright(image: RgbImage, orientation: Orientation): RgbImage {
  if (orientation === 1) return image;
  const { width, height } = uprightSize(image, orientation);
  const data = new Uint8Array(width * height * 3);
  const offset = ([x, y]: Point) => (y * image.width + x) * 3;
  // The map is a turn, so one step to the right or down is the same step in the stored image everywhere.
  const start = offset(toStored([0, 0], image, orientation));
  const right = offset(toStored([1, 0], image, orientation)) - start;
  const down = offset(toStored([0, 1], image, orientation)) - start;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = start + y * down; x < width; x++, from += right, to += 3) {
      data[to] = image.data[from]!;
      data[to + 1] = image.data[from + 1]!;
      data[to + 2] = image.data[from + 2]!;
    }
  }
  return { data, width, height };
}
