import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import t from 'tap';
import { encodeWithSharp } from '../../../src/vision/codec/encode.js';
import { decodeJpeg, encodeJpeg } from '../../../src/vision/codec/jpeg-turbo.js';
import type { RgbImage } from '../../../src/vision/types.js';
import { asSharp, difference, drawCard, drawPhoto, photographCard, readImage } from '../drawing.js';

const photo = drawPhoto(160, 120, photographCard(160, 120));
const files = {
  baseline: await asSharp(photo).jpeg({ quality: 90 }).toBuffer(),
  progressive: await asSharp(photo).jpeg({ quality: 90, progressive: true }).toBuffer(),
  'full colour resolution': await asSharp(photo).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer(),
  'poor quality': await asSharp(photo).jpeg({ quality: 20 }).toBuffer(),
};

t.test('the same pixels as from sharp, but for rounding', async (t) => {
  for (const [name, bytes] of Object.entries(files)) {
    const pixels = decodeJpeg(bytes);
    const expected = await readImage(bytes);
    // its inverse DCT rounds more coarsely than the one libvips asks for
    t.ok(pixels && difference(pixels, expected) < 1 && farthest(pixels, expected) < 10, name);
  }
});

t.test('accepts no file that sharp finds damaged', async (t) => {
  const outcomes = { decoded: 0, refused: 0 };
  for (const [name, bytes] of Object.entries(files)) {
    for (let round = 0; round < 60; round++) {
      const damaged = damage(bytes, round);
      const pixels = await asPlainJpeg(damaged);
      outcomes[pixels ? 'decoded' : 'refused']++;
      if (pixels === null) continue;
      const strict = await sharp(damaged, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true });
      t.match(strict.info, { width: pixels.width, height: pixels.height }, `${name}, damage ${round}`);
    }
  }
  t.ok(outcomes.decoded > 20 && outcomes.refused > 20, JSON.stringify(outcomes));
});

t.test('writes what sharp writes, but for rounding', async (t) => {
  const card = drawCard(300, 189);
  for (const quality of [1, 50, 90, 100]) {
    const bytes = encodeJpeg(card, quality)!;
    const expected = await encodeWithSharp(card, 'jpeg', quality);
    t.ok(Math.abs(bytes.length / expected.length - 1) < 0.03, `${bytes.length} and ${expected.length} bytes`);
    t.ok(difference(await readImage(bytes), await readImage(expected)) < 0.7, `quality ${quality}`);
    t.equal(bytes.buffer.byteLength, bytes.length, 'holds no more memory than the file needs');
  }
});

t.test('where there is no binary, sharp does the work', async (t) => {
  const script = `
    import Module from 'node:module';
    const resolve = Module._resolveFilename;
    Module._resolveFilename = function (name, ...rest) {
      if (name === '@julusian/jpeg-turbo') throw new Error('no binary for this platform');
      return resolve.call(this, name, ...rest);
    };
    const { decodeJpeg, encodeJpeg } = await import('./jpeg-turbo.js');
    const { encodeImage } = await import('./encode.js');
    const { decodePhoto, openPhoto } = await import('./decode.js');
    const card = { data: new Uint8Array(64 * 64 * 3).fill(200), width: 64, height: 64 };
    const bytes = await encodeImage(card, 'jpeg', 90);
    const { image } = await decodePhoto(await openPhoto(bytes, { maxPixels: 1e6, minSide: 1 }));
    console.log(encodeJpeg(card, 90), decodeJpeg(bytes), image.width, image.data[0]);`;
  const cwd = fileURLToPath(new URL('../../../src/vision/codec/', import.meta.url));
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd });
  t.equal(String(printed).trim(), 'null null 64 200');
});

/** What `decodeJpeg` is given: what sharp's header calls a plain JPEG. */
async function asPlainJpeg(bytes: Uint8Array): Promise<RgbImage | null> {
  const header = await sharp(bytes)
    .metadata()
    .catch(() => null);
  return header?.format === 'jpeg' && header.space === 'srgb' && header.channels === 3
    ? decodeJpeg(bytes)
    : null;
}

/** One byte replaced, a run of bytes lost, or the end cut off; not the quantisation, which is damaged without a trace. */
function damage(bytes: Buffer, round: number): Buffer {
  const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
  const at =
    round % 2 === 0 ? scan + ((round * 7919) % (bytes.length - scan)) : scan - 1 - ((round * 31) % 200);
  switch (round % 3) {
    case 0:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([(round * 83) % 256]),
        bytes.subarray(at + 1),
      ]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + (round % 5))]);
    default:
      return bytes.subarray(0, at);
  }
}

function farthest(a: RgbImage, b: RgbImage): number {
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i]!)), 0);
}
