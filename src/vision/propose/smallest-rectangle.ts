import { distance, lineThrough } from '../geometry/plane.js';
import { convexHull } from '../geometry/polygon.js';
import type { Point, Quad } from '../types.js';

/** The rectangle of the least area around points, clockwise: one of its sides lies on a side of their hull. `null` for a line. */
export function smallestRectangle(points: readonly Point[]): Quad | null {
  const hull = convexHull(points);
  let smallest: { quad: Quad; area: number } | null = null;
  for (let i = 0; i < hull.length; i++) {
    const quad = rectangleAlong(hull[i]!, hull[(i + 1) % hull.length]!, hull);
    const area = quad ? distance(quad[0], quad[1]) * distance(quad[1], quad[2]) : 0;
    if (quad && area > 0 && !(smallest && smallest.area <= area)) smallest = { quad, area };
  }
  return smallest?.quad ?? null;
}

function rectangleAlong(from: Point, to: Point, hull: readonly Point[]): Quad | null {
  const line = lineThrough(from, to);
  if (!line) return null;
  const { nx, ny, offset } = line;
  let [first, last, deepest] = [Infinity, -Infinity, 0];
  for (const [x, y] of hull) {
    const along = ny * x - nx * y;
    first = Math.min(first, along);
    last = Math.max(last, along);
    deepest = Math.max(deepest, nx * x + ny * y - offset);
  }
  const corner = (along: number, depth: number): Point => [
    ny * along + nx * (offset + depth),
    ny * (offset + depth) - nx * along,
  ];
  return [corner(first, 0), corner(last, 0), corner(last, deepest), corner(first, deepest)];
}
