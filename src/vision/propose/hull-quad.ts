import { intersect, isConvexClockwise, lineThrough, signedArea } from '../geometry/plane.js';
import { convexHull } from '../geometry/polygon.js';
import type { Point, Quad } from '../types.js';

/**
 * The quad around a convex outline that adds the least area: edges are dropped one by one, their neighbours extended
 * until they meet. Rounded corners vanish that way, and the extended sides meet where the card's corner would be.
 * `null` where the outline is not much like a quad: it has to fill `minFill` of it.
 */
export function quadAround(points: readonly Point[], minFill: number): Quad | null {
  const hull = thin(convexHull(points));
  if (hull.length < 4) return null;
  const area = signedArea(hull);
  const polygon = [...hull];
  while (polygon.length > 4) {
    if (!dropCheapestEdge(polygon)) return null;
  }
  const quad = polygon as unknown as Quad;
  return isConvexClockwise(quad) && area >= minFill * signedArea(quad) ? quad : null;
}

/** Leaves out hull points that add next to nothing, so that the edges that remain have a direction worth extending. */
function thin(hull: readonly Point[]): Point[] {
  const tolerance = 0.002 * Math.sqrt(Math.max(0, signedArea(hull)));
  const kept: Point[] = [...hull];
  for (let changed = true; changed && kept.length > 4; ) {
    changed = false;
    for (let i = 0; i < kept.length && kept.length > 4; i++) {
      const line = lineThrough(kept[(i + kept.length - 1) % kept.length]!, kept[(i + 1) % kept.length]!);
      const [x, y] = kept[i]!;
      if (!line || Math.abs(line.nx * x + line.ny * y - line.offset) < tolerance) {
        kept.splice(i, 1);
        changed = true;
      }
    }
  }
  return kept;
}

/** Replaces the edge whose loss adds the least area by the point where its neighbours meet. */
function dropCheapestEdge(polygon: Point[]): boolean {
  let cheapest: { index: number; point: Point; cost: number } | null = null;
  for (let index = 0; index < polygon.length; index++) {
    const meeting = neighboursMeet(polygon, index);
    if (meeting && (!cheapest || meeting.cost < cheapest.cost)) cheapest = { index, ...meeting };
  }
  if (!cheapest) return false;
  const following = (cheapest.index + 1) % polygon.length;
  polygon[cheapest.index] = cheapest.point;
  polygon.splice(following, 1);
  return true;
}

function neighboursMeet(polygon: readonly Point[], index: number): { point: Point; cost: number } | null {
  const count = polygon.length;
  const start = polygon[index]!;
  const end = polygon[(index + 1) % count]!;
  const before = lineThrough(polygon[(index + count - 1) % count]!, start);
  const after = lineThrough(end, polygon[(index + 2) % count]!);
  const point = before && after && intersect(before, after);
  if (!point) return null;
  const cost = signedArea([start, point, end]);
  return cost > 0 ? { point, cost } : null; // else they diverge and meet behind the edge
}
