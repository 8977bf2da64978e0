import t from 'tap';
import { findCardInStretches, isElongated, planStretches } from '../../../src/vision/detect/stretches.js';
import { mapQuad, scaleQuad } from '../../../src/vision/geometry/plane.js';
import { intersectionOverUnion } from '../../../src/vision/geometry/polygon.js';
import { cropCard, warmUp } from '../../../src/vision/index.js';
import type { Quad } from '../../../src/vision/types.js';
import { asSharp, drawPhoto } from '../drawing.js';
import { drawPicture } from '../flat-picture.js';

t.before(() => warmUp());

/** Of a picture twelve times as wide as it is high, 300 pixels high: a card of its height in length, where a long side of 1,200 leaves a hundred. */
const card: Quad = [
  [2210, 50],
  [2506, 66],
  [2498, 252],
  [2204, 238],
];
const size = { width: 3600, height: 300 };
const wide = drawPhoto(size.width, size.height, card, 1);

t.test('a card is found in a picture however wide or tall it is', async (t) => {
  const standing = mapQuad(card, ([x, y]) => [size.height - 1 - y, x]);
  const rows = [
    ['wide', asSharp(wide), card],
    ['tall', asSharp(wide).rotate(90), standing],
    ['tall by its EXIF tag', asSharp(wide).withMetadata({ orientation: 6 }), standing],
    ['wide, of 12 MP', asSharp(wide).resize(12_000, 1000), scaleQuad(card, 12_000 / 3600, 1000 / 300)],
  ] as const;
  for (const [name, image, truth] of rows) {
    const crop = await cropCard(await image.jpeg({ quality: 92 }).toBuffer());
    t.equal(crop.fault, undefined, `${name}: ${crop.fault === undefined ? '' : crop.detail}`);
    if (crop.fault === undefined) t.ok(intersectionOverUnion(crop.corners, truth) > 0.95, name);
  }
});

t.test('where there is none, the log says what was seen', async (t) => {
  const empty = drawPicture(3600, 300, 120);
  const answer = await cropCard(await asSharp(empty).jpeg().toBuffer());
  t.match(answer, { fault: 'card-not-found', confidence: 0, detail: /^no card: confidence 0\.00, .*shape/ });
});

t.test('what an end of a stretch cuts off is no candidate', async (t) => {
  const { candidates = [] } = findCardInStretches(wide, { keepCandidates: 99 });
  t.ok(candidates.some(({ quad }) => intersectionOverUnion(quad, card) > 0.95));
  const ends = planStretches(size).flatMap(({ left, width }) => [left, left + width - 1]);
  for (const { quad } of candidates) {
    for (const end of ends) {
      const atEnd = quad.filter(([x]) => Math.abs(x - end) < 9);
      t.ok(atEnd.length < 2, `a side along ${end}: ${JSON.stringify(quad)}`);
    }
  }
});

t.test('stretches cover the picture, and a card as high as it lies whole in one of them', async (t) => {
  const sizes = [
    { width: 12_000, height: 1000 },
    { width: 401, height: 100 },
    { width: 90, height: 4000 },
    { width: 65_000, height: 64 },
  ];
  for (const size of sizes) {
    const stretches = planStretches(size);
    const lies = size.width > size.height;
    const spans = stretches.map(({ left, top, width, height }) =>
      lies ? ([left, left + width] as const) : ([top, top + height] as const),
    );
    const [long, short] = lies ? [size.width, size.height] : [size.height, size.width];
    t.equal(spans[0]?.[0], 0);
    t.equal(spans.at(-1)?.[1], long);
    for (const [i, [start]] of spans.slice(1).entries()) {
      t.ok((spans[i]?.[1] ?? 0) - start >= 1.6 * short, `${long} × ${short}, stretch ${i}`);
    }
    t.ok(stretches.length < 100, `${stretches.length}`);
  }
});

t.test('ordinary pictures are not elongated', async (t) => {
  for (const [width, height] of [
    [4000, 3000],
    [16, 9],
    [9, 21],
    [400, 100],
  ] as const) {
    t.notOk(isElongated({ width, height }));
  }
  t.ok(isElongated({ width: 401, height: 100 }));
});
