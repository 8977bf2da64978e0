import { resizeByArea } from '../kernels/area.js';
import type { RgbImage } from '../types.js';
import { inputStep } from './layered-network.js';

/** The sizes that the network was trained on: 128 × 96 of the map tell a side to about a hundredth of the picture. */
export const longSide = 256;
const leastSide = 96;

/** The size at which the network looks at a picture of that size: the nearest of its own to the same proportion. */
export function inputSize(width: number, height: number): { width: number; height: number } {
  const factor = longSide / Math.max(width, height);
  const nearest = (side: number): number =>
    Math.max(leastSide, Math.round((side * factor) / inputStep) * inputStep);
  return { width: nearest(width), height: nearest(height) };
}

/** The picture at the network's size, stretched to fill it. */
export function toNetworkInput(image: RgbImage): RgbImage {
  const { width, height } = inputSize(image.width, image.height);
  return resizeByArea(image, width, height);
}
