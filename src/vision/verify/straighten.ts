import { type Homography, homography } from '../geometry/perspective.js';
import { fillOutside } from '../kernels/fill-outside.js';
import { warp } from '../kernels/warp.js';
import type { Quad, RgbImage, Size } from '../types.js';

/** What the verifier is shown, in pixels; the quad fills the middle, and around it lie its surroundings. */
export const shown: Size = { width: 128, height: 96 };
export const inner: Size = { width: 88, height: 64 };
/** Sampled at twice the size and halved: what is printed on a card must not turn into specks. */
const fine: Size = { width: 2 * shown.width, height: 2 * shown.height };
/** Beyond the outer edges of the frame's pixels. */
const grey = { tolerance: 0.5, level: 128 } as const;
// One for each thread, for no longer than a call: a new one for each quad would be much garbage.
const scratch = new Uint8Array(3 * fine.width * fine.height);
const innerFine: Quad = middleOf(fine, { width: 2 * inner.width, height: 2 * inner.height });

/**
 * Lays the quad straight; its first side is at the top.
 *
 * @param quad in pixels of `image`
 * @returns red, green and blue plane of `shown`, in units of `inputUnit`: grey is 0, black -8192 and white almost 8192; 0 outside the frame. Null where no camera sees a rectangle like that
 */
export function straighten(image: RgbImage, quad: Quad): Int16Array | null {
  const map = homography(innerFine, quad);
  if (map === null || !map.every(Number.isFinite)) return null;
  const picture = warp(image, map, fine, scratch);
  if (!isWhollyInside(map, image)) fillOutside(picture, map, image, grey);
  return halve(picture);
}

function middleOf({ width, height }: Size, { width: innerWidth, height: innerHeight }: Size): Quad {
  const left = (width - innerWidth) / 2 - 0.5;
  const top = (height - innerHeight) / 2 - 0.5;
  return [
    [left, top],
    [left + innerWidth, top],
    [left + innerWidth, top + innerHeight],
    [left, top + innerHeight],
  ];
}

/** Whether `map` leads into the frame everywhere: what lies between four points of the frame lies in it. */
function isWhollyInside([a, b, c, d, e, f, g, h, i]: Homography, frame: Size): boolean {
  const [right, bottom] = [fine.width - 1, fine.height - 1];
  return [
    [0, 0],
    [right, 0],
    [right, bottom],
    [0, bottom],
  ].every(([x, y]) => {
    const w = g * x! + h * y! + i;
    const u = a * x! + b * y! + c;
    const v = d * x! + e * y! + f;
    return w > 0 && u >= 0 && v >= 0 && u <= (frame.width - 1) * w && v <= (frame.height - 1) * w;
  });
}

/** The means of 2 × 2 pixels, as planes. */
function halve({ data, width }: RgbImage): Int16Array {
  const plane = shown.width * shown.height;
  const planes = new Int16Array(3 * plane);
  const row = 3 * width;
  const meanOf = (at: number) =>
    (data[at]! + data[at + 3]! + data[at + row]! + data[at + row + 3]! - 512) * 16;
  for (let y = 0, to = 0; y < shown.height; y++) {
    for (let x = 0, from = 2 * y * row; x < shown.width; x++, from += 6, to++) {
      planes[to] = meanOf(from);
      planes[to + plane] = meanOf(from + 1);
      planes[to + 2 * plane] = meanOf(from + 2);
    }
  }
  return planes;
}
