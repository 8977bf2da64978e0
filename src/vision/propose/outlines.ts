import { scaleQuad } from '../geometry/plane.js';
import { findWideEdges } from '../kernels/canny.js';
import { MatScope } from '../opencv/mats.js';
import { callOpenCv } from '../opencv/opencv.js';
import { type OpponentImage, toChannels } from '../view/opponent-image.js';
import type { ViewQuad } from '../view/search-view.js';
import { minFill, quadsAroundContours, sobelGain } from './contour-quads.js';

export interface ContourOptions {
  /** Canny's thresholds, in levels of a step: low, high. */
  readonly thresholds: readonly (readonly [low: number, high: number])[];
  /** Work at half the size of the picture. */
  readonly half: boolean;
}

/**
 * Quads around closed or nearly closed outlines: Canny's edges over all three channels, widened to close gaps, and the contours of
 * what they form. In pixels of `image`.
 */
export function proposeFromContours(image: OpponentImage, options: ContourOptions): ViewQuad[] {
  const { channels, width, height } = toChannels(image, options.half);
  if (width < 8 || height < 8) return [];
  const thresholds = options.thresholds.map(([low, high]) => [sobelGain * low, sobelGain * high] as const);
  const outlines = findWideEdges(channels, width, height, thresholds);
  return callOpenCv((cv) => {
    using mats = new MatScope();
    const quads = outlines.flatMap((edges) =>
      quadsAroundContours(cv, mats.from(edges, height, width, 1), minFill),
    );
    return quads.map((quad) => scaleQuad(quad, image.width / width, image.height / height) as ViewQuad);
  });
}
