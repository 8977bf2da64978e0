import type { Random } from '../src/random.js';
import { mapQuad } from '../src/vision/geometry/plane.js';
import type { Point, Quad, RgbImage } from '../src/vision/types.js';

/** A picture and where its document lies, clockwise. */
export interface Marked {
  readonly image: RgbImage;
  readonly quad: Quad | null;
}

/** The same turned by a multiple of 90°, in half of the cases mirrored, in one of six in grey: what is right does not change. */
export function vary({ image, quad }: Marked, random: Random): Marked {
  const turns = random.int(0, 3);
  const isMirrored = random.chance(0.5);
  const toVaried = (point: Point): Point => moved(point, image, turns, isMirrored);
  const varied = movePixels(image, turns % 2 === 1, toVaried);
  const corners = quad && mapQuad(quad, toVaried);
  return {
    image: random.chance(1 / 6) ? inGrey(varied) : varied,
    quad: corners && isMirrored ? reversed(corners) : corners,
  };
}

function moved([x, y]: Point, { width, height }: RgbImage, turns: number, isMirrored: boolean): Point {
  const from: Point = isMirrored ? [width - 1 - x, y] : [x, y];
  switch (turns) {
    case 1:
      return [height - 1 - from[1], from[0]];
    case 2:
      return [width - 1 - from[0], height - 1 - from[1]];
    case 3:
      return [from[1], width - 1 - from[0]];
    default:
      return from;
  }
}

function movePixels(image: RgbImage, isOnItsSide: boolean, move: (point: Point) => Point): RgbImage {
  const [width, height] = isOnItsSide ? [image.height, image.width] : [image.width, image.height];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, from = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, from += 3) {
      const [toX, toY] = move([x, y]);
      data.set(image.data.subarray(from, from + 3), (toY * width + toX) * 3);
    }
  }
  return { data, width, height };
}

/** ITU-R BT.601, as JPEG has it. */
function inGrey({ data, width, height }: RgbImage): RgbImage {
  const grey = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 3) {
    const level = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    grey.fill(Math.round(level), at, at + 3);
  }
  return { data: grey, width, height };
}

function reversed([a, b, c, d]: Quad): Quad {
  return [a, d, c, b];
}
