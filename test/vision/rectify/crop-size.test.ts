import t from 'tap';
import { mapQuad } from '../../../src/vision/geometry/plane.js';
import { planCropSize } from '../../../src/vision/rectify/crop-size.js';
import type { Quad } from '../../../src/vision/types.js';
import { photographCard } from '../drawing.js';

const photo = { width: 1600, height: 1200 };
const id1 = 85.6 / 53.98;

/** An upright rectangle of this size in the middle of the photo. */
function rectangle(width: number, height: number): Quad {
  const [left, top] = [(1600 - width) / 2 - 0.5, (1200 - height) / 2 - 0.5];
  return [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ];
}

t.test('the proportion of an ID-1 card from any side', async (t) => {
  for (const [tiltX, tiltY, turn] of [
    [0, 0, 0],
    [30, 0, 0],
    [0, 35, 10],
    [25, -30, 30],
    [-40, 10, -20],
  ] as const) {
    const { width, height } = planCropSize(photographCard(1600, 1200, { tiltX, tiltY, turn }), photo, 4000);
    t.equal(height, Math.round(width / id1), `tilted ${tiltX}° and ${tiltY}°`);
  }
});

t.test('rounded to ID-1 when close, lying or standing; anything else as it is', async (t) => {
  const rows: [seen: Quad, width: number, height: number, name: string][] = [
    [rectangle(856, 540), 856, 540, 'ID-1'],
    [rectangle(856, 560), 856, 540, 'nearly ID-1'],
    [rectangle(540, 856), 540, 856, 'ID-1, standing'],
    [rectangle(530, 856), 540, 856, 'nearly ID-1, standing'],
    [rectangle(1000, 705), 1000, 705, 'ID-3, a passport page'],
    [rectangle(707, 1000), 707, 1000, 'a sheet of A4'],
    [rectangle(600, 600), 600, 600, 'a square'],
    [rectangle(1500, 300), 1500, 300, 'a ticket'],
  ];
  for (const [seen, width, height, name] of rows)
    t.match(planCropSize(seen, photo, 4000), { width, height }, name);
});

t.test('as many pixels as the photo has along the longer side, no more than the cap', async (t) => {
  const card = rectangle(1200, 757);
  t.match(planCropSize(card, photo, 2000), { width: 1200, reduction: 1 }, 'nothing is invented');
  t.match(planCropSize(card, photo, 1200), { width: 1200, reduction: 1 });
  t.match(planCropSize(card, photo, 600), { width: 600, height: 378, reduction: 2 });
  const [a, b, c, d] = mapQuad(card, ([x, y]) => [y, x]);
  t.match(planCropSize([a, d, c, b], photo, 600), { width: 378, height: 600, reduction: 2 }, 'standing');
  const wedge: Quad = [
    [400, 300],
    [1100, 250],
    [1100, 900],
    [400, 850],
  ];
  t.equal(planCropSize(wedge, photo, 4000).width, Math.round(Math.hypot(700, 50)));
});

t.test('a speck still has a pixel', async (t) => {
  t.match(planCropSize(rectangle(0.4, 0.2), photo, 2000), { width: 1, height: 1 });
});

t.test('corners in one line are refused', async (t) => {
  t.throws(
    () =>
      planCropSize(
        [
          [0, 0],
          [50, 50],
          [100, 100],
          [0, 100],
        ],
        photo,
        2000,
      ),
    RangeError,
  );
});

t.test('in a strip, the camera is that of the part around the card', async (t) => {
  const corners = photographCard(1200, 800, { tiltX: 24, tiltY: -20 });
  const expected = planCropSize(corners, { width: 1200, height: 800 }, 4000);
  const moved = mapQuad(corners, ([x, y]) => [x + 4000, y]);
  t.match(planCropSize(moved, { width: 9600, height: 800 }, 4000), expected, 'wide');
  const turned = mapQuad(moved, ([x, y]) => [799 - y, x]);
  t.match(planCropSize(turned, { width: 800, height: 9600 }, 4000), expected, 'tall, the same corner first');
});
