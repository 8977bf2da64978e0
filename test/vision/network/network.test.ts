import t from 'tap';
import { encodeHalves } from '../../../scripts/halves.js';
import { runReference } from '../../../scripts/network-reference.js';
import { createRandom } from '../../../src/random.js';
import { largest, rowOf } from '../../../src/vision/network/channels.js';
import { LayeredNetwork } from '../../../src/vision/network/layered-network.js';
import { Network, writePicture } from '../../../src/vision/network/network.js';
import { logistic } from '../../../src/vision/odds.js';
import type { RgbImage } from '../../../src/vision/types.js';
import { mapOf, randomNetwork, toTensor } from './random-network.js';

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
    const layers = runReference(data, weights, toTensor(image));
    const maps = layers[data.maps]!;
    t.match(made, { width: width / 2, height: height / 2 });
    t.equal(made.mask.length, (width * height) / 4);
    t.ok(farthest(made.mask, mapOf(maps, 0)) < 1e-4, `mask of ${width} × ${height}`);
    t.ok(farthest(made.border, mapOf(maps, 4)) < 1e-4, `border of ${width} × ${height}`);
    t.ok(Math.abs(made.presence - logistic(layers[data.presence]!.values[0]!)) < 1e-4, 'presence');
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

t.test('what goes further than its range is cut off there: no sum turns its sign', async (t) => {
  const white = { data: new Uint8Array(64 * 64 * 3).fill(255), width: 64, height: 64 };
  for (const sign of [1, -1]) {
    for (const kind of ['pointwise', 'depthwise'] as const) {
      const second =
        kind === 'pointwise'
          ? ({ kind, from: 0, channels: 8, relu: false } as const)
          : ({ kind, from: 0, stride: 1, relu: false } as const);
      const layers = [{ kind: 'halving', from: 'input', channels: 8, relu: false }, second] as const;
      // Every other channel is negative, and weighed negatively where channels are summed: sums become as large as they can.
      const signs = Array.from({ length: 8 }, (_, channel) => (channel % 2 === 0 ? 1 : -1));
      const weights = [
        ...signs.flatMap((own) => Array.from({ length: 27 }, () => sign * own)),
        ...signs.map(() => 0),
        ...signs.flatMap(() => (kind === 'pointwise' ? signs : Array.from({ length: 9 }, () => 1))),
        ...signs.map(() => 0),
      ];
      // values of 54, cut off at 0.75, and of 5 and more
      const ranges = [...Array.from({ length: 8 }, () => 0.5), ...Array.from({ length: 8 }, () => 1.7)];
      const data = { layers, weights: encodeHalves(weights), ranges: encodeHalves(ranges) };
      const { numbers, layers: made } = new LayeredNetwork(data, [0, 1]).run(white, (memory, input) =>
        writePicture(white, memory, input),
      );
      made.forEach((layer, index) => {
        signs.forEach((own, channel) => {
          const expected = kind === 'pointwise' && index === 1 ? sign : sign * own;
          const number = numbers[rowOf(layer, channel, 8) + 16]!;
          t.ok(expected * number >= largest, `${kind}, ${sign}: ${number} of layer ${index}`);
        });
      });
    }
  }
});

t.test('what does not fit is refused', async (t) => {
  const { data, weights } = randomNetwork(createRandom('misfit'), [8, 8, 8, 8, 8], 1);
  t.throws(() => Network.parse(data).run(noise(100, 64)), /100 × 64/);
  const short = { ...data, weights: encodeHalves(weights.slice(1)) };
  t.throws(() => Network.parse(short), /weights/);
  t.throws(() => Network.parse({ ...data, ranges: encodeHalves([1]) }), /ranges/);
});

function farthest(a: Float32Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

function noise(width: number, height: number): RgbImage {
  const random = createRandom(`noise ${width} ${height}`);
  return { data: new Uint8Array(width * height * 3).map(() => random.int(0, 255)), width, height };
}
