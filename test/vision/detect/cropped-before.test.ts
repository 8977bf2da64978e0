import t from 'tap';
import { looksCroppedBefore } from '../../../src/vision/detect/cropped-before.js';
import type { Point, Quad, RgbImage } from '../../../src/vision/types.js';
import { asOpponent, drawPicture } from '../flat-picture.js';

const card: Quad = [
  [80, 60],
  [310, 75],
  [300, 220],
  [70, 200],
];

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
    t.equal(looksCroppedBefore(asOpponent(image)), expected, sentence);
});
