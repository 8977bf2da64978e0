import { homography, project } from '../vision/geometry/perspective.js';
import type { Quad, RgbImage } from '../vision/types.js';
import type { Scene } from './render.js';

/**
 * The card of a scene as an ideal cropper would return it: through its true corners, upright as seen, in the card's own
 * proportion. `longSide` in pixels. Null without a card.
 */
export function flattenCard({ image, card }: Scene, longSide: number): RgbImage | null {
  if (card === null) return null;
  const scale = longSide / Math.max(card.width, card.height);
  return warp(image, card.corners, Math.round(card.width * scale), Math.round(card.height * scale));
}

/** Samples per output pixel and direction; each is a bilinear mean already. */
const samples = 2;

function warp(image: RgbImage, corners: Quad, width: number, height: number): RgbImage {
  const outline: Quad = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  const map = homography(outline, corners)!;
  const data = new Uint8Array(width * height * 3);
  const sum = new Float64Array(3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      sum.fill(0);
      for (let i = 0; i < samples * samples; i++) {
        const u = x + ((i % samples) + 0.5) / samples;
        const v = y + (Math.floor(i / samples) + 0.5) / samples;
        addSample(sum, image, project(map, [u, v]));
      }
      for (let channel = 0; channel < 3; channel++)
        data[(y * width + x) * 3 + channel] = sum[channel]! / (samples * samples) + 0.5;
    }
  return { data, width, height };
}

/** Adds the bilinear mean of the four pixels around a point; beyond the frame the frame's last pixels go on. */
function addSample(
  sum: Float64Array,
  { data, width, height }: RgbImage,
  [x, y]: readonly [number, number],
): void {
  const u = Math.min(width - 1, Math.max(0, x));
  const v = Math.min(height - 1, Math.max(0, y));
  const column = Math.min(width - 2, Math.floor(u));
  const row = Math.min(height - 2, Math.floor(v));
  const fx = u - column;
  const fy = v - row;
  const above = (row * width + column) * 3;
  const below = above + width * 3;
  for (let channel = 0; channel < 3; channel++) {
    const top = data[above + channel]! * (1 - fx) + data[above + 3 + channel]! * fx;
    const bottom = data[below + channel]! * (1 - fx) + data[below + 3 + channel]! * fx;
    sum[channel]! += top * (1 - fy) + bottom * fy;
  }
}
