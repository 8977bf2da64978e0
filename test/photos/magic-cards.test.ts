import { readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { test } from 'tap';
import { magicCardPhoto } from '../../scripts/fixture-recipes.js';
import { drawMagicCard } from '../../src/magic-card/draw.js';
import { readScenarioText } from '../../src/magic-card/read.js';
import { drawScene } from '../../src/photos/draw-scene.js';
import { cropCard } from '../../src/vision/index.js';

const folder = 'fixtures/magic-cards';
const file = (name: string) => readFileSync(`${folder}/${name}`);
const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();

test('a card to print, the same to show, and a photo of it', async (t) => {
  t.same(readdirSync(folder).sort(), ['no-card-photo.jpg', 'no-card.pdf', 'no-card.png']);
  t.ok((await pixels(file('no-card.png'))).equals(await pixels(await drawMagicCard('no-card'))));
  t.equal(file('no-card.pdf').length, (await drawMagicCard('no-card', 'pdf')).length);
  const [stored, drawn] = await Promise.all([
    pixels(file('no-card-photo.jpg')),
    pixels((await drawScene(magicCardPhoto)).bytes),
  ]);
  t.ok(meanDistance(stored, drawn) < 0.5, 'as the generator draws it; codecs may differ a little');
});

test('the photo names the scenario', async (t) => {
  let name: string | undefined;
  await cropCard(file('no-card-photo.jpg'), {
    inspect: (crop) => {
      name = readScenarioText(crop);
    },
  });
  t.equal(name, 'no-card');
});

function meanDistance(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}
