import { clockwise, frameQuad } from '../src/vision/geometry/plane.js';
import { clipPolygon, intersectionOverUnion } from '../src/vision/geometry/polygon.js';
import type { Quad, Size } from '../src/vision/types.js';

/** Intersection over union of what the frame shows of both; the truth's corners may run either way. */
export function overlapInFrame(truth: Quad, answer: Quad, frame: Size): number {
  const edge = frameQuad(frame);
  return intersectionOverUnion(clipPolygon(clockwise(truth), edge), clipPolygon(answer, edge));
}
