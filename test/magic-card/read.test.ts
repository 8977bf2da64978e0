import sharp from 'sharp';
import { test } from 'tap';
import { createMagicCard, drawMagicCard } from '../../src/magic-card/draw.js';
import { readScenarioText } from '../../src/magic-card/read.js';
import { fixture, fixtureNames } from '../../src/photos/fixtures.js';
import { encodePhoto, renderScene, type SceneOptions } from '../../src/scene/index.js';
import { cropCard, detectCard } from '../../src/vision/index.js';
import type { Quad, RgbImage } from '../../src/vision/types.js';

async function photograph(scenario: string, options: SceneOptions, quality: number): Promise<Buffer> {
  const scene = renderScene(
    { level: 'easy', width: 720, height: 540, ...options },
    createMagicCard(scenario),
  );
  return encodePhoto(scene.image, { format: 'jpeg', quality });
}

async function cropAndRead(bytes: Uint8Array): Promise<string | undefined> {
  let name: string | undefined;
  const crop = await cropCard(bytes, {
    inspect: (card) => {
      name = readScenarioText(card);
    },
  });
  if (crop.fault !== undefined) throw new Error(`${crop.fault}: ${crop.detail}`);
  return name;
}

test('drawn, photographed, compressed, cropped, read', async (t) => {
  const rows: [scenario: string, options: SceneOptions, quality: number][] = [
    ['no-card', { seed: 1, background: 'wood', rotation: 10 }, 85],
    ['slow;ms=500', { seed: 2, background: 'linen', rotation: 90 }, 60],
    ['bad-gateway', { seed: 3, background: 'plain-dark', rotation: 180, tilt: 20 }, 40],
    ['connection-reset', { seed: 4, background: 'marble', rotation: 271, brightness: 0.7 }, 50],
    ['token-expired', { seed: 5, level: 'medium', background: 'stone', glare: 0.8, fingers: 1 }, 70],
    ['status;code=422;message=No card', { seed: 6, background: 'denim', areaFraction: 0.4 }, 80],
  ];
  for (const [scenario, options, quality] of rows)
    t.equal(await cropAndRead(await photograph(scenario, options, quality)), scenario);
});

test('a code that is read is surer than any rating of the corners', async (t) => {
  const photo = await photograph('no-card', { seed: 1, background: 'wood' }, 85);
  const doubtful = { minConfidence: 1 };
  t.match(await cropCard(photo, doubtful), { fault: 'card-not-found' });
  t.match(await cropCard(photo, { ...doubtful, inspect: () => undefined }), { fault: 'card-not-found' });
  const crop = await cropCard(photo, {
    ...doubtful,
    inspect: (card) => readScenarioText(card) === 'no-card',
  });
  t.equal(crop.fault, undefined);
});

test('without an answer, the best quads are looked at in turn until one can be read', async (t) => {
  const photo = await photograph('no-card', { seed: 7, level: 'medium', background: 'text-page' }, 85);
  const doubtful = { minConfidence: 1, keepCandidates: 3 };
  const unread = await detectCard(photo, doubtful);
  if (unread.fault !== undefined || unread.candidates === undefined) throw new Error('no candidates');
  let looks = 0;
  const crop = await cropCard(photo, { ...doubtful, inspect: () => ++looks === 2 });
  if (crop.fault !== undefined) throw new Error(crop.detail);
  t.equal(looks, 2, 'and no further');
  const byCorner = (quad: Quad) => quad.map((corner) => corner.map(Math.round).join()).toSorted();
  t.strictSame(byCorner(crop.corners), byCorner(unread.candidates[1]!.quad), 'the second is answered');
  t.equal(crop.candidates?.length, 3, 'no more candidates are kept than were asked for');
  t.strictSame(byCorner(crop.candidates![0]!.quad), byCorner(crop.corners), 'and the first is the answer');
  t.equal(crop.confidence, unread.candidates[1]!.score);
  looks = 0;
  const missed = await cropCard(photo, { minConfidence: 1, inspect: () => ++looks < 0 });
  t.match(missed, { fault: 'card-not-found', candidates: undefined });
  const inVain = await cropCard(photo, { minConfidence: 1, keepCandidates: 9, inspect: () => ++looks < 0 });
  t.ok(inVain.candidates!.length > 4, 'more were to be had');
  t.equal(looks, 2 * 4, 'four each time');
});

test('in a strip of a photo, too, a doubtful quad is looked at in the pixels that were searched', async (t) => {
  const photo = await photograph('no-card', { seed: 1, background: 'wood' }, 85);
  const strip = await sharp(photo)
    .extend({ left: 3000, right: 3000, background: '#777' })
    .jpeg({ quality: 85 })
    .toBuffer();
  let name: string | undefined;
  const crop = await cropCard(strip, {
    minConfidence: 1,
    inspect: (card) => {
      name = readScenarioText(card);
      return name !== undefined;
    },
  });
  t.match([name, crop.fault], ['no-card', undefined]);
});

test('a small crop and a large one', async (t) => {
  for (const width of [260, 2000]) {
    const card = await flatCard(width);
    t.equal(readScenarioText(card), 'no-card', `${width} pixels`);
  }
});

async function flatCard(width: number): Promise<RgbImage> {
  const { data, info } = await sharp(await drawMagicCard('no-card'))
    .resize(width)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

test('no other card names a scenario', async (t) => {
  for (const name of fixtureNames) {
    const { expected } = fixture(name);
    if (expected === null) continue;
    const { data, info } = await sharp(expected).raw().toBuffer({ resolveWithObject: true });
    t.equal(readScenarioText({ data, width: info.width, height: info.height }), undefined, name);
  }
});

test('pictures that are hardly any name no scenario', async (t) => {
  for (const [width, height] of [
    [1, 1],
    [2, 3],
    [16, 10],
    [3, 200],
  ] as const) {
    const data = new Uint8Array(width * height * 3).map((_, i) => (i * 97) % 256);
    t.equal(readScenarioText({ data, width, height }), undefined, `${width} × ${height}`);
  }
});
