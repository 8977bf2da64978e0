import { distance } from '../geometry/plane.js';
import type { Point } from '../types.js';
import type { SearchView } from '../view/search-view.js';
import type { Colour } from './colour.js';

/** Samples beyond either corner. */
const samples = 8;
/** The first of them, in pixels beyond the corner. */
const gap = 4;

/**
 * How far the edge of a side runs on past its corners, with the same change of colour: 0 to 1, the worse of both
 * ends. A card's does not; a table's, a tile's or a ruled sheet's does. `direction` is the change of colour from
 * outside to inside, `contrast` its size.
 */
export function continuation(
  view: SearchView,
  from: Point,
  to: Point,
  direction: Colour,
  contrast: number,
): number {
  const length = Math.max(1, distance(from, to));
  const tx = (to[0] - from[0]) / length;
  const ty = (to[1] - from[1]) / length;
  const reach = Math.max(12, 0.2 * length);
  const full = Math.min(view.edgeStep, Math.max(3, 0.7 * contrast));
  return Math.max(
    edgeBeyond(view, from, -tx, -ty, [-ty, tx], reach, direction, contrast, full),
    edgeBeyond(view, to, tx, ty, [-ty, tx], reach, direction, contrast, full),
  );
}

function edgeBeyond(
  { opponent }: SearchView,
  corner: Point,
  tx: number,
  ty: number,
  [nx, ny]: Point,
  reach: number,
  direction: Colour,
  contrast: number,
  full: number,
): number {
  const { data, width, height } = opponent;
  let total = 0;
  let seen = 0;
  for (let sample = 0; sample < samples; sample++) {
    const along = gap + (reach * sample) / samples;
    const x = corner[0] + tx * along;
    const y = corner[1] + ty * along;
    if (!(x >= 3 && y >= 3 && x <= width - 4 && y <= height - 4)) continue;
    seen++;
    let best = 0;
    for (let shift = -1; shift <= 1; shift++) {
      const i = opponent.at((x + nx * (shift + 2) + 0.5) | 0, (y + ny * (shift + 2) + 0.5) | 0);
      const j = opponent.at((x + nx * (shift - 2) + 0.5) | 0, (y + ny * (shift - 2) + 0.5) | 0);
      let same = 0;
      for (let c = 0; c < 3; c++) same += (data[i + c]! - data[j + c]!) * direction[c]!;
      best = Math.max(best, same / Math.max(1e-6, contrast));
    }
    total += Math.min(1, best / full);
  }
  return seen >= 3 ? total / seen : 0;
}
