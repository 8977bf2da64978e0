import { scaleQuad } from '../geometry.js';
import { MatScope } from '../mats.js';
import { callOpenCv } from '../opencv.js';
import { shrinkTo } from '../small-copy.js';
import type { Quad, RgbImage } from '../types.js';
import { minFill, quadsAroundContours, sobelGain } from './contours.js';

export interface BoldOutlineOptions {
  /** Long side of the picture that is searched, about, in pixels. */
  readonly side: number;
  /** Canny's thresholds, in levels of a step: low, high. */
  readonly thresholds: readonly [low: number, high: number];
}

/**
 * Quads around strong, closed outlines of a small copy: all that a plain photo needs. Luma alone costs half of what
 * colour does; colour finds a card as light as its table. In pixels of `image`.
 */
export function proposeFromBoldOutlines(
  image: RgbImage,
  view: 'luma' | 'colour',
  { side, thresholds: [low, high] }: BoldOutlineOptions,
): Quad[] {
  const channels = view === 'luma' ? 1 : 3;
  const { pixels, width, height, factor } = shrinkTo(image, side, channels);
  if (width < 8 || height < 8) return [];
  return callOpenCv((cv) => {
    using mats = new MatScope();
    const source = mats.from(pixels, height, width, channels);
    const edges = mats.empty();
    // the strongest of three channels is noisier than their mean
    if (view === 'colour') cv.GaussianBlur(source, source, { width: 3, height: 3 }, 0);
    cv.Canny(source, edges, sobelGain * low, sobelGain * high, 3, false);
    cv.dilate(edges, edges, mats.empty());
    return quadsAroundContours(cv, edges, minFill).map((quad) => scaleQuad(quad, factor));
  });
}
