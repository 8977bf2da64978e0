import sharp from 'sharp';
import { test } from 'tap';
import { knownPhoto } from '../../src/photos/known-photos.js';
import { startSimulator } from '../support/simulator.js';
import type { WireAnswer } from '../support/wire.js';
import { isCard, misordered } from './deviations.js';
import { assertDrifts } from './drifts.js';
import { type Deviate, startProxy, withPicture } from './proxy.js';
import { drifts, patient, visit } from './visit.js';

const ofCards =
  (change: (answer: WireAnswer) => WireAnswer | Promise<WireAnswer>): Deviate =>
  (answer) =>
    isCard(answer) ? change(answer) : answer;

test('each deviation of a card is exactly one drift', async (t) => {
  const { url } = await startSimulator(t, patient);
  await assertDrifts(t, url, [
    [
      'a JPEG for a PNG',
      ofCards((answer) => withPicture(answer, (picture) => sharp(picture).jpeg().toBuffer())),
      { 'output-format': { jpeg: 'jpeg', png: 'jpeg' } },
    ],
    [
      'a crop turned by 180°',
      ofCards((answer) => withPicture(answer, (picture) => sharp(picture).rotate(180).toBuffer())),
      { 'crop-upright': ['card', 'png', 'turned', 'endless'] },
    ],
    ['hmac over the wrong order', ofCards(misordered), { hmac: 'wrong' }],
  ]);
});

const photoIn = (body: Buffer) => Buffer.from(String(JSON.parse(String(body)).img), 'base64');

async function paintCorners(picture: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata();
  const card = `<rect width="${width}" height="${height}" rx="${width * 0.04}" fill="#fff"/>`;
  const mask = Buffer.from(`<svg width="${width}" height="${height}">${card}</svg>`);
  const cut = await sharp(picture)
    .ensureAlpha()
    .composite([{ input: mask, blend: 'dest-in' }])
    .png()
    .toBuffer();
  return sharp(cut).flatten({ background: '#fff' }).jpeg().toBuffer();
}

/** Its middle, as large as all of it. */
async function cutBorder(picture: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata();
  const [left, top] = [Math.round(width / 10), Math.round(height / 10)];
  const middle = { left, top, width: width - 2 * left, height: height - 2 * top };
  const part = await sharp(picture).extract(middle).toBuffer();
  return sharp(part).resize(width, height, { fit: 'fill' }).png().toBuffer();
}

test('what a cropper does with corners, colours, borders and more than one document is a row each', async (t) => {
  t.setTimeout(110_000);
  const { url } = await startSimulator(t, patient);
  const photos = ['card-on-table', 'wide-gamut', 'png', 'two-cards', 'photocopy', 'passport'] as const;
  const named = new Map<string, string>();
  for (const name of photos) named.set((await knownPhoto(name)).bytes.toString('base64'), name);
  const proxy = await startProxy(t, url, (answer, { body }) => {
    if (!isCard(answer)) return answer;
    const photo = photoIn(body);
    switch (named.get(photo.toString('base64'))) {
      case 'card-on-table':
        return withPicture(answer, paintCorners);
      case 'wide-gamut':
        return withPicture(answer, (picture) => sharp(picture).greyscale().jpeg().toBuffer());
      case 'png':
        return withPicture(answer, cutBorder);
      case 'two-cards':
        return withPicture(answer, async (picture) => sharp(picture).negate().jpeg().toBuffer());
      case 'photocopy':
      case 'passport':
        return withPicture(answer, async () => photo);
      default:
        return answer;
    }
  });
  const found = drifts(await visit(proxy));
  t.match(found, { 'crop-place': [/^png: 0\.6\d?$/] });
  t.same(found, {
    'crop-place': found['crop-place'],
    'crop-corners': 'white',
    'crop-colours': 'other',
    'crop-two-cards': 'something else',
    'crop-photocopy': 'more than the document',
    'crop-passport': 'more than the data page',
  });
});
