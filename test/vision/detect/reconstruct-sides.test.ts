import t from 'tap';
import { reconstructSides } from '../../../src/vision/detect/reconstruct-sides.js';
import type { Point, Quad } from '../../../src/vision/types.js';
import { photographCard } from '../drawing.js';
import { closestTo, cornerDistance } from '../flat-picture.js';

t.test('a missing side goes where an ID-1 card ends, in perspective', async (t) => {
  const truth = photographCard(800, 600);
  for (const side of [0, 1, 2, 3]) {
    const cut = cutShort(truth, side, 0.35);
    t.ok(cornerDistance(truth, cut) > 20);
    t.ok(closestTo(truth, reconstructSides(cut, { width: 800, height: 600 })) < 2, `side ${side}`);
  }
});

/** Moves one side towards its opposite. */
function cutShort(quad: Quad, side: number, by: number): Quad {
  const moved = (from: Point, to: Point): Point => [
    from[0] + (to[0] - from[0]) * by,
    from[1] + (to[1] - from[1]) * by,
  ];
  return quad.map((corner, index) => {
    if (index === side) return moved(corner, quad[(index + 3) % 4]!);
    return index === (side + 1) % 4 ? moved(corner, quad[(index + 1) % 4]!) : corner;
  }) as unknown as Quad;
}
