import t from 'tap';
import { createRandom } from '../../../src/random.js';
import {
  mapCloser,
  mapDocument,
  readMap,
  toImagePixels,
  toMapPixels,
} from '../../../src/vision/network/document-maps.js';
import { Network } from '../../../src/vision/network/network.js';
import type { Quad } from '../../../src/vision/types.js';
import { cornerError, drawPhoto, photographCard } from '../drawing.js';
import { drawMaps } from './drawn-maps.js';
import { randomNetwork } from './random-network.js';

t.test('maps know where in the image they lie', async (t) => {
  const card = photographCard(320, 480);
  const { data } = randomNetwork(createRandom('maps'), [8, 8, 8, 8, 8], 1);
  const maps = mapDocument(Network.parse(data), drawPhoto(320, 480, card, 1));
  // 256 high, and the multiple of 32 next to 171
  t.match(maps, { width: 80, height: 128, scale: [4, 3.75] });
  t.ok(cornerError(toImagePixels(maps, toMapPixels(maps, card)), card) < 1e-9);
  const frame: Quad = [
    [-0.5, -0.5],
    [319.5, -0.5],
    [319.5, 479.5],
    [-0.5, 479.5],
  ];
  const [topLeft, , bottomRight] = toMapPixels(maps, frame);
  t.same(topLeft, [-0.5, -0.5]);
  t.same(bottomRight, [79.5, 127.5]);
});

t.test('a closer look shows the surroundings of a quad, and knows where in the image they lie', async (t) => {
  const small: Quad = [
    [300, 200],
    [700, 210],
    [690, 460],
    [310, 470],
  ];
  const network = Network.parse(randomNetwork(createRandom('maps'), [8, 8, 8, 8, 8], 1).data);
  const photo = drawPhoto(1200, 900, small, 1);
  const maps = mapCloser(network, photo, small);
  if (maps === null) return void t.fail('no closer look');
  // a quarter of 400 pixels to each side: 600 x 470
  t.match(maps, { width: 128, height: 96, origin: [200, 100], scale: [600 / 128, 470 / 96] });
  t.ok(cornerError(toImagePixels(maps, toMapPixels(maps, small)), small) < 1e-9);
  const [topLeft] = toMapPixels(maps, [[199.5, 99.5], ...small.slice(1)] as unknown as Quad);
  t.same(topLeft, [-0.5, -0.5]);
  const cut = drawPhoto(600, 470, small.map(([x, y]) => [x - 200, y - 100]) as unknown as Quad, 1);
  const whole = mapDocument(network, cut);
  t.equal(maps.presence.toFixed(3), whole.presence.toFixed(3), 'as if the rest of the photo were not there');
});

t.test(
  'of what fills the image there is no closer look, of something tiny none that blows it up',
  async (t) => {
    const network = Network.parse(randomNetwork(createRandom('maps'), [8, 8, 8, 8, 8], 1).data);
    const large = photographCard(320, 240);
    t.equal(mapCloser(network, drawPhoto(320, 240, large, 1), large), null);
    const tiny: Quad = [
      [500, 500],
      [540, 500],
      [540, 520],
      [500, 520],
    ];
    const maps = mapCloser(network, drawPhoto(1000, 1000, tiny, 1), tiny);
    t.match(maps, { origin: [392, 392], scale: [256 / 128, 236 / 112] });
  },
);

t.test('between its pixels a map is read in proportion, beyond the frame not at all', async (t) => {
  const maps = { ...drawMaps(photographCard(4, 3), { width: 4, height: 3 }) };
  const ramp = Float32Array.from({ length: 12 }, (_, i) => (i % 4) + 10 * Math.floor(i / 4));
  for (const [x, y, value] of [
    [0, 0, 0],
    [1.25, 0, 1.25],
    [2, 1.5, 17],
    [3, 2, 23],
    [3.5, 2.5, 23],
    [-0.5, 1, 10],
  ] as const) {
    t.equal(readMap(ramp, maps, x, y), value, `${x}, ${y}`);
  }
  for (const [x, y] of [
    [-0.6, 1],
    [3.6, 1],
    [1, 2.6],
    [Number.NaN, 1],
  ] as const) {
    t.ok(Number.isNaN(readMap(ramp, maps, x, y)), `${x}, ${y}`);
  }
});
