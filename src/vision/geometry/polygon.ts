import type { Point } from '../types.js';
import { signedArea } from './plane.js';

/** Monotone chain; clockwise as seen. */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  const upper = halfHull(sorted);
  const lower = halfHull(sorted.reverse());
  return [...upper.slice(0, -1), ...lower.slice(0, -1)];
}

function halfHull(sorted: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of sorted) {
    while (hull.length >= 2 && cross(hull[hull.length - 2]!, hull[hull.length - 1]!, point) <= 0) hull.pop();
    hull.push(point);
  }
  return hull;
}

function cross(origin: Point, a: Point, b: Point): number {
  return (a[0] - origin[0]) * (b[1] - origin[1]) - (a[1] - origin[1]) * (b[0] - origin[0]);
}

/** The part of a polygon inside a convex clockwise polygon (Sutherland and Hodgman 1974). */
export function clipPolygon(subject: readonly Point[], clip: readonly Point[]): Point[] {
  let output = [...subject];
  clip.forEach((from, index) => {
    output = clipByEdge(output, from, clip[(index + 1) % clip.length]!);
  });
  return output;
}

function clipByEdge(polygon: readonly Point[], from: Point, to: Point): Point[] {
  const output: Point[] = [];
  polygon.forEach((point, index) => {
    const previous = polygon[(index + polygon.length - 1) % polygon.length]!;
    const side = cross(from, to, point);
    const sideBefore = cross(from, to, previous);
    if (side >= 0 !== sideBefore >= 0)
      output.push(between(previous, point, sideBefore / (sideBefore - side)));
    if (side >= 0) output.push(point);
  });
  return output;
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** Whether two convex clockwise polygons overlap by at least so much, as intersection over union. */
export function overlapBy(a: readonly Point[], b: readonly Point[], least: number): boolean {
  const areas = [Math.abs(signedArea(a)), Math.abs(signedArea(b))] as const;
  if (Math.min(...areas) < least * Math.max(...areas)) return false; // the smaller within the larger is no more
  return intersectionOverUnion(a, b) >= least;
}

/** Intersection over union of two convex clockwise polygons, 0 to 1. */
export function intersectionOverUnion(a: readonly Point[], b: readonly Point[]): number {
  const common = Math.abs(signedArea(clipPolygon(a, b)));
  const union = Math.abs(signedArea(a)) + Math.abs(signedArea(b)) - common;
  return union > 0 ? common / union : 0;
}
