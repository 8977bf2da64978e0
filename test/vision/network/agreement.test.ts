import t from 'tap';
import { scaleQuad } from '../../../src/vision/geometry/plane.js';
import { type Agreement, agreeWithMaps } from '../../../src/vision/network/agreement.js';
import type { Quad } from '../../../src/vision/types.js';
import { drawMaps } from './drawn-maps.js';

const card: Quad = [
  [30, 22],
  [98, 30],
  [94, 72],
  [26, 64],
];
const turned: Quad = [card[2], card[3], card[0], card[1]];
const inner = around(card, 0.5);
const maps = drawMaps(card);

t.test('a quad is judged by what the maps show inside, outside and along its sides', async (t) => {
  const cases: readonly (readonly [string, Quad, (made: Agreement) => boolean])[] = [
    ['the document itself', card, (a) => a.overlap > 0.95 && a.inside > 0.95 && a.outside < 0.1],
    ['its sides lie on the border', card, (a) => a.borderWorst > 0.8 && a.borderMean > 0.8],
    ['half of it inside', inner, (a) => a.inside > 0.99 && a.outside > 0.9 && a.overlap < 0.35],
    ['… whose sides lie on no border', inner, (a) => a.borderMean < 0.1],
    ['a side too far out', outwards(card, 10), (a) => a.borderWorst < 0.4 && a.borderSecond > 0.7],
    ['one and a half times its size', around(card, 1.5), (a) => a.inside < 0.55 && a.outside < 0.01],
    ['beside the picture', around(card, 1, 300), (a) => a.overlap === 0 && a.inside === 0],
  ];
  for (const [sentence, quad, isRight] of cases) {
    const made = agreeWithMaps(maps, scaleQuad(quad, ...maps.scale));
    t.ok(isRight(made), `${sentence}: ${JSON.stringify(made)}`);
    const all = Object.values(made);
    t.ok(all.every((value) => value >= 0 && value <= 1));
  }
});

t.test('it does not matter which corner comes first', async (t) => {
  const [a, b] = [card, turned].map((quad) => agreeWithMaps(maps, scaleQuad(quad, ...maps.scale)));
  for (const name of Object.keys(a!) as (keyof Agreement)[]) t.ok(Math.abs(a![name] - b![name]) < 1e-6, name);
});

t.test('a document that fills the picture has nothing outside, and borders that nobody sees', async (t) => {
  const frame: Quad = [
    [-0.5, -0.5],
    [127.5, -0.5],
    [127.5, 95.5],
    [-0.5, 95.5],
  ];
  const full = drawMaps(around(frame, 1.2));
  const made = agreeWithMaps(full, scaleQuad(frame, ...full.scale));
  t.ok(made.overlap > 0.99, `${made.overlap}`);
  t.equal(made.outside, 0);
});

function around(quad: Quad, factor: number, shift = 0): Quad {
  const [x0, y0] = [0, 1].map((axis) => quad.reduce((sum, corner) => sum + corner[axis]! / 4, 0)) as [
    number,
    number,
  ];
  return quad.map(([x, y]) => [x0 + (x - x0) * factor + shift, y0 + (y - y0) * factor]) as unknown as Quad;
}

/** Its right side moved. */
function outwards([a, b, c, d]: Quad, by: number): Quad {
  return [a, [b[0] + by, b[1] + by * 0.12], [c[0] + by, c[1] + by * 0.12], d];
}
