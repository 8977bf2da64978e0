/**
 * Makes the README's picture: a card on a desk and a permit in a hand, the corners that were found, and the crops that came back.
 *
 * npm run readme-image
 */
import { mkdir } from 'node:fs/promises';
import sharp, { type OverlayOptions } from 'sharp';
import { drawScene } from '../src/photos/draw-scene.js';
import type { SceneRequest } from '../src/scene/request.js';
import { cropCard } from '../src/vision/index.js';
import type { Quad } from '../src/vision/types.js';

const out = 'docs/images/before-after.jpg';
const photoSize = { width: 600, height: 450 } as const;
const cropWidth = 640;
const gap = 24;
const arrowWidth = 136;
const size = {
  width: photoSize.width + arrowWidth + cropWidth + gap,
  height: 2 * photoSize.height + gap,
} as const;

const common = {
  level: 'easy',
  width: 1600,
  height: 1200,
  noise: 1.5,
  quality: 95,
  sharpening: 0.4,
  blur: 0.5,
  vignette: 0.15,
};
const scenes = [
  {
    seed: 22,
    design: 'arabic-front',
    background: 'wood',
    clutter: ['cup', 'pen'],
    tilt: 20,
    rotation: 8,
    areaFraction: 0.24,
    offset: [-0.1, 0.2],
    brightness: 1.04,
    glare: 0.2,
    castShadow: 0,
  },
  {
    seed: 6,
    design: 'arabic-permit',
    background: 'planks',
    hand: 'left',
    fingers: 0,
    backgroundBlur: 9,
    tilt: 6,
    rotation: 355,
    areaFraction: 0.26,
    offset: [0.1, -0.35],
    brightness: 1.04,
    glare: 0,
    castShadow: 0,
  },
] as const satisfies readonly SceneRequest[];

function outline(quad: Quad, scale: number): Buffer {
  const points = quad.map(([x, y]) => [(x + 0.5) * scale, (y + 0.5) * scale] as const);
  const dots = points.map(
    ([x, y]) => `<circle cx="${x}" cy="${y}" r="7" fill="#fff" stroke="#e6007e" stroke-width="3"/>`,
  );
  const { width, height } = photoSize;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <polygon points="${points.join(' ')}" fill="none" stroke="#e6007e" stroke-width="3.5"/>${dots.join('')}
    </svg>`,
  );
}

const arrow = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60">
    <path d="M14 30 H62 M46 14 L62 30 L46 46" fill="none" stroke="#888" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`,
);

async function drawRow(scene: SceneRequest, top: number): Promise<OverlayOptions[]> {
  const photo = await drawScene({ ...common, ...scene } as SceneRequest);
  const crop = await cropCard(photo.bytes);
  if (crop.fault !== undefined) throw new Error(`no crop: ${crop.detail}`);
  console.log(`${scene.design}: found with confidence ${crop.confidence.toFixed(2)}`);
  const { width, height } = photoSize;
  const left = await sharp(photo.bytes).resize(width, height, { fit: 'fill' }).toBuffer();
  const right = await sharp(crop.image).resize(cropWidth).toBuffer({ resolveWithObject: true });
  return [
    { input: left, left: 0, top },
    { input: outline(crop.corners, width / photo.width), left: 0, top },
    { input: arrow, left: width + (arrowWidth - 80) / 2, top: top + (height - 60) / 2 },
    { input: right.data, left: width + arrowWidth, top: top + Math.round((height - right.info.height) / 2) },
  ];
}

await mkdir('docs/images', { recursive: true });
const rows = [];
for (const [i, scene] of scenes.entries()) rows.push(...(await drawRow(scene, i * (photoSize.height + gap))));
await sharp({ create: { ...size, channels: 3, background: '#fff' } })
  .composite(rows)
  .jpeg({ quality: 80, mozjpeg: true })
  .toFile(out);
