/**
 * Makes the pictures in the examples of openapi.yaml: a fixture photo, as small as it can be and still be cropped, and its card.
 *
 * npm run example-photo
 */
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { fixture } from '../src/photos/fixtures.js';
import { cropCard } from '../src/vision/index.js';

const out = 'src/api/example-photo.ts';

const photo = await sharp(fixture('card-on-table').bytes)
  .resize({ width: 160 })
  .jpeg({ quality: 30, mozjpeg: true })
  .toBuffer();
const crop = await cropCard(photo, { quality: 30 });
if (crop.fault !== undefined) throw new Error(`no crop: ${crop.detail}`);

const base64 = (bytes: Uint8Array) => `'${Buffer.from(bytes).toString('base64')}'`;
await writeFile(
  out,
  `// Written by scripts/example-photo.ts.

/** A small photo of a fictional card that is cropped as it stands, in base64. */
export const examplePhoto =
  ${base64(photo)};

/** What comes back. */
export const exampleCard =
  ${base64(crop.image)};
`,
);
console.log(`${out}: ${photo.length} and ${crop.image.length} bytes`);
