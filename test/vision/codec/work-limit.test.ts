import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { test } from 'tap';
import { cropCard } from '../../../src/vision/index.js';
import { manyFrames, manyScans, withChunks } from '../bombs.js';

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#999' } });
const progressive = await blank(1700, 1700).jpeg({ progressive: true }).toBuffer();
const png = await blank(400, 300).png().toBuffer();
const frames = await sharp(
  await Promise.all(
    ['#100', '#200'].map((background) =>
      sharp({ create: { width: 80, height: 80, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  ),
  { join: { animated: true } },
)
  .webp({ lossless: true })
  .toBuffer();

const megabyteInflated = deflateSync(Buffer.alloc(2 ** 20), { level: 9 });
const zTXt = Buffer.concat([Buffer.from('key\0\0'), megabyteInflated]);
const packed = Buffer.concat([Buffer.from('key\0\x01\0\0\0'), megabyteInflated]);
const plain = Buffer.concat([Buffer.from('key\0\0\0\0\0'), Buffer.alloc(2 ** 20, 'x')]);
const overAMegabyte = Math.ceil(2 ** 20 / zTXt.length);

const bombs = [
  ['a JPEG with 100,000 scans', manyScans(progressive, 100_000), /more than 371 scans of 1700 × 1700 pixels/],
  ['a JPEG with one scan too many', manyScans(progressive, 372), /more than 371 scans/],
  ['a WebP with 100,000 frames', manyFrames(frames, 100_000), /more than 1000 frames/],
  [
    'a PNG with compressed texts of over 1 MB',
    withChunks(png, 'zTXt', zTXt, overAMegabyte),
    /compressed texts and profiles/,
  ],
  [
    'a PNG with compressed international texts',
    withChunks(png, 'iTXt', packed, overAMegabyte),
    /compressed texts and profiles/,
  ],
] as const;

for (const [what, bytes, detail] of bombs) {
  test(`${what} is refused before it is decoded`, async (t) => {
    t.match(await cropCard(bytes), { fault: 'image-too-large', detail });
  });
}

const harmless = [
  ['a JPEG with the usual scans', progressive],
  ['a WebP with 1,000 frames', manyFrames(frames, 998)],
  ['a PNG with much uncompressed text', withChunks(png, 'iTXt', plain, 3)],
  ['a PNG with some compressed text', withChunks(png, 'zTXt', zTXt, 3)],
] as const;

for (const [what, bytes] of harmless) {
  test(`${what} is looked at`, async (t) => {
    t.match(await cropCard(bytes), { fault: 'card-not-found' });
  });
}

test('scans over fewer pixels may be more', async (t) => {
  const small = await blank(200, 200).jpeg({ progressive: true }).toBuffer();
  const { fault } = await cropCard(manyScans(small, 1000));
  t.not(fault, 'image-too-large');
});
