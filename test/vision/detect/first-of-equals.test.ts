import t from 'tap';
import { findCard } from '../../../src/vision/detect/detect.js';
import { findEqualBefore } from '../../../src/vision/detect/first-of-equals.js';
import { homography, project } from '../../../src/vision/geometry/perspective.js';
import { growQuad, mapQuad } from '../../../src/vision/geometry/plane.js';
import type { Candidate, Quad, RgbImage } from '../../../src/vision/types.js';
import { cardColour, draw, tableColour } from '../drawing.js';
import { cornerDistance } from '../flat-picture.js';

const card: Quad = [
  [0, 0],
  [300, 8],
  [295, 197],
  [-5, 189],
];
const at = (x: number, y: number): Quad => mapQuad(card, ([across, down]) => [across + x, down + y]);

function drawCards(width: number, height: number, cards: readonly Quad[]): RgbImage {
  const square: Quad = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const maps = cards.map((quad) => homography(quad, square)!);
  return draw(width, height, 1, (x, y) => {
    for (const map of maps) {
      const [u, v] = project(map, [x, y]);
      if (u >= 0 && v >= 0 && u <= 1 && v <= 1) return cardColour(u, v);
    }
    return tableColour(x, y);
  });
}

const candidate = (quad: Quad, score = 0.95): Candidate => ({ quad, score, source: 'lines' });

t.test('of two cards of one size the left or upper one is answered', async (t) => {
  for (const [name, width, height, first, second] of [
    ['beside each other', 800, 500, at(60, 120), at(430, 150)],
    ['the right one higher', 800, 500, at(60, 150), at(430, 90)],
    ['one below the other', 500, 640, at(100, 60), at(120, 350)],
    ['close together', 500, 640, at(100, 70), at(100, 290)],
  ] as const) {
    const { corners } = findCard(drawCards(width, height, [first, second]));
    t.ok(corners && cornerDistance(first, corners) < 4, name);
  }
});

t.test('what lies before what was found is looked for where there is room for it', async (t) => {
  const [first, second] = [at(60, 120), at(430, 150)];
  const image = drawCards(800, 500, [first, second]);
  const parts: RgbImage[] = [];
  const search = (part: RgbImage) => {
    parts.push(part);
    return candidate(first);
  };
  t.match(findEqualBefore(image, candidate(second), search), { quad: first, score: 0.95 });
  t.match(parts, [{ width: 425, height: 500 }], 'left of it alone: above of it is no room');
  t.equal(findEqualBefore(image, candidate(first), search), null, 'before the first there is none');
  t.equal(parts.length, 1);
  const alone = drawCards(800, 500, [second]);
  t.equal(findEqualBefore(alone, candidate(second), search), null, 'an empty table');
  t.equal(parts.length, 1, 'where the network sees nothing');
});

t.test('something else than an equal document is not answered', async (t) => {
  const [first, second] = [at(60, 120), at(430, 150)];
  const image = drawCards(800, 500, [first, second]);
  const before = (found: Candidate | undefined) => findEqualBefore(image, candidate(second), () => found);
  t.equal(before(undefined), null);
  t.equal(before(candidate(first, 0.5)), null, 'doubtful');
  t.equal(before(candidate(growQuad(first, 0.7))), null, 'smaller');
  t.equal(before(candidate(growQuad(first, 1.3))), null, 'larger');
  t.equal(before(candidate(at(125, 145))), null, 'touching, as the pages of an open passport do');
  t.ok(before(candidate(at(90, 145))));
});
