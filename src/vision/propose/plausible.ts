import { cornerCosine, isConvexClockwise, sideLengths, signedArea } from '../geometry/plane.js';
import type { Quad, Size } from '../types.js';

/**
 * Shape and place of what can be a card in a photo: convex, not tiny, corners not far outside the frame. All 453 true quads of the tuning
 * photos and of seed 103 lie well within: area 0.054 to 0.92, sides from 0.139, corners 0.053 outside, proportion 3.0, cosine 0.60. With
 * 0.03, 0.1, 0.06, 4 and 0.7 (in the order below, `maxArea` as it is) mean IoU on the hard scenes of seed 301 falls from 0.856 to 0.839; with
 * 0.008, 0.04, 0.12, 8 and 0.9 nothing changes.
 */
const limits = {
  /** Shares of the frame's area. */
  minArea: 0.015,
  maxArea: 1.1,
  /** Shares of the frame's long side. */
  minSide: 0.06,
  outside: 0.08,
  /** Longest side over shortest. */
  maxProportion: 6,
  /** Angles from 35 to 145 degrees. */
  cornerCosine: 0.82,
} as const;

/** What no card in a photo looks like is not worth scoring. `quad` in pixels of a picture of this size. */
export function isPlausible(quad: Quad, { width, height }: Size): boolean {
  const longSide = Math.max(width, height);
  const slack = limits.outside * longSide;
  const area = signedArea(quad) / (width * height);
  const sides = sideLengths(quad);
  return (
    isConvexClockwise(quad) &&
    area >= limits.minArea &&
    area <= limits.maxArea &&
    Math.min(...sides) >= limits.minSide * longSide &&
    Math.max(...sides) <= limits.maxProportion * Math.min(...sides) &&
    quad.every(([x, y]) => x > -slack && y > -slack && x < width + slack && y < height + slack) &&
    quad.every((_, index) => Math.abs(cornerCosine(quad, index)) < limits.cornerCosine)
  );
}
