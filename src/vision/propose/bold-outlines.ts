import { scaleQuad } from '../geometry/plane.js';
import { findWideEdges } from '../kernels/canny.js';
import { type SmallCopy, shrinkTo } from '../kernels/shrink.js';
import { MatScope } from '../opencv/mats.js';
import { callOpenCv, type Mat, type OpenCv } from '../opencv/opencv.js';
import type { Quad, RgbImage } from '../types.js';
import { minFill, quadsAroundContours, sobelGain } from './contour-quads.js';

export interface BoldOutlineOptions {
  /** Long side of the picture that is searched, about, in pixels. */
  readonly side: number;
  /** Canny's thresholds, in levels of a step: low, high. */
  readonly thresholds: readonly [low: number, high: number];
}

/**
 * Quads around strong, closed outlines of a small copy: all that a plain photo needs. Luma alone costs a sixth of what
 * all three channels do; those find a card as light as its table. In pixels of `image`.
 */
export function proposeFromBoldOutlines(
  image: RgbImage,
  channels: 'luma' | 'rgb',
  { side, thresholds: [low, high] }: BoldOutlineOptions,
): Quad[] {
  const copy = shrinkTo(image, side, channels === 'luma' ? 1 : 3);
  if (copy.width < 8 || copy.height < 8) return [];
  return callOpenCv((cv) => {
    using mats = new MatScope();
    const thresholds = [sobelGain * low, sobelGain * high] as const;
    const edges =
      channels === 'luma' ? lumaEdges(mats, copy, thresholds) : rgbEdges(cv, mats, copy, thresholds);
    return quadsAroundContours(cv, edges, minFill).map((quad) => scaleQuad(quad, copy.factor));
  });
}

type Thresholds = readonly [low: number, high: number];

function lumaEdges(mats: MatScope, { pixels, width, height }: SmallCopy, thresholds: Thresholds): Mat {
  return mats.from(findWideEdges(pixels, width, height, thresholds), height, width, 1);
}

function rgbEdges(
  cv: OpenCv,
  mats: MatScope,
  { pixels, width, height }: SmallCopy,
  [low, high]: Thresholds,
): Mat {
  const source = mats.from(pixels, height, width, 3);
  const edges = mats.empty();
  // the strongest of three channels is noisier than their mean
  cv.GaussianBlur(source, source, { width: 3, height: 3 }, 0);
  cv.Canny(source, edges, low, high, 3, false);
  cv.dilate(edges, edges, mats.empty());
  return edges;
}
