/**
 * Writes the network that the detector asks from what its training exported: `npm run network-weights -- FOLDER`. The export's
 * test picture and the maps that the training framework made of it go to test/vision/network/vector/.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Layer } from '../src/vision/network/network-data.js';
import { readExport } from './network-export.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run network-weights -- FOLDER');
const { data, recipe, hash } = await readExport(folder);
await writeFile('src/vision/network/network-weights.ts', moduleText());
await writeVector(folder, 'test/vision/network/vector');

function moduleText(): string {
  const lines = data.weights.replace(/.{1,100}/g, '$&\n');
  return `// Written by scripts/network-weights.ts; bench/README.md says how it was trained, and on what. Do not edit.
// ${recipe ? `Recipe: ${recipe}. ` : ''}SHA-256 of the weights: ${hash}
import type { NetworkData } from './network-data.js';

export const networkWeights: NetworkData = {
  layers: [
${data.layers.map((layer) => `    ${literal(layer)},\n`).join('')}  ],
  maps: ${data.maps},
  presence: ${data.presence},
  weights: \`
${lines}\`,
};
`;
}

/** As the formatter wants it. */
function literal(layer: Layer): string {
  const parts = Object.entries(layer).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : value}`,
  );
  return `{ ${parts.join(', ')} }`;
}

/** The maps in 8 bits: enough to see that nothing is mixed up, and small. */
async function writeVector(from: string, to: string): Promise<void> {
  const { width, height, presence } = JSON.parse(await readFile(join(from, 'test.json'), 'utf8')) as {
    width: number;
    height: number;
    presence: number;
  };
  await mkdir(to, { recursive: true });
  const picture = await readFile(join(from, 'test.rgb'));
  await sharp(picture, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toFile(join(to, 'picture.png'));
  for (const name of ['mask', 'border']) {
    const bytes = await readFile(join(from, `test.${name}.f32`));
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    await sharp(
      Uint8Array.from(values, (value) => Math.round(255 * value)),
      {
        raw: { width: width / 2, height: height / 2, channels: 1 },
      },
    )
      .png({ compressionLevel: 9 })
      .toFile(join(to, `${name}.png`));
  }
  await writeFile(join(to, 'presence.json'), `{ "presence": ${presence} }\n`);
}
