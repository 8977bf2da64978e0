/**
 * Writes the networks that the detector asks from what their training exported: `npm run network-weights -- FOLDER`, once for each of
 * the two, and then `npm run network-ranges`. The export's test picture and what the training framework made of it go to test/vision/.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Layer } from '../src/vision/network/network-data.js';
import { readExport } from './network-export.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run network-weights -- FOLDER');
const { data, outputs, recipe, hash } = await readExport(folder);
if ('verdict' in outputs) {
  await writeFile(
    'src/vision/verify/verifier-weights.ts',
    moduleText('verifier', 'VerifierData', '../network/'),
  );
  await writeVerdict(folder, 'test/vision/verify/vector');
} else {
  await writeFile('src/vision/network/network-weights.ts', moduleText('network', 'NetworkData', './'));
  await writeVector(folder, 'test/vision/network/vector');
}

function moduleText(net: string, type: string, place: string): string {
  const lines = data.weights.replace(/.{1,100}/g, '$&\n');
  return `// Written by scripts/network-weights.ts; training/README.md says how it was trained, and on what. Do not edit.
// ${recipe ? `Recipe: ${recipe}. ` : ''}SHA-256 of the weights: ${hash}
import type { ${type} } from '${place}network-data.js';
import { ${net}Ranges } from './${net}-ranges.js';

export const ${net}Weights: ${type} = {
  layers: [
${data.layers.map((layer) => `    ${literal(layer)},\n`).join('')}  ],
  planes: ${data.planes},
${Object.entries(outputs)
  .map(([output, layer]) => `  ${output}: ${layer},\n`)
  .join('')}  weights: \`
${lines}\`,
  ranges: ${net}Ranges,
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
  const { width, height, presence } = await readAbout<{ presence: number }>(from);
  await writePicture(from, to, width, height);
  for (const name of ['mask', 'border']) {
    const bytes = await readFile(join(from, `test.${name}.f32`));
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const levels = Uint8Array.from(values, (value) => Math.round(255 * value));
    await sharp(levels, { raw: { width: width / 2, height: height / 2, channels: 1 } })
      .png({ compressionLevel: 9 })
      .toFile(join(to, `${name}.png`));
  }
  await writeFile(join(to, 'presence.json'), `{ "presence": ${presence} }\n`);
}

async function writeVerdict(from: string, to: string): Promise<void> {
  const { width, height, quad, verdicts } = await readAbout<{ quad: unknown; verdicts: unknown }>(from);
  await writePicture(from, to, width, height);
  await writeFile(join(to, 'verdict.json'), `${JSON.stringify({ quad, verdicts })}\n`);
}

async function readAbout<T>(from: string): Promise<T & { width: number; height: number }> {
  return JSON.parse(await readFile(join(from, 'test.json'), 'utf8')) as T & { width: number; height: number };
}

async function writePicture(from: string, to: string, width: number, height: number): Promise<void> {
  await mkdir(to, { recursive: true });
  const picture = await readFile(join(from, 'test.rgb'));
  await sharp(picture, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toFile(join(to, 'picture.png'));
}
