import {
  distance,
  extentAcross,
  isConvexClockwise,
  type Line,
  lineThrough,
  quadFromLines,
} from '../geometry/plane.js';
import { type FaintEdge, faintEdgesBeside } from '../view/faint-edges.js';
import type { OpponentImage } from '../view/opponent-image.js';
import type { ViewQuad } from '../view/search-view.js';

/** How many outer edges are tried for each side. */
const mostPerSide = 2;
/** Quads, by the strength of their edges. */
const mostPerQuad = 16;
/** How many times as far out one side may be moved as another. */
const mostUneven = 1.8;

/**
 * Quads with one or more sides of `quad` moved out to a fainter edge that runs beside it: a card that is as pale as the table
 * has its printed frame for the strongest edge, and its border a little outside of that.
 */
export function proposeOuterSides(image: OpponentImage, quad: ViewQuad): ViewQuad[] {
  const choices = quad.map((from, side): readonly Choice[] => {
    const to = quad[(side + 1) % 4]!;
    const depth = extentAcross(quad, side);
    const outer = faintEdgesBeside(image, from, to, depth).slice(0, mostPerSide);
    return [
      { line: lineThrough(from, to), out: 0, weight: 0 },
      ...outer.map((edge) => ({
        line: moved(from, to, edge),
        out: (edge.atStart + edge.atEnd) / 2,
        weight: Math.log(edge.strength),
      })),
    ];
  });
  return combine(choices)
    .filter(isFrameLike)
    .map((sides) => ({ sides, weight: sides.reduce((sum, { weight }) => sum + weight, 0) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostPerQuad)
    .flatMap(({ sides }) => {
      const [a, b, c, d] = sides.map(({ line }) => line);
      const outer = a && b && c && d && quadFromLines([a, b, c, d]);
      return outer && isConvexClockwise(outer) ? [outer as ViewQuad] : [];
    });
}

interface Choice {
  readonly line: Line | null;
  /** Pixels of the view. */
  readonly out: number;
  readonly weight: number;
}

/** One choice for each side, in all ways. */
function combine(choices: readonly (readonly Choice[])[]): Choice[][] {
  return choices.reduce<Choice[][]>(
    (begun, next) => begun.flatMap((sides) => next.map((choice) => [...sides, choice])),
    [[]],
  );
}

/** A printed frame is about as far from the border everywhere; some of the sides may lie on the border already. */
function isFrameLike(sides: readonly Choice[]): boolean {
  const moves = sides.map(({ out }) => out).filter((out) => out > 0);
  return moves.length > 0 && Math.max(...moves) <= mostUneven * Math.min(...moves);
}

/** The side moved outwards by the edge's distances at its two ends. */
function moved(from: ViewQuad[0], to: ViewQuad[0], { atStart, atEnd }: FaintEdge): Line | null {
  const length = Math.max(1e-6, distance(from, to));
  const nx = (to[1] - from[1]) / length;
  const ny = -(to[0] - from[0]) / length;
  return lineThrough(
    [from[0] + nx * atStart, from[1] + ny * atStart],
    [to[0] + nx * atEnd, to[1] + ny * atEnd],
  );
}
