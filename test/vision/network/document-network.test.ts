import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import t from 'tap';
import { runReference } from '../../../scripts/network-reference.js';
import { documentNetwork } from '../../../src/vision/network/document-network.js';
import { decodeHalves } from '../../../src/vision/network/half-floats.js';
import { networkWeights } from '../../../src/vision/network/network-weights.js';
import { logistic } from '../../../src/vision/odds.js';
import { readImage } from '../drawing.js';
import { mapOf, toTensor } from './random-network.js';

const vector = 'test/vision/network/vector';

t.test('the network that ships says what its training framework said', async (t) => {
  const image = await readImage(await readFile(`${vector}/picture.png`));
  const { presence } = JSON.parse(await readFile(`${vector}/presence.json`, 'utf8')) as { presence: number };
  const layers = runReference(networkWeights, decodeHalves(networkWeights.weights), toTensor(image));
  const made = documentNetwork().run(image);
  for (const [name, first] of [
    ['mask', 0],
    ['border', 4],
  ] as const) {
    const stored = await sharp(`${vector}/${name}.png`).toColourspace('b-w').raw().toBuffer();
    const defined = mapOf(layers[networkWeights.maps]!, first);
    t.equal(defined.length, stored.length);
    t.equal(made[name].length, stored.length);
    const framework = Float64Array.from(stored, (level) => level / 255); // kept in 8 bits
    t.ok(
      farthest(defined, framework) < 0.0025,
      `${name}, by its definition: ${farthest(defined, framework)}`,
    );
    t.ok(
      farthest(made[name], defined) < 0.0025,
      `${name}, in whole numbers: ${farthest(made[name], defined)}`,
    );
  }
  const defined = logistic(layers[networkWeights.presence]!.values[0]!);
  t.ok(Math.abs(defined - presence) < 1e-4, 'presence, by its definition');
  t.ok(Math.abs(made.presence - presence) < 1e-4, 'presence, in whole numbers');
});

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
