/**
 * Writes how large the values of both networks' layers become on some pictures, by which the product chooses its whole numbers
 * (src/vision/network/units.ts): `npm run network-ranges -- FOLDER…`, each with a quads.json, after `npm run network-weights`.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadSample, readDataset } from '../bench/dataset.js';
import { createRandom } from '../src/random.js';
import { frameQuad, mapQuad, scaleQuad } from '../src/vision/geometry/plane.js';
import { type Channels, rowOf, shapeOf } from '../src/vision/network/channels.js';
import { decodeHalves } from '../src/vision/network/half-floats.js';
import { countChannels, inputUnit } from '../src/vision/network/layer-weights.js';
import { writePicture } from '../src/vision/network/network.js';
import type { LayersData } from '../src/vision/network/network-data.js';
import { toNetworkInput } from '../src/vision/network/network-input.js';
import { networkWeights } from '../src/vision/network/network-weights.js';
import type { Quad, RgbImage, Size } from '../src/vision/types.js';
import { Verifier } from '../src/vision/verify/verifier.js';
import { verifierWeights } from '../src/vision/verify/verifier-weights.js';
import { encodeHalves } from './halves.js';
import { runReference } from './network-reference.js';

const { positionals: folders } = parseArgs({ allowPositionals: true });
if (folders.length === 0) throw new Error('usage: npm run network-ranges -- FOLDER…');

/** Runs the definition in the product's stead, and keeps how far each channel reaches. */
class Ranges {
  readonly #data: LayersData;
  readonly #weights: Float32Array;
  readonly #reaches: Float64Array[];

  constructor(data: LayersData) {
    this.#data = data;
    this.#weights = decodeHalves(data.weights);
    this.#reaches = countChannels(data.layers, data.planes ?? 3).map((count) => new Float64Array(count));
  }

  run({ width, height }: Size, write: (numbers: Int16Array, input: Channels) => void) {
    const count = this.#data.planes ?? 3;
    const input = { ...shapeOf(count, width, height), at: 0 };
    const numbers = new Int16Array(((count + 1) >> 1) * (input.planeBytes / 2));
    write(numbers, input);
    const values = new Float64Array(count * width * height);
    for (let channel = 0, to = 0; channel < count; channel++) {
      for (let y = 0; y < height; y++) {
        const row = rowOf(input, channel, y);
        for (let x = 0; x < width; x++, to++) values[to] = numbers[row + 2 * x]! * inputUnit;
      }
    }
    const layers = runReference(this.#data, this.#weights, { count, width, height, values });
    layers.forEach(({ reach }, layer) => {
      this.#reaches[layer]!.forEach((before, channel, own) => {
        own[channel] = Math.max(before, reach[channel]!);
      });
    });
    // what is made of it does not matter
    const nothing = layers.map(({ count: channels }) => ({ ...shapeOf(channels, 1, 1), at: 0 }));
    const units = layers.map((layer) => new Float64Array(layer.count));
    return { numbers, layers: nothing, units };
  }

  /** @param name of the constant, and of the file that says so */
  async write(file: string, name: string): Promise<void> {
    const text = encodeHalves(this.#reaches.flatMap((reach) => [...reach]));
    const lines = text.replace(/.{1,100}/g, '$&\n');
    await writeFile(
      file,
      `// Written by scripts/network-ranges.ts. Do not edit.\nexport const ${name} = \`\n${lines}\`;\n`,
    );
  }
}

const network = new Ranges(networkWeights);
const verifier = new Ranges(verifierWeights);
const random = createRandom('network ranges');
for (const folder of folders) {
  for (const { path, quad } of readDataset(folder)) {
    const { image, scale } = await loadSample(path);
    const frame = frameQuad(image);
    const document = quad ? scaleQuad(quad, 1 / scale) : frame;
    const shown = toNetworkInput(image);
    network.run(shown, (numbers, input) => writePicture(shown, numbers, input));
    const judge = new Verifier(image, verifier);
    for (const each of [frame, document, moved(document, image, 0.1), moved(document, image, 0.3)])
      judge.verify(each);
  }
}
await network.write('src/vision/network/network-ranges.ts', 'networkRanges');
await verifier.write('src/vision/verify/verifier-ranges.ts', 'verifierRanges');

/** Each corner by up to such a share of the image. */
function moved(quad: Quad, { width, height }: RgbImage, share: number): Quad {
  return mapQuad(quad, ([x, y]) => [
    x + random.uniform(-share, share) * width,
    y + random.uniform(-share, share) * height,
  ]);
}
