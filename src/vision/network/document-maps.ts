import { scaleQuad } from '../geometry/plane.js';
import type { Quad, RgbImage } from '../types.js';
import type { Network, NetworkMaps } from './network.js';
import { toNetworkInput } from './network-input.js';

/** What the network says of an image. */
export interface DocumentMaps extends NetworkMaps {
  /** Pixels of the image per pixel of the maps, across and down. */
  readonly scale: readonly [x: number, y: number];
}

export function mapDocument(network: Network, image: RgbImage): DocumentMaps {
  const maps = network.run(toNetworkInput(image));
  return { ...maps, scale: [image.width / maps.width, image.height / maps.height] };
}

/** From pixels of the image to pixels of the maps. */
export function toMapPixels({ scale: [x, y] }: DocumentMaps, quad: Quad): Quad {
  return scaleQuad(quad, 1 / x, 1 / y);
}

export function toImagePixels({ scale: [x, y] }: DocumentMaps, quad: Quad): Quad {
  return scaleQuad(quad, x, y);
}

/** A map's value between its pixels; at most half a pixel outside the frame the rim's own, `NaN` beyond. */
export function readMap(map: Float32Array, { width, height }: NetworkMaps, x: number, y: number): number {
  if (!(x >= -0.5 && y >= -0.5 && x <= width - 0.5 && y <= height - 0.5)) return Number.NaN;
  const inX = Math.min(width - 1, Math.max(0, x));
  const inY = Math.min(height - 1, Math.max(0, y));
  const left = Math.min(width - 2, Math.floor(inX));
  const top = Math.min(height - 2, Math.floor(inY));
  const [fx, fy] = [inX - left, inY - top];
  const at = top * width + left;
  const above = map[at]! + (map[at + 1]! - map[at]!) * fx;
  const below = map[at + width]! + (map[at + width + 1]! - map[at + width]!) * fx;
  return above + (below - above) * fy;
}
