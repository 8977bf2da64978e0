import { cornerCosine, distance, isConvexClockwise, signedArea } from '../geometry/plane.js';
import { plausibility as limits } from '../tuning.js';
import type { Quad } from '../types.js';

/** What no card in a photo looks like is not worth scoring. `quad` in pixels of a picture of that size. */
export function isPlausible(quad: Quad, width: number, height: number): boolean {
  const longSide = Math.max(width, height);
  const slack = limits.outside * longSide;
  const area = signedArea(quad) / (width * height);
  const sides = quad.map((corner, index) => distance(corner, quad[(index + 1) % 4]!));
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
