import t from 'tap';
import { mapQuad } from '../../../src/vision/geometry/plane.js';
import { refineQuad } from '../../../src/vision/refine/refine.js';
import type { Point, Quad } from '../../../src/vision/types.js';
import { drawPhoto, photographCard } from '../drawing.js';
import { cornerDistance, drawPicture } from '../flat-picture.js';

const truth = photographCard(640, 480);
const photo = drawPhoto(640, 480, truth);

const starts: readonly [string, (corner: Point, index: number) => Point][] = [
  ['in place', (corner) => corner],
  ['moved aside', ([x, y]) => [x + 3.5, y - 3]],
  ['shrunk', ([x, y]) => [320 + (x - 320) * 0.985, 240 + (y - 240) * 0.985]],
  ['one corner off', ([x, y], index) => (index === 2 ? [x + 4, y + 4] : [x, y])],
];

t.test('sides move onto the edge, sub-pixel', async (t) => {
  for (const [sentence, move] of starts) {
    const refined = refineQuad(photo, mapQuad(truth, move), 6);
    t.ok(
      cornerDistance(truth, refined) < 0.5,
      `${sentence}: ${cornerDistance(truth, refined).toFixed(2)} px off`,
    );
  }
});

t.test('without an edge a quad stays about where it is', async (t) => {
  const refined = refineQuad(drawPicture(640, 480, 128), truth, 6);
  t.ok(cornerDistance(truth, refined) < 6);
});

t.test('outside the frame there is nothing to refine', async (t) => {
  const outside: Quad = [
    [-90, -90],
    [-10, -90],
    [-10, -40],
    [-90, -40],
  ];
  t.ok(cornerDistance(outside, refineQuad(photo, outside, 6)) < 1e-6);
});
