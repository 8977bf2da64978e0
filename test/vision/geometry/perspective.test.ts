import t from 'tap';
import {
  type Camera,
  homography,
  project,
  rectangleBehind,
} from '../../../src/vision/geometry/perspective.js';
import type { Point, Quad } from '../../../src/vision/types.js';

const card: Quad = [
  [0, 0],
  [856, 0],
  [856, 540],
  [0, 540],
];
const seen: Quad = [
  [310.5, 205],
  [1490, 330.25],
  [1402, 1101],
  [180, 860],
];

const distance = ([ax, ay]: Point, [bx, by]: Point) => Math.hypot(ax - bx, ay - by);

t.test('every corner goes to its corner, there and back', async (t) => {
  const there = homography(card, seen)!;
  const back = homography(seen, card)!;
  for (const [i, corner] of card.entries()) {
    t.ok(distance(project(there, corner), seen[i]!) < 1e-9);
    t.ok(distance(project(back, project(there, corner)), corner) < 1e-9);
  }
});

t.test('the diagonals still cross in the same point, and straight lines stay straight', async (t) => {
  const map = homography(card, seen)!;
  const crossing = project(map, [428, 270]);
  const [a, b, c, d] = seen;
  t.ok(lineDistance(crossing, a, c) < 1e-9);
  t.ok(lineDistance(crossing, b, d) < 1e-9);
  t.ok(lineDistance(project(map, [100, 0]), a, b) < 1e-9);
});

t.test('quads that no map can come from or go to', async (t) => {
  const flats: Record<string, Quad> = {
    'three corners in one line': [card[0], [428, 0], card[1], card[3]],
    'two corners in one point': [card[0], card[0], card[2], card[3]],
    'all corners in one point': [card[0], card[0], card[0], card[0]],
    'a corner that is no number': [card[0], [Number.NaN, 0], card[2], card[3]],
    'a corner at infinity': [card[0], [Number.POSITIVE_INFINITY, 0], card[2], card[3]],
  };
  for (const [name, flat] of Object.entries(flats)) {
    t.equal(homography(card, flat), null, name);
    t.equal(homography(flat, card), null, name);
    t.equal(rectangleBehind(flat, { focalLength: 1000, centre: [0, 0] }), null, name);
  }
});

const camera: Camera = { focalLength: 1200, centre: [800, 600] };

t.test('the rectangle behind a quad has the proportion of the card that was photographed', async (t) => {
  for (const [tiltX, tiltY, turn] of [
    [0, 0, 0],
    [30, 0, 0],
    [0, 40, 10],
    [25, -35, 60],
    [-45, 20, 170],
  ] as const) {
    const { aspect, skew } = rectangleBehind(photograph(85.6, 53.98, tiltX, tiltY, turn), camera)!;
    t.ok(Math.abs(aspect - 85.6 / 53.98) < 1e-9, `tilted by ${tiltX}° and ${tiltY}°, turned by ${turn}°`);
    t.ok(Math.abs(skew) < 1e-9);
  }
});

t.test('a parallelogram seen straight on is no rectangle', async (t) => {
  const { skew } = rectangleBehind(
    [
      [0, 0],
      [100, 0],
      [150, 50],
      [50, 50],
    ],
    { focalLength: 1e6, centre: [75, 25] },
  )!;
  t.ok(Math.abs(skew - Math.SQRT1_2) < 1e-6);
});

function lineDistance([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  return Math.abs((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / Math.hypot(bx - ax, by - ay);
}

/** Corners of a width × height card, half a metre before `camera`. */
function photograph(width: number, height: number, tiltX: number, tiltY: number, turn: number): Quad {
  const [a, b, c] = [tiltX, tiltY, turn].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const corner = (x0: number, y0: number): Point => {
    const [x1, y1] = [x0 * Math.cos(c) - y0 * Math.sin(c), x0 * Math.sin(c) + y0 * Math.cos(c)];
    const [y2, z2] = [y1 * Math.cos(a), y1 * Math.sin(a)];
    const [x3, z3] = [x1 * Math.cos(b) + z2 * Math.sin(b), -x1 * Math.sin(b) + z2 * Math.cos(b)];
    const scale = camera.focalLength / (500 + z3);
    return [camera.centre[0] + scale * x3, camera.centre[1] + scale * y2];
  };
  const [x, y] = [width / 2, height / 2];
  return [corner(-x, -y), corner(x, -y), corner(x, y), corner(-x, y)];
}
