import t from 'tap';
import { signedArea } from '../../../src/vision/geometry/plane.js';
import { clipPolygon, convexHull, intersectionOverUnion } from '../../../src/vision/geometry/polygon.js';
import type { Point, Quad } from '../../../src/vision/types.js';

const square: Quad = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
];

t.test('the hull runs clockwise and leaves out what lies inside', async (t) => {
  const hull = convexHull([...square, [5, 5], [2, 7], [5, 0]]);
  t.equal(hull.length, 4);
  t.equal(signedArea(hull), 100);
  t.same(convexHull([[1, 1]]), [[1, 1]]);
});

const overlaps: readonly [string, readonly Point[], number][] = [
  ['itself', square, 1],
  ['a square beside it', square.map(([x, y]): Point => [x + 20, y]), 0],
  [
    'its right half',
    [
      [5, 0],
      [10, 0],
      [10, 10],
      [5, 10],
    ],
    0.5,
  ],
  ['a square moved by half', square.map(([x, y]): Point => [x + 5, y]), 1 / 3],
];

t.test('overlap', async (t) => {
  for (const [sentence, other, expected] of overlaps) {
    t.ok(Math.abs(intersectionOverUnion(square, other) - expected) < 1e-9, sentence);
  }
  t.equal(
    Math.abs(
      signedArea(
        clipPolygon(square, [
          [-5, -5],
          [5, -5],
          [5, 5],
          [-5, 5],
        ]),
      ),
    ),
    25,
  );
});
