import t from 'tap';
import {
  clipPolygon,
  convexHull,
  intersect,
  intersectionOverUnion,
  isConvexClockwise,
  lineThrough,
  orderCorners,
  quadFromLines,
  scaleQuad,
  signedArea,
} from '../../../src/vision/geometry/plane.js';
import type { Point, Quad } from '../../../src/vision/types.js';

const square: Quad = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
];

function turned(quad: Quad, by: number): Quad {
  return [0, 1, 2, 3].map((index) => quad[(index + by) % 4]) as unknown as Quad;
}

t.test('area is positive for corners that run clockwise as seen', async (t) => {
  t.equal(signedArea(square), 100);
  t.equal(signedArea([...square].reverse()), -100);
  t.ok(isConvexClockwise(square));
  t.notOk(isConvexClockwise([...square].reverse() as unknown as Quad), 'counterclockwise');
  t.notOk(isConvexClockwise([square[0], square[2], square[1], square[3]]), 'crossed');
  t.notOk(isConvexClockwise([square[0], square[1], [1, 1], square[3]]), 'dented');
});

t.test('corners are put in order, clockwise from top-left as seen', async (t) => {
  const tilted: Quad = [
    [20, 5],
    [80, 15],
    [75, 60],
    [12, 50],
  ];
  for (const by of [0, 1, 2, 3]) {
    t.same(orderCorners(turned(tilted, by)), tilted, `turned by ${by}`);
    t.same(
      orderCorners([...turned(tilted, by)].reverse() as unknown as Quad),
      tilted,
      `reversed and turned by ${by}`,
    );
  }
});

t.test('lines meet where they should', async (t) => {
  const lines = square.map((corner, index) => lineThrough(corner, square[(index + 1) % 4] as Point));
  t.ok(lines.every((line) => line !== null));
  const [top, right, bottom, left] = lines as NonNullable<ReturnType<typeof lineThrough>>[];
  t.same(intersect(left!, top!), [0, 0]);
  t.equal(intersect(top!, bottom!), null, 'parallel');
  t.same(quadFromLines([top!, right!, bottom!, left!]), square);
  t.equal(quadFromLines([top!, bottom!, right!, left!]), null);
  t.equal(lineThrough([3, 3], [3, 3]), null, 'no direction');
});

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

t.test('scaling keeps pixel centres at integers', async (t) => {
  t.same(scaleQuad(square, 2)[0], [0.5, 0.5]);
});
