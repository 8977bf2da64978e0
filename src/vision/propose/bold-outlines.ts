import { scaleQuad } from '../geometry/plane.js';
import { findWideEdges } from '../kernels/canny.js';
import { shrinkToLuma } from '../kernels/shrink.js';
import { MatScope } from '../opencv/mats.js';
import { callOpenCv } from '../opencv/opencv.js';
import type { Quad, RgbImage } from '../types.js';
import { minFill, quadsAroundContours, sobelGain } from './contour-quads.js';

export interface BoldOutlineOptions {
  /** Long side of the picture that is searched, about, in pixels. */
  readonly side: number;
  /** Canny's thresholds, in levels of a step: low, high. */
  readonly thresholds: readonly [low: number, high: number];
}

/**
 * Quads around strong, closed outlines of a small copy in luma: all that a plain photo needs. In pixels of `image`.
 */
export function proposeFromBoldOutlines(
  image: RgbImage,
  { side, thresholds: [low, high] }: BoldOutlineOptions,
): Quad[] {
  const { pixels, width, height, factor } = shrinkToLuma(image, side);
  if (width < 8 || height < 8) return [];
  return callOpenCv((cv) => {
    using mats = new MatScope();
    const [edges] = findWideEdges([pixels], width, height, [[sobelGain * low, sobelGain * high]]);
    return quadsAroundContours(cv, mats.from(edges!, height, width, 1), minFill).map((quad) =>
      scaleQuad(quad, factor),
    );
  });
}
