import t from 'tap';
import { createRandom } from '../../../src/random.js';
import { Network } from '../../../src/vision/network/network.js';
import type { RgbImage } from '../../../src/vision/types.js';
import { encodeHalves, randomNetwork } from './random-network.js';
import { runReference } from './reference.js';

/** Square, wide, high; one whose deepest planes are no whole steps of the kernels. */
const sizes = [
  [64, 64],
  [96, 32],
  [32, 160],
  [224, 96],
] as const;

t.test('the maps are those of the plain definition', async (t) => {
  for (const [width, height] of sizes) {
    const random = createRandom(`${width} ${height}`);
    const { data, weights } = randomNetwork(random, [8, 8, 12, 16, 20], 1);
    const image = noise(width, height);
    const made = Network.parse(data).run(image);
    const layers = runReference(data, weights, image);
    const maps = layers[data.maps]!;
    t.match(made, { width: width / 2, height: height / 2 });
    t.equal(made.mask.length, (width * height) / 4);
    const expected = (first: number) => (_: number, i: number) => {
      const [x, y] = [i % made.width, Math.floor(i / made.width)];
      const channel = first + 2 * (y % 2) + (x % 2);
      return probability(maps.values[(channel * maps.height + (y >> 1)) * maps.width + (x >> 1)]!);
    };
    t.ok(farthest(made.mask, made.mask.map(expected(0))) < 1e-4, `mask of ${width} × ${height}`);
    t.ok(farthest(made.border, made.border.map(expected(4))) < 1e-4, `border of ${width} × ${height}`);
    t.ok(Math.abs(made.presence - probability(layers[data.presence]!.values[0]!)) < 1e-4, 'presence');
  }
});

t.test('one network sees pictures of any size in turn, each as if it were the first', async (t) => {
  const { data } = randomNetwork(createRandom('turns'), [8, 8, 12, 16, 20], 1);
  const network = Network.parse(data);
  const first = network.run(noise(64, 96));
  for (const [width, height] of sizes) {
    const image = noise(width, height);
    t.same(network.run(image), Network.parse(data).run(image), `${width} × ${height}`);
  }
  t.same(network.run(noise(64, 96)), first);
});

t.test('what does not fit is refused', async (t) => {
  const { data, weights } = randomNetwork(createRandom('misfit'), [8, 8, 8, 8, 8], 1);
  t.throws(() => Network.parse(data).run(noise(100, 64)), /100 × 64/);
  const short = { ...data, weights: encodeHalves(weights.slice(1)) };
  t.throws(() => Network.parse(short), /weights/);
});

function farthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function noise(width: number, height: number): RgbImage {
  const random = createRandom(`noise ${width} ${height}`);
  return { data: new Uint8Array(width * height * 3).map(() => random.int(0, 255)), width, height };
}
