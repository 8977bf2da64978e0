import t from 'tap';
import { frameQuad, looksCropped } from '../../../src/vision/detect/cropped-before.js';
import { reconstructSides } from '../../../src/vision/detect/reconstruct-sides.js';
import { exchangeSides } from '../../../src/vision/detect/swap-sides.js';
import { proposeFromBoldOutlines } from '../../../src/vision/propose/bold-outlines.js';
import { AreaFinder } from '../../../src/vision/propose/connected-areas.js';
import { findLines } from '../../../src/vision/propose/edge-lines.js';
import { computeGradients } from '../../../src/vision/propose/gradients.js';
import { quadAround } from '../../../src/vision/propose/hull-quad.js';
import { proposeFromLines } from '../../../src/vision/propose/line-quads.js';
import { proposeFromContours } from '../../../src/vision/propose/outlines.js';
import { proposeFromRegions } from '../../../src/vision/propose/regions.js';
import type { Point, Quad, RgbImage } from '../../../src/vision/types.js';
import { photographCard } from '../drawing.js';
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

function fromRegions(image: RgbImage): Quad[] {
  return proposeFromRegions(asOpponent(image));
}

/** Covers the middle of the card's top side, like a finger. */
const finger: Point[] = [
  [170, 0],
  [215, 0],
  [215, 110],
  [170, 110],
];

const pictures: readonly [string, RgbImage, Record<'contours' | 'lines' | 'regions', boolean>][] = [
  [
    'a light card on a dark table',
    drawPicture(400, 300, 60, [card, 200]),
    { contours: true, lines: true, regions: true },
  ],
  [
    'a dark card on a light table',
    drawPicture(400, 300, 230, [card, 40]),
    { contours: true, lines: true, regions: true },
  ],
  [
    'a card three levels lighter',
    drawPicture(400, 300, 200, [card, 203]),
    { contours: false, lines: true, regions: true },
  ],
  [
    'a finger over one side',
    drawPicture(400, 300, 60, [card, 200], [finger, 120]),
    { contours: true, lines: true, regions: true },
  ],
  ['an empty table', drawPicture(400, 300, 128), { contours: false, lines: false, regions: false }],
];

t.test('proposers', async (t) => {
  for (const [sentence, image, expected] of pictures) {
    t.equal(closestTo(card, fromContours(image)) < 4, expected.contours, `${sentence}: contours`);
    t.equal(closestTo(card, fromLines(image)) < 3, expected.lines, `${sentence}: lines`);
    t.equal(closestTo(card, fromRegions(image)) < 8, expected.regions, `${sentence}: regions`);
  }
});

t.test('regions: a card of another tint under a shadow that is stronger than its borders', async (t) => {
  const shadow: Quad = [
    [0, 0],
    [190, 0],
    [170, 300],
    [0, 300],
  ];
  const tint = drawPicture(400, 300, 0, [card, 1]).data;
  const light = drawPicture(400, 300, 200, [shadow, 110]).data;
  const data = light.map((value, i) => (tint[i] === 1 ? value * [0.95, 1, 1.1][i % 3]! : value));
  t.ok(closestTo(card, fromRegions({ data, width: 400, height: 300 })) < 8);
});

t.test('connected areas on either side of a level, by the ends of their rows', async (t) => {
  const rows = ['.....#', '.##...', '.#.##.', '.##.#.', '......'];
  const plane = Float32Array.from(rows.join(''), (cell) => (cell === '#' ? 1 : 0));
  const finder = new AreaFinder(6, 5);
  t.same(finder.find(plane, 0.5, 2), [
    [
      [0.5, 1],
      [2.5, 1],
      [0.5, 2],
      [1.5, 2],
      [0.5, 3],
      [2.5, 3],
    ],
    [
      [2.5, 2],
      [4.5, 2],
      [3.5, 3],
      [4.5, 3],
    ],
  ]);
  t.equal(finder.find(plane, 0.5, 1).length, 4, 'the corner and the hole as well, the table never');
});

t.test('bold outlines: luma sees a lighter card, colour also one of another tint', async (t) => {
  const options = { side: 300, thresholds: [20, 50] } as const;
  const lighter = drawPicture(800, 600, 60, [card.map(([x, y]): Point => [2 * x, 2 * y]), 200]);
  const doubled = card.map(([x, y]): Point => [2 * x, 2 * y]) as unknown as Quad;
  const tinted = {
    ...lighter,
    data: lighter.data.map((value, i) => (value === 60 ? 120 : [171, 100, 85][i % 3]!)),
  };
  for (const [image, view, found] of [
    [lighter, 'luma', true],
    [lighter, 'colour', true],
    [tinted, 'luma', false],
    [tinted, 'colour', true],
  ] as const) {
    t.equal(closestTo(doubled, proposeFromBoldOutlines(image, view, options)) < 12, found, view);
  }
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

t.test('a wrong side is taken from a candidate that has it right', async (t) => {
  const wrongTop: Quad = [[77.1, 100], [307.6, 110], card[2], card[3]];
  const wrongLeft: Quad = [[110, 62], card[1], card[2], [105, 203]];
  t.notOk(closestTo(card, [wrongTop, wrongLeft]) < 20);
  t.ok(closestTo(card, exchangeSides(wrongTop, [wrongLeft])) < 1.5);
  t.same(exchangeSides(card, [card]), [], 'nothing to exchange');
});

t.test('a missing side goes where an ID-1 card ends, in perspective', async (t) => {
  const truth = photographCard(800, 600);
  for (const side of [0, 1, 2, 3]) {
    const cut = cutShort(truth, side, 0.35);
    t.ok(cornerDistance(truth, cut) > 20);
    t.ok(closestTo(truth, reconstructSides(cut, 800, 600)) < 2, `side ${side}`);
  }
});

/** Moves one side towards its opposite. */
function cutShort(quad: Quad, side: number, by: number): Quad {
  const moved = (from: Point, to: Point): Point => [
    from[0] + (to[0] - from[0]) * by,
    from[1] + (to[1] - from[1]) * by,
  ];
  return quad.map((corner, index) => {
    if (index === side) return moved(corner, quad[(index + 3) % 4]!);
    return index === (side + 1) % 4 ? moved(corner, quad[(index + 1) % 4]!) : corner;
  }) as unknown as Quad;
}

const print: [readonly Point[], number][] = [
  [
    [
      [40, 50],
      [120, 50],
      [120, 160],
      [40, 160],
    ],
    60,
  ],
  [
    [
      [160, 50],
      [300, 50],
      [300, 70],
      [160, 70],
    ],
    30,
  ],
];

const floor: readonly Point[] = [
  [0, 120],
  [348, 120],
  [348, 216],
  [0, 216],
];

const crops: readonly [string, RgbImage, string][] = [
  ['a card that was cropped', drawPicture(342, 216, 220, ...print), 'exact'],
  [
    'the same on its side',
    drawPicture(216, 342, 220, [card.map(([x, y]): Point => [y, x]).reverse(), 50]),
    'exact',
  ],
  ['cropped by hand', drawPicture(348, 216, 220, ...print), 'likely'],
  ['a floor below a wall', drawPicture(348, 216, 220, [floor, 60]), 'no'],
  ["a screen's proportions, 16:10", drawPicture(352, 220, 220, ...print), 'no'],
  ['other proportions', drawPicture(320, 240, 220, ...print), 'no'],
  ['nothing printed', drawPicture(342, 216, 220), 'no'],
];

t.test('cropped cards', async (t) => {
  for (const [sentence, image, expected] of crops)
    t.equal(looksCropped(asOpponent(image)), expected, sentence);
  t.same(frameQuad(10, 5)[2], [9.5, 4.5]);
});
