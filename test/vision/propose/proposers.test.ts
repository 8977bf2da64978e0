import t from 'tap';
import { proposeFromBoldOutlines } from '../../../src/vision/propose/bold-outlines.js';
import { findLines } from '../../../src/vision/propose/edge-lines.js';
import { computeGradients } from '../../../src/vision/propose/gradients.js';
import { quadAround } from '../../../src/vision/propose/hull-quad.js';
import { proposeFromLines } from '../../../src/vision/propose/line-quads.js';
import { proposeFromContours } from '../../../src/vision/propose/outlines.js';
import type { Point, Quad, RgbImage } from '../../../src/vision/types.js';
import { asOpponent, closestTo, cornerDistance, drawPicture } from '../flat-picture.js';

const card: Quad = [
  [80, 60],
  [310, 75],
  [300, 220],
  [70, 200],
];

function fromContours(image: RgbImage): Quad[] {
  return proposeFromContours(asOpponent(image), { thresholds: [[10, 25]], half: true });
}

function fromLines(image: RgbImage): Quad[] {
  const { width, height } = image;
  const lines = findLines(computeGradients(asOpponent(image)), { fullGradient: 4, maxLines: 60 });
  return proposeFromLines(lines, { width, height, maxQuads: 100 });
}

/** Covers the middle of the card's top side, like a finger. */
const finger: Point[] = [
  [170, 0],
  [215, 0],
  [215, 110],
  [170, 110],
];

const pictures: readonly [string, RgbImage, Record<'contours' | 'lines', boolean>][] = [
  ['a light card on a dark table', drawPicture(400, 300, 60, [card, 200]), { contours: true, lines: true }],
  ['a dark card on a light table', drawPicture(400, 300, 230, [card, 40]), { contours: true, lines: true }],
  ['a card three levels lighter', drawPicture(400, 300, 200, [card, 203]), { contours: false, lines: true }],
  [
    'a finger over one side',
    drawPicture(400, 300, 60, [card, 200], [finger, 120]),
    { contours: true, lines: true },
  ],
  ['an empty table', drawPicture(400, 300, 128), { contours: false, lines: false }],
];

t.test('proposers', async (t) => {
  for (const [sentence, image, expected] of pictures) {
    t.equal(closestTo(card, fromContours(image)) < 4, expected.contours, `${sentence}: contours`);
    t.equal(closestTo(card, fromLines(image)) < 3, expected.lines, `${sentence}: lines`);
  }
});

t.test('bold outlines: a lighter card, not one that is as light as its table', async (t) => {
  const options = { side: 300, thresholds: [20, 50] } as const;
  const lighter = drawPicture(800, 600, 60, [card.map(([x, y]): Point => [2 * x, 2 * y]), 200]);
  const doubled = card.map(([x, y]): Point => [2 * x, 2 * y]) as unknown as Quad;
  const tinted = {
    ...lighter,
    data: lighter.data.map((value, i) => (value === 60 ? 120 : [171, 100, 85][i % 3]!)),
  };
  t.ok(closestTo(doubled, proposeFromBoldOutlines(lighter, options)) < 12);
  t.notOk(closestTo(doubled, proposeFromBoldOutlines(tinted, options)) < 12);
});

t.test('rounded corners end up where the extended sides meet', async (t) => {
  const rounded: Point[] = [
    ...arc(40, 40, 20, 180),
    ...arc(240, 40, 20, 270),
    ...arc(240, 140, 20, 0),
    ...arc(40, 140, 20, 90),
  ];
  const square: Quad = [
    [20, 20],
    [260, 20],
    [260, 160],
    [20, 160],
  ];
  const quad = quadAround(rounded, 0.9);
  t.ok(quad && cornerDistance(square, quad) < 1.5);
  t.equal(quadAround(arc(100, 100, 50, 0, 360), 0.9), null, 'a disc is no quad');
  t.equal(
    quadAround(
      [
        [0, 0],
        [10, 0],
        [10, 10],
      ],
      0.9,
    ),
    null,
    'nor a triangle',
  );
});

function arc(x: number, y: number, radius: number, from: number, sweep = 90): Point[] {
  return Array.from({ length: 13 }, (_, step): Point => {
    const angle = ((from + (sweep * step) / 12) * Math.PI) / 180;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}
