/**
 * Draws everything under `fixtures/` anew: `npm run fixtures`, or only some: `npm run fixtures -- glare webp`.
 * Recipes are in `fixture-recipes.ts`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FixtureEntry, type FixtureName, fixtureNames } from '../src/photos/fixtures.js';
import { encodePhoto, flattenCard, renderScene, type SceneCard } from '../src/scene/index.js';
import type { Quad } from '../src/vision/types.js';
import { blankPng } from './blank-png.js';
import { type Recipe, recipes } from './fixture-recipes.js';

const folder = 'fixtures';
const manifestPath = join(folder, 'manifest.json');
/** Pixels of an expected crop's longer side: enough to compare, small enough to publish. */
const cropSide = 800;

const extensions = { jpeg: 'jpg', png: 'png', webp: 'webp' } as const;

async function write(file: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), bytes);
}

async function make(name: FixtureName, recipe: Recipe): Promise<FixtureEntry> {
  const { description, encoding, scene, fault = null } = recipe;
  const { format, orientation = 1, quality = null } = encoding;
  const file = `photos/${name}.${extensions[format]}`;
  const photo = recipe.make === 'blank' ? blankPhoto(recipe) : await drawPhoto(name, recipe);
  await write(file, photo.bytes);
  const { width, height, card, expected, bytes } = photo;
  const isDrawn = recipe.make !== 'blank';
  return {
    description,
    file,
    format,
    bytes: bytes.length,
    width,
    height,
    orientation,
    corners: card && round(card.corners),
    documentCorners: card && round(card.documentCorners),
    fault,
    expected,
    scene: isDrawn ? scene : null,
    quality,
  };
}

interface Photo {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly card: SceneCard | null;
  readonly expected: string | null;
}

function blankPhoto({ scene: { width = 1, height = 1 } }: Recipe): Photo {
  return { bytes: blankPng(width, height), width, height, card: null, expected: null };
}

async function drawPhoto(
  name: FixtureName,
  { make: how, scene: options, encoding, fault }: Recipe,
): Promise<Photo> {
  const scene = renderScene(options);
  const { width, height } = scene.image;
  const whole = await encodePhoto(scene.image, encoding);
  const bytes = how === 'cut' ? whole.subarray(0, Math.round(whole.length * 0.6)) : whole;
  const crop = fault === undefined ? flattenCard(scene, cropSide) : null;
  const expected = crop && `expected/${name}.jpg`;
  if (crop && expected) await write(expected, await encodePhoto(crop, { format: 'jpeg', quality: 82 }));
  return { bytes, width, height, card: scene.card, expected };
}

const round = (quad: Quad): Quad =>
  quad.map(([x, y]) => [Math.round(x * 100) / 100, Math.round(y * 100) / 100]) as unknown as Quad;

async function oldPhotos(): Promise<Partial<Record<FixtureName, FixtureEntry>>> {
  return JSON.parse(await readFile(manifestPath, 'utf8')).photos;
}

const wanted = process.argv.slice(2);
const kept = wanted.length > 0 ? await oldPhotos() : {};
const photos: Partial<Record<FixtureName, FixtureEntry>> = {};
for (const name of fixtureNames) {
  const old = kept[name];
  photos[name] = old !== undefined && !wanted.includes(name) ? old : await make(name, recipes[name]);
  console.log(`${name}: ${Math.round(photos[name].bytes / 1000)} kB`);
}
const licence = 'MIT. Every picture was drawn by this project: cards, countries and people are invented.';
await writeFile(manifestPath, `${JSON.stringify({ licence, photos }, null, 2)}\n`);
