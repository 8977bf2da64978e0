import type { Point, Quad, Size } from '../types.js';

// Everywhere: x to the right, y down, corners clockwise as seen, side i runs from corner i to corner i + 1.

/** A line as `nx * x + ny * y = offset` with a unit normal. */
export interface Line {
  readonly nx: number;
  readonly ny: number;
  readonly offset: number;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

export function mapQuad(quad: Quad, map: (corner: Point, index: number) => Point): Quad {
  return quad.map(map) as unknown as Quad;
}

export function scaleQuad(quad: Quad, factorX: number, factorY = factorX): Quad {
  // pixel centres lie at integers, pixel edges half a pixel outside
  return mapQuad(quad, ([x, y]) => [(x + 0.5) * factorX - 0.5, (y + 0.5) * factorY - 0.5]);
}

/** Larger by `factor` about the mean of its corners. */
export function growQuad(quad: Quad, factor: number): Quad {
  const centre = (axis: 0 | 1) => quad.reduce((sum, corner) => sum + corner[axis], 0) / 4;
  const [x, y] = [centre(0), centre(1)];
  return mapQuad(quad, (corner) => [x + (corner[0] - x) * factor, y + (corner[1] - y) * factor]);
}

/** Positive for corners that run clockwise as seen. */
export function signedArea(polygon: readonly Point[]): number {
  let twice = 0;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const from = polygon[j]!;
    const to = polygon[i]!;
    twice += from[0] * to[1] - to[0] * from[1];
  }
  return twice / 2;
}

export function shortestSide(quad: Quad): number {
  return Math.min(...sideLengths(quad));
}

export function sideLengths(quad: Quad): [number, number, number, number] {
  const [a, b, c, d] = quad;
  return [distance(a, b), distance(b, c), distance(c, d), distance(d, a)];
}

/** How far the side across from `side` lies from it: mean of its two corners. */
export function extentAcross(quad: Quad, side: number): number {
  const from = quad[side]!;
  const to = quad[(side + 1) % 4]!;
  const length = Math.max(1e-6, distance(from, to));
  const off = ([x, y]: Point) =>
    Math.abs((x - from[0]) * (to[1] - from[1]) - (y - from[1]) * (to[0] - from[0])) / length;
  return (off(quad[(side + 2) % 4]!) + off(quad[(side + 3) % 4]!)) / 2;
}

/** Of what is measured at a quad's four sides, all but the worst are better than this. */
export function secondLeast(a: number, b: number, c: number, d: number): number {
  return Math.min(Math.max(a, b), Math.max(c, d), Math.max(Math.min(a, b), Math.min(c, d)));
}

/** The outline of a whole picture, through the outer edges of its outermost pixels. */
export function frameQuad({ width, height }: Size): Quad {
  return [
    [-0.5, -0.5],
    [width - 0.5, -0.5],
    [width - 0.5, height - 0.5],
    [-0.5, height - 0.5],
  ];
}

/** Cosine of the angle at a corner: 0 where it is right. */
export function cornerCosine(quad: Quad, index: number): number {
  const corner = quad[index]!;
  const next = quad[(index + 1) % 4]!;
  const previous = quad[(index + 3) % 4]!;
  const [ax, ay] = [next[0] - corner[0], next[1] - corner[1]];
  const [bx, by] = [previous[0] - corner[0], previous[1] - corner[1]];
  return (ax * bx + ay * by) / Math.max(1e-9, Math.hypot(ax, ay) * Math.hypot(bx, by));
}

/** The line through two points; its normal points to the right-hand side as seen when walking from a to b. */
export function lineThrough(a: Point, b: Point): Line | null {
  const length = distance(a, b);
  if (!(length > 0)) return null;
  const nx = -(b[1] - a[1]) / length;
  const ny = (b[0] - a[0]) / length;
  return { nx, ny, offset: nx * a[0] + ny * a[1] };
}

/** `null` where the lines are within about half a degree of parallel. */
export function intersect(a: Line, b: Line): Point | null {
  const determinant = a.nx * b.ny - a.ny * b.nx;
  if (Math.abs(determinant) < 0.01) return null;
  return [
    (a.offset * b.ny - b.offset * a.ny) / determinant,
    (a.nx * b.offset - b.nx * a.offset) / determinant,
  ];
}

/** The quad between four side lines given in order, or `null` where neighbours do not meet. */
export function quadFromLines(sides: readonly [Line, Line, Line, Line]): Quad | null {
  const corners = sides.map((side, index) => intersect(sides[(index + 3) % 4]!, side));
  return corners.every((corner) => corner !== null) ? (corners as unknown as Quad) : null;
}

/** True for a quad whose corners run clockwise and turn the same way everywhere. */
export function isConvexClockwise(quad: Quad): boolean {
  return quad.every((corner, index) => {
    const next = quad[(index + 1) % 4]!;
    const after = quad[(index + 2) % 4]!;
    return (next[0] - corner[0]) * (after[1] - next[1]) - (next[1] - corner[1]) * (after[0] - next[0]) > 0;
  });
}

/**
 * Clockwise from the card's top-left as seen: the side nearest the top of the picture becomes the top,
 * and of two equally high ones the longer.
 */
export function orderCorners(quad: Quad): Quad {
  const turned = clockwise(quad);
  let best = 0;
  for (let side = 1; side < 4; side++) {
    if (uprightness(turned, side) > uprightness(turned, best) + 1e-9) best = side;
  }
  return mapQuad(turned, (_, index) => turned[(best + index) % 4]!);
}

/** The same corners in the other order where they run against the clock. */
export function clockwise(quad: Quad): Quad {
  return signedArea(quad) >= 0 ? quad : ([...quad].reverse() as unknown as Quad);
}

/** How much side `side` looks like a top: it should run from left to right. */
function uprightness(quad: Quad, side: number): number {
  const from = quad[side]!;
  const to = quad[(side + 1) % 4]!;
  const opposite = [quad[(side + 2) % 4]!, quad[(side + 3) % 4]!] as const;
  const run = to[0] - from[0] + (opposite[0][0] - opposite[1][0]);
  const drop = Math.abs(to[1] - from[1] + (opposite[0][1] - opposite[1][1]));
  return Math.atan2(run, drop);
}
