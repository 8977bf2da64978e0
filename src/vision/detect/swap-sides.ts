import { isConvexClockwise, type Line, lineThrough, quadFromLines } from '../geometry/plane.js';
import type { Quad } from '../types.js';

/**
 * Quads that have three sides of `quad` and the fourth from one of `others`: where every proposal has one side
 * wrong, the right sides are often spread over several of them. All clockwise, in the same pixels.
 */
export function swapSides(quad: Quad, others: readonly Quad[]): Quad[] {
  const own = sideLines(quad);
  if (!own) return [];
  const swapped: Quad[] = [];
  for (const other of others) {
    for (const line of sideLines(other) ?? []) {
      const side = nearestInDirection(own, line);
      if (side === null || isSame(quad, side, line)) continue;
      const lines = own.map((kept, index) => (index === side ? line : kept)) as unknown as FourLines;
      const result = quadFromLines(lines);
      if (result && isConvexClockwise(result)) swapped.push(result);
    }
  }
  return swapped;
}

type FourLines = readonly [Line, Line, Line, Line];

function sideLines(quad: Quad): FourLines | null {
  const lines = quad.map((corner, index) => lineThrough(corner, quad[(index + 1) % 4]!));
  return lines.every((line) => line !== null) ? (lines as unknown as FourLines) : null;
}

/** The side that faces the same way, within about 25 degrees. */
function nearestInDirection(own: FourLines, line: Line): number | null {
  let best: number | null = null;
  let most = 0.9;
  own.forEach(({ nx, ny }, side) => {
    const cosine = nx * line.nx + ny * line.ny;
    if (cosine > most) {
      most = cosine;
      best = side;
    }
  });
  return best;
}

/** Both ends of the quad's side lie within a pixel of the line. */
function isSame(quad: Quad, side: number, { nx, ny, offset }: Line): boolean {
  return [quad[side]!, quad[(side + 1) % 4]!].every(([x, y]) => Math.abs(nx * x + ny * y - offset) < 1.2);
}
