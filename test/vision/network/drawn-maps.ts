import { lineThrough } from '../../../src/vision/geometry/plane.js';
import { type DocumentMaps, sumMask } from '../../../src/vision/network/document-maps.js';
import type { Quad } from '../../../src/vision/types.js';

export interface DrawnMaps {
  readonly width?: number;
  readonly height?: number;
  readonly scale?: readonly [number, number];
  /** Of the mask's edge and of the border, in pixels of the map. */
  readonly blur?: number;
  /** Changes the mask of a pixel, as a finger or noise does. */
  readonly disturb?: (mask: number, x: number, y: number) => number;
}

/** What a network would say that knows where the document lies; `quad` in pixels of the maps. */
export function drawMaps(
  quad: Quad,
  { width = 128, height = 96, scale = [8, 8], blur = 1, disturb = (mask) => mask }: DrawnMaps = {},
): DocumentMaps {
  const lines = quad.map((corner, side) => lineThrough(corner, quad[(side + 1) % 4]!)!);
  const mask = new Float32Array(width * height);
  const border = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const depth = Math.min(...lines.map(({ nx, ny, offset }) => nx * x + ny * y - offset));
      mask[i] = disturb(1 / (1 + Math.exp((-2.5 * depth) / blur)), x, y);
      border[i] = 0.9 * Math.exp(-((depth / (1.3 * blur)) ** 2));
    }
  }
  return {
    width,
    height,
    scale,
    origin: [0, 0],
    mask,
    border,
    presence: 0.9,
    ...sumMask({ mask, width, height }),
  };
}
