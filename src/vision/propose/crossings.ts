import { intersect } from '../geometry/plane.js';
import type { EdgeLine } from './edge-line.js';

/** Where lines meet that could be neighbouring sides of a card. */
export interface Crossings {
  /** `at[i * count + k]`: position along line i of its meeting with line k in pixels, NaN where there is none nearby. */
  readonly at: Float64Array;
  readonly count: number;
}

/** Neighbouring sides meet at no less than this, in radians. */
const minMeeting = 0.87;
/** How far outside the frame a corner may lie, as a share of its long side. */
const outside = 0.08;

export function crossAll(lines: readonly EdgeLine[], width: number, height: number): Crossings {
  const count = lines.length;
  const at = new Float64Array(count * count).fill(Number.NaN);
  const slack = outside * Math.max(width, height);
  for (let i = 0; i < count; i++) {
    for (let k = i + 1; k < count; k++) {
      const a = lines[i]!;
      const b = lines[k]!;
      const point = turnBetween(a, b) < minMeeting ? null : intersect(a, b);
      if (!point) continue;
      const [x, y] = point;
      if (x < -slack || y < -slack || x > width + slack || y > height + slack) continue;
      at[i * count + k] = a.nx * y - a.ny * x;
      at[k * count + i] = b.nx * y - b.ny * x;
    }
  }
  return { at, count };
}

/** Angle between two undirected lines, 0 to π/2. */
export function turnBetween(a: EdgeLine, b: EdgeLine): number {
  return turn(a.angle, b.angle);
}

/** The same for two directions, 0 to π. */
export function turn(a: number, b: number): number {
  const difference = Math.abs(a - b);
  return Math.min(difference, Math.PI - difference);
}
