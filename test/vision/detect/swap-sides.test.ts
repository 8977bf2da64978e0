import t from 'tap';
import { swapSides } from '../../../src/vision/detect/swap-sides.js';
import type { Quad } from '../../../src/vision/types.js';
import { closestTo } from '../flat-picture.js';

const card: Quad = [
  [80, 60],
  [310, 75],
  [300, 220],
  [70, 200],
];

t.test('a wrong side is taken from a candidate that has it right', async (t) => {
  const wrongTop: Quad = [[77.1, 100], [307.6, 110], card[2], card[3]];
  const wrongLeft: Quad = [[110, 62], card[1], card[2], [105, 203]];
  t.notOk(closestTo(card, [wrongTop, wrongLeft]) < 20);
  t.ok(closestTo(card, swapSides(wrongTop, [wrongLeft])) < 1.5);
  t.same(swapSides(card, [card]), [], 'nothing to swap');
});
