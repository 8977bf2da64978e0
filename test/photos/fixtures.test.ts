import { readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import t from 'tap';
import { recipes } from '../../scripts/fixture-recipes.js';
import { type Fixture, type FixtureName, fixture, fixtureNames } from '../../src/photos/fixtures.js';
import { flattenCard, renderScene } from '../../src/scene/index.js';
import type { PhotoFault, RgbImage } from '../../src/vision/types.js';

const manifest = JSON.parse(readFileSync('fixtures/manifest.json', 'utf8'));

t.test('names, recipes, manifest and files agree', async (t) => {
  t.same(Object.keys(manifest.photos), fixtureNames);
  t.same(Object.keys(recipes), fixtureNames);
  const photos = fixtureNames.map((name) => manifest.photos[name].file.replace('photos/', ''));
  t.same(readdirSync('fixtures/photos').sort(), photos.sort());
  const crops = fixtureNames.map((name) => manifest.photos[name].expected).filter((file) => file !== null);
  t.same(readdirSync('fixtures/expected').sort(), crops.map((file) => file.replace('expected/', '')).sort());
});

t.test('every photo is what the manifest says of it', async (t) => {
  let total = 0;
  for (const name of fixtureNames) {
    const photo = fixture(name);
    total += photo.bytes.length;
    t.equal(photo.bytes.length, manifest.photos[name].bytes, name);
    t.ok(photo.bytes.length < 300_000, `${name} is moderate in size`);
    t.equal(Buffer.from(photo.base64, 'base64').compare(photo.bytes), 0);
    const meta = await sharp(photo.bytes, { limitInputPixels: false }).metadata();
    t.match(meta, { format: photo.format, autoOrient: { width: photo.width, height: photo.height } }, name);
    t.equal(meta.orientation ?? 1, photo.orientation, name);
    t.equal(photo.mime, `image/${meta.format}`);
  }
  t.ok(total < 4_000_000, `${total} bytes altogether`);
});

t.test('there is a photo for each fault, and a true crop for each other', async (t) => {
  const faults: PhotoFault[] = ['image-unreadable', 'image-too-small', 'image-too-large', 'card-not-found'];
  const photos = fixtureNames.map(fixture);
  for (const fault of faults)
    t.ok(
      photos.some((photo) => photo.fault === fault),
      fault,
    );
  for (const { name, fault, expected, corners } of photos) {
    t.equal(expected !== null, fault === null, `${name}: crop`);
    if (fault === null) t.equal(corners?.length, 4, `${name}: corners`);
  }
});

/**
 * Mean distance in grey levels. JPEG and WebP at our qualities leave 0.6 to 2.7 (the noise that they smooth away);
 * the same scene from another seed is 23 and more away.
 */
const maxDistance = 3.5;

const drawn = fixtureNames.filter((name) => recipes[name].make === 'draw');

t.test('the generator still draws the photos and their crops', async (t) => {
  for (const name of drawn) {
    const photo = fixture(name);
    t.same(photo.scene, JSON.parse(JSON.stringify(recipes[name].scene)), `${name}: recipe`);
    const scene = renderScene(photo.scene!);
    t.ok((await distance(photo.bytes, scene.image)) < maxDistance, `${name}: photo`);
    t.ok(cornerDistance(photo, scene.card?.corners ?? null) < 0.01, `${name}: corners`);
    if (photo.expected === null) continue;
    const { width = 0, height = 0 } = await sharp(photo.expected).metadata();
    t.ok(
      (await distance(photo.expected, flattenCard(scene, Math.max(width, height))!)) < maxDistance,
      `${name}: crop`,
    );
  }
});

async function distance(bytes: Buffer, image: RgbImage): Promise<number> {
  const { data, info } = await sharp(bytes).autoOrient().raw().toBuffer({ resolveWithObject: true });
  if (info.width !== image.width || info.height !== image.height) return Infinity;
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i]! - image.data[i]!);
  return sum / data.length;
}

function cornerDistance(photo: Fixture, corners: Fixture['corners']): number {
  if (photo.corners === null || corners === null) return photo.corners === corners ? 0 : Infinity;
  return Math.max(...photo.corners.flat().map((value, i) => Math.abs(value - corners.flat()[i]!)));
}

t.test('an unknown name is refused with the list of those that exist', async (t) => {
  t.throws(() => fixture('nonsense' as FixtureName), { name: 'RangeError', message: /card-on-table/ });
});
