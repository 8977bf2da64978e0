import t from 'tap';
import {
  frameQuad,
  intersect,
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

t.test('a frame runs through the outer edges of the outermost pixels', async (t) => {
  t.same(frameQuad({ width: 10, height: 5 })[2], [9.5, 4.5]);
});

t.test('scaling keeps pixel centres at integers', async (t) => {
  t.same(scaleQuad(square, 2)[0], [0.5, 0.5]);
});
