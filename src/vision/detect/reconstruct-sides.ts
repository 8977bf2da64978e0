import { cardFormats } from '../geometry/card-formats.js';
import { assumedCamera, type Camera } from '../geometry/perspective.js';
import { isConvexClockwise } from '../geometry/plane.js';
import { keepPlausible } from '../propose/proposers.js';
import type { Scorer } from '../score/score.js';
import { detectionTuning as tuning } from '../tuning.js';
import type { Candidate, Point, Quad, Size } from '../types.js';
import { byScore, distinct, type RatedCandidate, rankProposals, rate, refine } from './shortlist.js';

// A side that is hidden, out of the frame or as pale as the table is made up here. A single corner outside the frame needs nothing made
// up: it is where its two sides cross (propose/crossings.ts, propose/hull-quad.ts).

/** Ends the best few where an ID-1 card would, and refines what looks best of that. */
export function reconstructBest(scorer: Scorer, candidates: readonly Candidate[]): RatedCandidate[] {
  const { view } = scorer;
  const { best, rated, refined: most } = tuning.reconstructed;
  const quads = candidates
    .slice(0, best)
    .flatMap(({ quad }) => reconstructSides(quad, view.image))
    .map((quad) => view.toView(quad));
  const rebuilt = distinct(rankProposals(scorer, keepPlausible(quads, 'reconstruct', view)), { most: rated })
    .map(({ quad, source }) => rate(scorer, view.toImage(quad), source))
    .sort(byScore)
    .slice(0, most);
  const refined = rebuilt.map(({ quad, source }) => rate(scorer, refine(view, quad), source));
  return [...rebuilt, ...refined];
}

type Vector = readonly [number, number, number];

/**
 * Quads that keep three sides of `quad` and put the fourth where an ID-1 card seen in perspective would end, upright
 * or lying: for a side that is hidden, out of the frame, or as pale as the table. `picture` is what `quad` lies in.
 */
export function reconstructSides(quad: Quad, picture: Size): Quad[] {
  const camera = assumedCamera(picture);
  return [0, 1, 2, 3].flatMap((side) =>
    [cardFormats.id1, 1 / cardFormats.id1]
      .map((depth) => moveSide(quad, side, depth, camera))
      .filter((moved) => moved !== null && isConvexClockwise(moved)),
  ) as Quad[];
}

/**
 * The plane of the card follows from its sides: those beside `side` meet at a vanishing point, whose direction the
 * opposite side is square to. `depth` is the wanted distance of `side` from its opposite, in lengths of the opposite.
 */
function moveSide(quad: Quad, side: number, depth: number, camera: Camera): Quad | null {
  const corner = (turn: number): Point => quad[(side + turn) % 4]!;
  const ray = ([x, y]: Point): Vector => [
    (x - camera.centre[0]) / camera.focalLength,
    (y - camera.centre[1]) / camera.focalLength,
    1,
  ];
  const [near, far] = [ray(corner(3)), ray(corner(2))];
  const down = cross(cross(near, ray(corner(0))), cross(ray(corner(1)), far));
  const across = cross(cross(far, near), down);
  const reach = alongTo(near, across, far);
  const length = Math.abs(reach) * Math.hypot(...across);
  const step = (depth * length) / Math.hypot(...down);
  if (!Number.isFinite(step) || length === 0) return null;
  for (const sign of [1, -1]) {
    const first = pictureOf(add(near, down, sign * step), camera);
    const second = pictureOf(add(add(near, across, reach), down, sign * step), camera);
    if (first && second && isAhead(corner(3), corner(0), first)) return withSide(quad, side, first, second);
  }
  return null;
}

/** How far to go from `start` along `direction` to come nearest to the ray `target`. */
function alongTo(start: Vector, direction: Vector, target: Vector): number {
  const off = cross(direction, target);
  return -dot(cross(start, target), off) / dot(off, off);
}

function isAhead(from: Point, towards: Point, point: Point): boolean {
  return (towards[0] - from[0]) * (point[0] - from[0]) + (towards[1] - from[1]) * (point[1] - from[1]) > 0;
}

function withSide(quad: Quad, side: number, first: Point, second: Point): Quad {
  return quad.map((kept, index) => {
    if (index === side) return first;
    return index === (side + 1) % 4 ? second : kept;
  }) as unknown as Quad;
}

/** Where a ray meets the picture. */
function pictureOf([x, y, z]: Vector, { focalLength, centre }: Camera): Point | null {
  return z > 1e-6 ? [centre[0] + (focalLength * x) / z, centre[1] + (focalLength * y) / z] : null;
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function add(a: Vector, direction: Vector, times: number): Vector {
  return [a[0] + direction[0] * times, a[1] + direction[1] * times, a[2] + direction[2] * times];
}
