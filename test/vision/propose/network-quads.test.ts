import t from 'tap';
import { orderCorners, scaleQuad } from '../../../src/vision/geometry/plane.js';
import { intersectionOverUnion } from '../../../src/vision/geometry/polygon.js';
import { heapBytes } from '../../../src/vision/opencv/opencv.js';
import { boundsOfDocument, proposeFromMaps } from '../../../src/vision/propose/network-quads.js';
import type { Quad } from '../../../src/vision/types.js';
import { cornerError, photographCard } from '../drawing.js';
import { type DrawnMaps, drawMaps } from '../network/drawn-maps.js';

const finger = (mask: number, x: number, y: number): number =>
  Math.hypot((x - 62) / 7, (y - 85) / 22) < 1 ? 0 : mask;
const handle = (mask: number, x: number, y: number): number =>
  Math.abs(y - 50) < 2.5 && x > 60 ? 0.9 : mask;
const speckle = (mask: number, x: number, y: number): number =>
  Math.min(1, Math.max(0, mask + 0.3 * Math.sin(7.1 * x + 3.3 * y * y)));

/** In pixels of the maps, 128 × 96 unless it says otherwise. */
const drawings: readonly (readonly [sentence: string, quad: Quad, maps?: DrawnMaps])[] = [
  ['straight in the middle', photographCard(128, 96, { tiltX: 0, tiltY: 0, turn: 0 })],
  ['tilted', photographCard(128, 96)],
  ['turned', photographCard(128, 96, { turn: 40 })],
  ['small', photographCard(128, 96, { share: 0.25, turn: -12 })],
  ['steep', photographCard(128, 96, { tiltX: 50, tiltY: 20 })],
  ['upright picture', photographCard(80, 128, { turn: 80, share: 0.9 }), { width: 80, height: 128 }],
  ['blurred maps', photographCard(128, 96), { blur: 2.5 }],
  ['a finger across a side', photographCard(128, 96), { disturb: finger }],
  ['something thin that touches it', photographCard(128, 96), { disturb: handle }],
  ['speckled', photographCard(128, 96), { disturb: speckle }],
  [
    'a corner outside the frame',
    [
      [-6, 14],
      [92, 8],
      [96, 70],
      [8, 78],
    ],
  ],
];

t.test('the bounds are those of the larger area', async (t) => {
  const document = photographCard(128, 96, { share: 0.4 });
  const speck = (mask: number, x: number, y: number): number => (x < 12 && y < 8 ? 1 : mask);
  const bounds = boundsOfDocument(drawMaps(document, { scale: [1, 1], disturb: speck }));
  const xs = document.map(([x]) => x);
  const ys = document.map(([, y]) => y);
  const around: Quad = [
    [Math.min(...xs), Math.min(...ys)],
    [Math.max(...xs), Math.min(...ys)],
    [Math.max(...xs), Math.max(...ys)],
    [Math.min(...xs), Math.max(...ys)],
  ];
  t.ok(bounds && cornerError(bounds, around) < 1.5);
  const nothing = photographCard(128, 96, { share: 0.05 });
  t.equal(boundsOfDocument(drawMaps(nothing)), null, 'something tiny has none');
});

t.test('the quad whose maps are drawn is found', async (t) => {
  for (const [sentence, quad, options] of drawings) {
    const maps = drawMaps(quad, options);
    const [best] = proposeFromMaps(maps);
    const error = best
      ? cornerError(scaleQuad(best, 1 / maps.scale[0], 1 / maps.scale[1]), orderCorners(quad))
      : Number.POSITIVE_INFINITY;
    t.ok(error <= 1.5, `${sentence}: ${error.toFixed(2)} pixels of the map`);
  }
});

t.test('a document that fills the picture is the picture', async (t) => {
  const maps = drawMaps(
    [
      [-3, -3],
      [131, -3],
      [131, 99],
      [-3, 99],
    ],
    { scale: [9, 9] },
  );
  const frame: Quad = [
    [-0.5, -0.5],
    [1151.5, -0.5],
    [1151.5, 863.5],
    [-0.5, 863.5],
  ];
  t.ok(proposeFromMaps(maps).some((quad) => intersectionOverUnion(quad, frame) > 0.99));
});

t.test('of two documents both are found', async (t) => {
  const [left, right] = [8, 68].map(
    (x): Quad => [
      [x, 30],
      [x + 52, 30],
      [x + 52, 62],
      [x, 62],
    ],
  ) as [Quad, Quad];
  const maps = drawMaps(left);
  drawMaps(right).mask.forEach((value, i) => {
    maps.mask[i] = Math.max(maps.mask[i]!, value);
  });
  const quads = proposeFromMaps(maps).map((quad) => scaleQuad(quad, 1 / 8));
  for (const each of [left, right]) t.ok(quads.some((quad) => cornerError(quad, each) < 1.5));
  t.ok(quads.length <= 6);
});

t.test('where the mask is empty there is nothing', async (t) => {
  const maps = drawMaps(photographCard(128, 96), { disturb: () => 0.1 });
  t.same(proposeFromMaps(maps), []);
});

t.test('nothing is left behind in OpenCV', async (t) => {
  const maps = drawMaps(photographCard(128, 96), { disturb: speckle });
  proposeFromMaps(maps);
  const before = heapBytes();
  for (let i = 0; i < 100; i++) proposeFromMaps(maps);
  t.equal(heapBytes(), before);
});
