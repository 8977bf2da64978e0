import sharp from 'sharp';
import t from 'tap';
import { encodePhoto } from '../../src/scene/index.js';
import type { RgbImage } from '../../src/vision/types.js';

/** Dark, with a bright top-left quarter, and not square. */
const picture: RgbImage = {
  width: 48,
  height: 32,
  data: Uint8Array.from({ length: 48 * 32 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return pixel % 48 < 24 && pixel < 48 * 16 ? 240 : 20;
  }),
};

t.test('whoever heeds the EXIF orientation sees the upright picture', async (t) => {
  for (const orientation of [1, 3, 6, 8]) {
    const bytes = await encodePhoto(picture, { format: 'jpeg', orientation });
    const meta = await sharp(bytes).metadata();
    t.equal(meta.orientation ?? 1, orientation);
    t.equal(meta.width, orientation > 4 ? 32 : 48, `stored width for ${orientation}`);
    const { data, info } = await sharp(bytes).autoOrient().raw().toBuffer({ resolveWithObject: true });
    t.equal(info.width, 48);
    t.ok(data[(4 * 48 + 4) * 3]! > 200 && data[(28 * 48 + 44) * 3]! < 60, `orientation ${orientation}`);
  }
});

t.test('the format is the asked one', async (t) => {
  for (const format of ['jpeg', 'png', 'webp'] as const)
    t.equal((await sharp(await encodePhoto(picture, { format })).metadata()).format, format);
});

t.test('an orientation that phones do not write is refused', async (t) => {
  await t.rejects(encodePhoto(picture, { format: 'jpeg', orientation: 5 }), RangeError);
});
