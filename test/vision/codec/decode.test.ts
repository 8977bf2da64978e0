import sharp, { type Sharp } from 'sharp';
import t from 'tap';
import { blankPng } from '../../../scripts/blank-png.js';
import { cutRegion, decodePhoto, openPhoto } from '../../../src/vision/codec/decode.js';
import { sniffImageFormat } from '../../../src/vision/codec/image-format.js';
import { PhotoError } from '../../../src/vision/codec/photo-error.js';
import type { Quad } from '../../../src/vision/types.js';
import { asSharp, difference, drawPhoto, readImage } from '../drawing.js';

const limits = { maxPixels: 2 ** 26, minSide: 64 };
const corners: Quad = [
  [60, 40],
  [330, 60],
  [310, 230],
  [70, 220],
];
const photo = drawPhoto(400, 300, corners);
const jpeg = await asSharp(photo).jpeg({ quality: 95 }).toBuffer();
const grey = await readImage(await asSharp(photo).grayscale().toColourspace('srgb').png().toBuffer());

t.test('reads every kind of file that a phone or scanner writes', async (t) => {
  // Bounds in grey levels: 0 for lossless files, 2 for lossy ones, 6 for a
  // palette, 15 for inks, of which libvips prints darker than it reads (it writes no profile).
  const files: [name: string, write: (image: Sharp) => Sharp, bound: number, expected?: typeof photo][] = [
    ['JPEG', (s) => s.jpeg({ quality: 95 }), 2],
    ['JPEG, progressive', (s) => s.jpeg({ quality: 95, progressive: true }), 2],
    ['JPEG, full colour resolution', (s) => s.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }), 2],
    ['JPEG, grey', (s) => s.grayscale().jpeg({ quality: 95 }), 2, grey],
    ['JPEG, CMYK', (s) => s.grayscale().toColourspace('cmyk').jpeg({ quality: 95 }), 15, grey],
    ['JPEG, Display P3', (s) => s.withIccProfile('p3').jpeg({ quality: 95 }), 2],
    ['PNG', (s) => s.png(), 0],
    ['PNG, 16 bit', (s) => s.toColourspace('rgb16').png(), 1],
    ['PNG, grey', (s) => s.grayscale().png(), 0, grey],
    ['PNG, grey 16 bit', (s) => s.toColourspace('grey16').png(), 1, grey],
    ['PNG, palette', (s) => s.png({ palette: true }), 6],
    ['PNG, interlaced', (s) => s.png({ progressive: true }), 0],
    ['PNG, opaque alpha', (s) => s.ensureAlpha().png(), 0],
    ['WebP', (s) => s.webp({ quality: 95 }), 2],
    ['WebP, lossless', (s) => s.webp({ lossless: true }), 0],
  ];
  for (const [name, write, bound, expected = photo] of files) {
    const opened = await openPhoto(await write(asSharp(photo)).toBuffer(), limits);
    const { image } = await decodePhoto(opened);
    const off = difference(image, expected);
    t.ok(off <= bound, `${name}: ${off.toFixed(2)} grey levels off`);
  }
});

t.test('transparent parts are white', async (t) => {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  for (const format of ['png', 'webp'] as const) {
    const bytes = await sharp({ create: { width: 80, height: 80, channels: 4, background: clear } })
      .toFormat(format)
      .toBuffer();
    const { image } = await decodePhoto(await openPhoto(bytes, limits));
    t.ok(
      image.data.every((value) => value === 255),
      format,
    );
  }
});

t.test('turns by the EXIF tag, whichever way the photo is decoded', async (t) => {
  const large = drawPhoto(
    2400,
    1600,
    [
      [400, 300],
      [2000, 350],
      [1900, 1400],
      [420, 1300],
    ],
    1,
  );
  for (const image of [photo, large]) {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const bytes = await asSharp(image).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
      const opened = await openPhoto(bytes, limits);
      const view = await decodePhoto(opened);
      const { width, height } = view.image;
      const expected = await readImage(
        await sharp(bytes).autoOrient().resize(width, height, { fit: 'fill' }).png().toBuffer(),
      );
      // 3: shrinking inside the JPEG decoder and after it differ a little along every edge.
      t.ok(difference(view.image, expected) < 3, `${image.width} pixels, orientation ${orientation}`);
      t.equal(opened.width, orientation < 5 ? image.width : image.height);
      t.ok(Math.max(width, height) <= 1200);
      t.ok(Math.abs(view.scale[0] * width - opened.width) < view.scale[0]);
      t.ok(Math.abs(view.scale[1] * height - opened.height) < view.scale[1]);
    }
  }
});

t.test('a region has the pixels of the photo at that place', async (t) => {
  const png = await openPhoto(await asSharp(photo).png().toBuffer(), limits);
  const region = { left: 50, top: 30, width: 200, height: 120 };
  const expected = await asSharp(photo).extract(region).png().toBuffer();
  t.equal(difference(await cutRegion(png, region, region), await readImage(expected)), 0);
  const { pixels } = await decodePhoto(png);
  for (const source of [png, pixels!]) {
    const half = await cutRegion(source, region, { width: 100, height: 60 });
    t.ok(difference(half, await readImage(await sharp(expected).resize(100, 60).png().toBuffer())) < 1);
  }
});

t.test('formats are told by their bytes alone', async (t) => {
  const tiny = sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } });
  t.equal(sniffImageFormat(jpeg), 'jpeg');
  t.equal(sniffImageFormat(await tiny.clone().png().toBuffer()), 'png');
  t.equal(sniffImageFormat(await tiny.clone().webp().toBuffer()), 'webp');
  for (const format of ['gif', 'tiff', 'avif'] as const) {
    t.equal(sniffImageFormat(await tiny.clone().toFormat(format).toBuffer()), null, format);
  }
  for (const text of [
    '',
    'GIF89a',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '%PDF-1.7',
    'RIFF____WAVE',
  ]) {
    t.equal(sniffImageFormat(Buffer.from(text)), null, text);
  }
});

t.test('what is wrong with a photo is said, in words that show nothing of it', async (t) => {
  const start = (share: number) => jpeg.subarray(0, Math.floor(jpeg.length * share));
  const png = await asSharp(photo).png().toBuffer();
  const webp = await asSharp(photo).webp().toBuffer();
  const damaged = Buffer.from(jpeg);
  damaged.fill(0xff, jpeg.length >> 1, (jpeg.length >> 1) + 50);
  const badChecksum = Buffer.from(png);
  badChecksum[png.length - 20]! ^= 0x55;
  const rows: [name: string, bytes: Uint8Array, fault: string][] = [
    ['no bytes', Buffer.alloc(0), 'image-unreadable'],
    ['text', Buffer.from('not a picture at all'), 'image-unreadable'],
    [
      'an SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'),
      'image-unreadable',
    ],
    ['a JPEG of two bytes', jpeg.subarray(0, 2), 'image-unreadable'],
    ['a JPEG of three bytes', jpeg.subarray(0, 3), 'image-unreadable'],
    ['a tenth of a JPEG', start(0.1), 'image-unreadable'],
    ['half a JPEG', start(0.5), 'image-unreadable'],
    ['all but the end of a JPEG', start(0.995), 'image-unreadable'],
    ['a JPEG with holes in its data', damaged, 'image-unreadable'],
    ['half a PNG', png.subarray(0, png.length / 2), 'image-unreadable'],
    ['a PNG with a wrong checksum', badChecksum, 'image-unreadable'],
    ['half a WebP', webp.subarray(0, webp.length / 2), 'image-unreadable'],
    ['a signature and noise', Buffer.concat([png.subarray(0, 8), jpeg]), 'image-unreadable'],
    ['one pixel', await asSharp(photo).resize(1, 1, { fit: 'fill' }).png().toBuffer(), 'image-too-small'],
    ['a strip', await asSharp(photo).resize(400, 63, { fit: 'fill' }).jpeg().toBuffer(), 'image-too-small'],
    ['a bomb: 256 million pixels in 32 kB', blankPng(16_000, 16_000), 'image-too-large'],
    ['a header that claims four billion pixels', blankPng(65_000, 65_000, 10), 'image-too-large'],
  ];
  for (const [name, bytes, fault] of rows) {
    const error = await refusal(bytes);
    t.equal(error?.fault, fault, `${name}: ${error?.detail}`);
    t.notMatch(error?.detail, /vips|sharp|buffer/i);
  }
});

t.test('limits are met exactly', async (t) => {
  const pixels = 400 * 300;
  const png = await asSharp(photo).png().toBuffer();
  t.equal(await refusal(png, { maxPixels: pixels, minSide: 300 }), undefined);
  t.equal((await refusal(png, { maxPixels: pixels - 1, minSide: 300 }))?.fault, 'image-too-large');
  t.equal((await refusal(png, { maxPixels: pixels, minSide: 301 }))?.fault, 'image-too-small');
  // Never whole in memory, so that it may have four times the pixels.
  t.equal(await refusal(jpeg, { maxPixels: pixels / 4, minSide: 300 }), undefined);
  t.equal((await refusal(jpeg, { maxPixels: pixels / 4 - 1, minSide: 300 }))?.fault, 'image-too-large');
  const progressive = await asSharp(photo).jpeg({ progressive: true }).toBuffer();
  t.equal(await refusal(progressive, { maxPixels: pixels, minSide: 300 }), undefined);
  t.equal((await refusal(progressive, { maxPixels: pixels - 1, minSide: 300 }))?.fault, 'image-too-large');
});

t.test('oddities that leave every pixel whole are forgiven', async (t) => {
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const junk = Buffer.concat([jpeg.subarray(0, scan), Buffer.from([1, 2, 3]), jpeg.subarray(scan)]);
  const oddScan = Buffer.from(jpeg);
  // The last but one byte of the scan header: "end of spectral selection", 63 by the standard, 0 in some phones' files.
  oddScan[scan + 2 + jpeg.readUInt16BE(scan + 2) - 2] = 0;
  const files = { 'bytes between the segments': junk, 'scan parameters of another mode': oddScan };
  for (const [name, bytes] of Object.entries({
    ...files,
    'bytes after the end': Buffer.concat([jpeg, junk]),
  })) {
    const { image } = await decodePhoto(await openPhoto(bytes, limits));
    t.ok(difference(image, photo) < 2, name);
  }
});

async function refusal(bytes: Uint8Array, within = limits): Promise<PhotoError | undefined> {
  try {
    await decodePhoto(await openPhoto(bytes, within));
    return undefined;
  } catch (error) {
    if (error instanceof PhotoError) return error;
    throw error;
  }
}
