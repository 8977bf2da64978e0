import t from 'tap';
import { mapQuad } from '../../../src/vision/geometry/plane.js';
import { shrinkBy } from '../../../src/vision/kernels/shrink.js';
import { rectify, regionAround } from '../../../src/vision/rectify/rectify.js';
import type { Quad, RgbImage } from '../../../src/vision/types.js';
import { asSharp, difference, draw, drawCard, drawPhoto, photographCard, readImage } from '../drawing.js';

const size = { width: 400, height: 252 };
const stored = { width: 640, height: 480 };
const whole = { left: 0, top: 0, ...stored };
const corners = photographCard(640, 480);
const photo = drawPhoto(640, 480, corners);

/** Grey levels: bilinear sampling blurs the drawn lines by about one; corners one pixel off cost three (tested below). */
const likeness = 1.8;

t.test('a drawn card comes out as it was drawn', async (t) => {
  const card = rectify({ image: photo, region: whole }, stored, corners, size);
  t.ok(difference(card, drawCard(400, 252)) < likeness, `${difference(card, drawCard(400, 252)).toFixed(2)}`);
  const aside = mapQuad(corners, ([x, y]) => [x + 1, y]);
  const shifted = rectify({ image: photo, region: whole }, stored, aside, size);
  t.ok(difference(shifted, drawCard(400, 252)) > 1.5 * likeness, 'corners one pixel aside would show');
});

t.test('an upright card at its own size is copied, pixel by pixel', async (t) => {
  const box: Quad = [
    [99.5, 49.5],
    [499.5, 49.5],
    [499.5, 301.5],
    [99.5, 301.5],
  ];
  const cut = await asSharp(photo)
    .extract({ left: 100, top: 50, ...size })
    .png()
    .toBuffer();
  const card = rectify({ image: photo, region: whole }, stored, box, size);
  t.ok(difference(card, await readImage(cut)) < 0.05);
});

t.test('a patch does as well as the whole photo', async (t) => {
  const region = regionAround(corners, stored);
  const cut = await readImage(
    await asSharp(photo)
      .extract({ ...region })
      .png()
      .toBuffer(),
  );
  const card = rectify({ image: photo, region: whole }, stored, corners, size);
  t.ok(difference(rectify({ image: cut, region }, stored, corners, size), card) < 0.05);
});

t.test('a shrunk patch shows the same card', async (t) => {
  const small = { width: 160, height: 101 };
  const patch = { image: shrinkBy(photo, 2), region: whole };
  t.ok(difference(rectify(patch, stored, corners, small), drawCard(160, 101)) < 2 * likeness);
});

t.test('white where the card leaves the photo, the photo up to its edge', async (t) => {
  const red: RgbImage = draw(640, 480, 1, () => [200, 0, 0]);
  const beyond: Quad = [
    [-100.5, 99.5],
    [299.5, 99.5],
    [299.5, 351.5],
    [-100.5, 351.5],
  ];
  const card = rectify({ image: red, region: whole }, stored, beyond, size);
  const pixel = (x: number) => [...card.data.subarray((100 * 400 + x) * 3, (100 * 400 + x) * 3 + 3)];
  t.strictSame(pixel(90), [255, 255, 255]);
  t.strictSame(pixel(102), [200, 0, 0]);
  const justBeyond = mapQuad(beyond, ([x, y]) => [x + 99.5, y]);
  const touching = rectify({ image: red, region: whole }, stored, justBeyond, size);
  t.strictSame(
    [...touching.data.subarray(0, 3)],
    [200, 0, 0],
    'no white hairline for a corner one pixel outside',
  );
});

t.test('regions stay inside the photo and have pixels', async (t) => {
  const quads: Record<string, Quad> = {
    inside: corners,
    'partly outside': [
      [-50, -60],
      [700, -20],
      [690, 500],
      [-30, 510],
    ],
    'in the last corner': [
      [638.9, 478.9],
      [639.1, 478.9],
      [639.1, 479.1],
      [638.9, 479.1],
    ],
    'wholly outside': [
      [700, 500],
      [800, 500],
      [800, 560],
      [700, 560],
    ],
  };
  for (const [name, quad] of Object.entries(quads)) {
    const { left, top, width, height } = regionAround(quad, stored);
    t.ok(left >= 0 && top >= 0 && width >= 2 && height >= 2, name);
    t.ok(left + width <= 640 && top + height <= 480, name);
  }
  t.strictSame(regionAround(quads['partly outside']!, stored), whole);
});

t.test('corners in one line are refused', async (t) => {
  const flat: Quad = [
    [0, 0],
    [100, 100],
    [200, 200],
    [0, 200],
  ];
  t.throws(() => rectify({ image: photo, region: whole }, stored, flat, size), RangeError);
});

t.test('shrinking takes means', async (t) => {
  const image = draw(7, 5, 1, (x, y) => [10 * x, 20 * y, 100]);
  t.equal(shrinkBy(image, 1), image);
  const half = shrinkBy(image, 2);
  t.strictSame([half.width, half.height, ...half.data.subarray(0, 6)], [3, 2, 5, 10, 100, 25, 10, 100]);
  const third = shrinkBy(image, 3);
  t.strictSame([third.width, third.height, ...third.data], [2, 1, 10, 20, 100, 40, 20, 100]);
  const line = shrinkBy(
    draw(1, 8, 1, (_, y) => [y, y, y]),
    2,
  );
  t.strictSame([line.width, line.height, ...line.data.subarray(0, 3)], [1, 4, 1, 1, 1]);
});
