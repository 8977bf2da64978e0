import t from 'tap';
import { renderScene } from '../../../src/scene/index.js';
import { findCard } from '../../../src/vision/detect/detect.js';
import { findInside } from '../../../src/vision/detect/inside.js';
import { homography, project } from '../../../src/vision/geometry/perspective.js';
import { frameQuad, growQuad, mapQuad } from '../../../src/vision/geometry/plane.js';
import { intersectionOverUnion } from '../../../src/vision/geometry/polygon.js';
import type { Candidate, Point, Quad, RgbImage } from '../../../src/vision/types.js';
import { cardColour, draw, tableColour } from '../drawing.js';
import { cornerDistance } from '../flat-picture.js';

const square: Quad = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const sheet: Quad = [
  [120, 60],
  [520, 90],
  [490, 680],
  [80, 640],
];
const toPhoto = homography(square, sheet)!;

/** A card of so much of the page's width, with its middle at a place of the page. */
function cardAt([x, y]: Point, width: number): Quad {
  const [right, down] = [width / 2, width / 2 / 1.586 / Math.SQRT2];
  const onPage: Quad = [
    [x - right, y - down],
    [x + right, y - down],
    [x + right, y + down],
    [x - right, y + down],
  ];
  return mapQuad(onPage, (point) => project(toPhoto, point));
}

/** White, with lines of text. */
const pageColour = (u: number, v: number) =>
  u > 0.1 && u < 0.7 + 0.2 * Math.sin(40 * v) && Math.floor(v * 60) % 3 === 0 && Math.sin(300 * u) > -0.5
    ? ([90, 90, 95] as const)
    : ([228, 228, 224] as const);

function drawOnPage(card: Quad | null): RgbImage {
  const [toPage, toCard] = [homography(sheet, square)!, card && homography(card, square)!];
  const isIn = ([u, v]: Point) => u >= 0 && v >= 0 && u <= 1 && v <= 1;
  return draw(600, 740, 2, (x, y) => {
    const [onCard, onPage] = [toCard && project(toCard, [x, y]), project(toPage, [x, y])];
    if (onCard && isIn(onCard)) return cardColour(...onCard);
    return isIn(onPage) ? pageColour(...onPage) : tableColour(x, y);
  });
}

const candidate = (quad: Quad, score = 0.95): Candidate => ({ quad, score, source: 'lines' });

t.test('of a card on a page the card is answered, of a page alone the page', async (t) => {
  for (const [place, width] of [
    [[0.5, 0.5], 0.3],
    [[0.5, 0.4], 0.55],
    [[0.3, 0.3], 0.45],
    [[0.7, 0.6], 0.3],
  ] as const) {
    const card = cardAt(place, width);
    const { corners } = findCard(drawOnPage(card));
    t.ok(corners && intersectionOverUnion(card, corners) >= 0.9, `${width} of the page's width, at ${place}`);
  }
  const { corners } = findCard(drawOnPage(null));
  t.ok(corners && cornerDistance(sheet, corners) < 5, 'none');
});

t.test('where what it lies on is too doubtful to be answered, the card is', async (t) => {
  const options = { seed: 564524762, level: 'hard', design: 'card-on-magazine', longSide: 600 } as const;
  const { image, card } = renderScene(options);
  const { corners } = findCard(image);
  t.ok(corners && card && intersectionOverUnion(card.documentCorners, corners) >= 0.9);
});

const card = cardAt([0.5, 0.5], 0.3);

/** @param found in pixels of the photo */
function lookInto(image: RgbImage, best: Candidate, found?: Candidate) {
  const parts = { thorough: [] as RgbImage[], cheap: [] as RgbImage[] };
  const searchFor = (looks: RgbImage[]) => (part: RgbImage) => {
    looks.push(part);
    const toPart = homography(growQuad(best.quad, 0.96), frameQuad(part))!;
    return found && { ...found, quad: mapQuad(found.quad, (point) => project(toPart, point)) };
  };
  const inside = findInside(image, best, {
    thorough: searchFor(parts.thorough),
    cheap: searchFor(parts.cheap),
  });
  return { inside, parts };
}

t.test(
  'what was found is laid straight, and searched all through where the network sees a small document in it',
  async (t) => {
    const image = drawOnPage(card);
    const { inside, parts } = lookInto(image, candidate(sheet), candidate(card, 0.8));
    t.equal(inside?.score, 0.8);
    t.ok(inside && cornerDistance(card, inside.quad) < 0.01, 'in pixels of the photo again');
    t.same(
      parts.thorough.map(({ width, height }) => [width, height]),
      [[395, 567]],
    );
    t.same(parts.cheap, []);
    const nothing = { thorough: [], cheap: [] };
    t.same(lookInto(drawOnPage(null), candidate(sheet)).parts, nothing, 'not a page of text');
    t.same(lookInto(image, candidate(card)).parts, nothing, 'not a card');
    t.same(
      lookInto(image, candidate(growQuad(card, 0.4))).parts,
      nothing,
      'not what nobody could see a card in',
    );
  },
);

/** A card of ID-1's proportion, or another, in the middle of the sheet. */
function fills(share: number, score: number, { rated = 0.95, aspect = 1.586 } = {}) {
  const height = Math.sqrt(share / (Math.SQRT2 / aspect));
  const [right, down] = [(height * Math.SQRT2) / aspect / 2, height / 2];
  const sleeved = mapQuad(
    [
      [0.5 - right, 0.5 - down],
      [0.5 + right, 0.5 - down],
      [0.5 + right, 0.5 + down],
      [0.5 - right, 0.5 + down],
    ],
    (point) => project(toPhoto, point),
  );
  return lookInto(drawOnPage(sleeved), candidate(sheet, score), candidate(sleeved, rated));
}

t.test('a card may fill seven tenths of something doubtful', async (t) => {
  const seen = { rated: 0.75 };
  t.ok(fills(0.68, 0.78, seen).inside);
  t.equal(fills(0.71, 0.78, seen).inside, null);
  t.equal(fills(0.68, 0.95, seen).inside, null, 'what is beyond doubt is not what it lies on');
});

t.test(
  'a card in a sleeve may fill more of it, where it is rated higher and has the shape of one',
  async (t) => {
    t.ok(fills(0.8, 0.88).inside);
    const { inside, parts } = fills(0.72, 0.88);
    t.ok(inside);
    t.same(
      [parts.thorough.length, parts.cheap.length],
      [0, 1],
      'the network sees nothing smaller than the whole',
    );
    t.equal(fills(0.8, 0.88, { rated: 0.87 }).inside, null, 'not rated higher');
    t.same(fills(0.72, 0.9).parts, { thorough: [], cheap: [] }, 'what is sure is not searched');
    t.equal(fills(0.8, 0.88, { aspect: 1.75 }).inside, null, 'of no format');
    t.ok(fills(0.8, 0.88, { aspect: 1.42 }).inside, 'as large as ID-2');
    t.equal(fills(0.88, 0.88).inside, null, 'nearly all of it');
  },
);

t.test('something else than a card is not answered', async (t) => {
  const image = drawOnPage(card);
  const inside = (found?: Candidate) => lookInto(image, candidate(sheet), found).inside;
  t.equal(inside(), null);
  t.equal(inside(candidate(card, 0.6)), null, 'doubtful');
  t.equal(inside(candidate(growQuad(sheet, 0.9))), null, 'nearly all of the page');
  const [left, right] = [card[0], card[1]];
  const strip: Quad = [left, right, [right[0], right[1] + 30], [left[0], left[1] + 30]];
  t.equal(inside(candidate(strip)), null, 'a strip');
  t.ok(inside(candidate(card)));
});
