import t from 'tap';
import { isConvexClockwise } from '../../../src/vision/geometry/plane.js';
import { intersectionOverUnion } from '../../../src/vision/geometry/polygon.js';
import { smallestRectangle } from '../../../src/vision/propose/smallest-rectangle.js';
import type { Point, Quad } from '../../../src/vision/types.js';

/** A rectangle of 6 × 3, turned. */
const turned = (degrees: number): Quad => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const corner = (x: number, y: number): Point => [20 + x * cos - y * sin, 10 + x * sin + y * cos];
  return [corner(-3, -1.5), corner(3, -1.5), corner(3, 1.5), corner(-3, 1.5)];
};

t.test('the rectangle around a rectangle is that rectangle', async (t) => {
  for (const degrees of [0, 13, 45, 90, 170]) {
    const [a, b, c, d] = turned(degrees);
    const middle: Point = [20, 10];
    const made = smallestRectangle([c, middle, a, d, b]);
    t.ok(made && isConvexClockwise(made) && intersectionOverUnion(made, [a, b, c, d]) > 0.999, `${degrees}°`);
  }
});

t.test('a line has none', async (t) => {
  t.equal(
    smallestRectangle([
      [0, 0],
      [1, 1],
      [3, 3],
    ]),
    null,
  );
});
