import { mapQuad, scaleQuad } from '../geometry/plane.js';
import { cutOut } from '../kernels/cut-out.js';
import type { Point, Quad, Region, RgbImage, Size } from '../types.js';
import type { Network, NetworkMaps } from './network.js';
import { longSide, toNetworkInput } from './network-input.js';

/** What the network says of an image, or of a part of one. */
export interface DocumentMaps extends NetworkMaps {
  /** Pixels of the image per pixel of the maps, across and down. */
  readonly scale: readonly [x: number, y: number];
  /** The image's pixel at which the part begins; [0, 0] where the maps are of the whole image. */
  readonly origin: Point;
  /** Of each row of the mask, the sum of what lies left of each pixel, and of all: one more than its pixels. */
  readonly maskSums: Float64Array;
  /** Pixels of the mask, each counted by its probability. */
  readonly maskArea: number;
}

/** Of a closer look: how much it shows around the document, as a share of the document's long side. */
const margin = 0.25;
/** A part that is larger than this share of the image shows nothing that the whole has not shown. */
const largestPart = 0.7;

export function mapDocument(network: Network, image: RgbImage): DocumentMaps {
  return mapPart(network, image, { left: 0, top: 0, width: image.width, height: image.height });
}

/**
 * Looks at the surroundings of a quad alone, which the network then sees at more pixels.
 *
 * @param quad in pixels of the image, as are the maps' coordinates
 * @returns null where it fills so much of the image that no closer look is possible
 */
export function mapCloser(network: Network, image: RgbImage, quad: Quad): DocumentMaps | null {
  const part = surroundings(image, quad);
  return part.width * part.height > largestPart * image.width * image.height
    ? null
    : mapPart(network, image, part);
}

function mapPart(network: Network, image: RgbImage, part: Region): DocumentMaps {
  const maps = network.run(toNetworkInput(cutOut(image, part)));
  const scale = [part.width / maps.width, part.height / maps.height] as const;
  return { ...maps, scale, origin: [part.left, part.top], ...sumMask(maps) };
}

export function sumMask({ mask, width, height }: Pick<NetworkMaps, 'mask' | 'width' | 'height'>) {
  const maskSums = new Float64Array((width + 1) * height);
  let maskArea = 0;
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0; x < width; x++) {
      sum += mask[from++]!;
      maskSums[++to] = sum;
    }
    to++;
    maskArea += sum;
  }
  return { maskSums, maskArea };
}

function surroundings({ width, height }: Size, quad: Quad): Region {
  const xs = quad.map(([x]) => x);
  const ys = quad.map(([, y]) => y);
  const size = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  // the network's own number of pixels at least: fewer would be blown up
  const slack = Math.max(margin * size, (longSide - size) / 2);
  const left = Math.max(0, Math.floor(Math.min(...xs) - slack));
  const top = Math.max(0, Math.floor(Math.min(...ys) - slack));
  const right = Math.min(width, Math.ceil(Math.max(...xs) + slack));
  const bottom = Math.min(height, Math.ceil(Math.max(...ys) + slack));
  return { left, top, width: right - left, height: bottom - top };
}

/** From pixels of the image to pixels of the maps. */
export function toMapPixels({ scale, origin }: DocumentMaps, quad: Quad): Quad {
  const inPart = mapQuad(quad, ([x, y]) => [x - origin[0], y - origin[1]]);
  return scaleQuad(inPart, 1 / scale[0], 1 / scale[1]);
}

export function toImagePixels({ scale, origin }: DocumentMaps, quad: Quad): Quad {
  return mapQuad(scaleQuad(quad, ...scale), ([x, y]) => [x + origin[0], y + origin[1]]);
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
