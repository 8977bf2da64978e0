/**
 * Makes the README's picture: a fixture photo with the corners that were found, and the crop that came back.
 *
 * npm run readme-image
 */
import { mkdir } from 'node:fs/promises';
import sharp from 'sharp';
import { fixture } from '../src/photos/fixtures.js';
import { cropCard } from '../src/vision/index.js';
import type { Quad } from '../src/vision/types.js';

const out = 'docs/images/before-after.jpg';
const size = { width: 1400, height: 520 } as const;
const photoBox = { left: 0, top: 0, width: 693, height: 520 } as const;
const cropBox = { left: 773, width: 627 } as const;

function outline(quad: Quad, scale: number): Buffer {
  const points = quad.map(([x, y]) => [(x + 0.5) * scale, (y + 0.5) * scale] as const);
  const dots = points.map(
    ([x, y]) => `<circle cx="${x}" cy="${y}" r="7" fill="#fff" stroke="#e6007e" stroke-width="3"/>`,
  );
  const { width, height } = photoBox;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <polygon points="${points.join(' ')}" fill="none" stroke="#e6007e" stroke-width="4"/>${dots.join('')}
    </svg>`,
  );
}

const arrow = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60">
    <path d="M14 30 H62 M46 14 L62 30 L46 46" fill="none" stroke="#888" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`,
);

const photo = fixture('card-on-table');
const crop = await cropCard(photo.bytes);
if (crop.fault !== undefined) throw new Error(`no crop: ${crop.detail}`);
const left = await sharp(photo.bytes).resize(photoBox.width, photoBox.height, { fit: 'fill' }).toBuffer();
const right = await sharp(crop.image).resize(cropBox.width).toBuffer({ resolveWithObject: true });
await mkdir('docs/images', { recursive: true });
await sharp({ create: { ...size, channels: 3, background: '#fff' } })
  .composite([
    { input: left, left: photoBox.left, top: photoBox.top },
    { input: outline(crop.corners, photoBox.width / photo.width), left: photoBox.left, top: photoBox.top },
    { input: arrow, left: 693, top: (size.height - 60) / 2 },
    { input: right.data, left: cropBox.left, top: Math.round((size.height - right.info.height) / 2) },
  ])
  .jpeg({ quality: 85 })
  .toFile(out);
console.log(`${out}: found with confidence ${crop.confidence.toFixed(2)}`);
