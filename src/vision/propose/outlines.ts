import { scaleQuad } from '../geometry/plane.js';
import { MatScope } from '../opencv/mats.js';
import { callOpenCv } from '../opencv/opencv.js';
import type { Quad } from '../types.js';
import { type OpponentImage, toBytes } from '../view/opponent-image.js';
import type { ViewQuad } from '../view/search-view.js';
import { minFill, quadsAroundContours, sobelGain } from './contour-quads.js';

export interface ContourOptions {
  /** Canny's thresholds, in levels of a step: low, high. */
  readonly thresholds: readonly (readonly [low: number, high: number])[];
  /** Work at half the size of the picture. */
  readonly half: boolean;
}

/**
 * Quads around closed or nearly closed outlines: Canny's edges over all three planes (OpenCV takes the strongest per
 * pixel), widened to close gaps, and the contours of what they form. In pixels of `image`.
 */
export function proposeFromContours(image: OpponentImage, options: ContourOptions): ViewQuad[] {
  const { pixels, width, height } = toBytes(image, options.half);
  if (width < 8 || height < 8) return [];
  return callOpenCv((cv) => {
    using mats = new MatScope();
    const source = mats.from(pixels, height, width, 3);
    const edges = mats.empty();
    const quads: Quad[] = [];
    for (const [low, high] of options.thresholds) {
      cv.Canny(source, edges, sobelGain * low, sobelGain * high, 3, false);
      cv.dilate(edges, edges, mats.empty());
      quads.push(...quadsAroundContours(cv, edges, minFill));
    }
    return quads.map((quad) => scaleQuad(quad, image.width / width, image.height / height) as ViewQuad);
  });
}
