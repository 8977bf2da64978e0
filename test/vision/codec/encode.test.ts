import sharp from 'sharp';
import t from 'tap';
import { chooseFormat, encodeImage } from '../../../src/vision/codec/encode.js';
import { difference, drawCard, readImage } from '../drawing.js';

const card = drawCard(300, 189);

t.test('every format gives the picture back', async (t) => {
  // Grey levels: PNG loses nothing, the others what their quality allows.
  for (const [format, bound] of [
    ['png', 0],
    ['jpeg', 4],
    ['webp', 4],
  ] as const) {
    const bytes = await encodeImage(card, format, 90);
    t.match(await sharp(bytes).metadata(), { format, width: 300, height: 189, channels: 3 });
    t.ok(difference(await readImage(bytes), card) <= bound, format);
  }
});

t.test('quality is heeded', async (t) => {
  for (const format of ['jpeg', 'webp'] as const) {
    const [poor, good] = [await encodeImage(card, format, 30), await encodeImage(card, format, 95)];
    t.ok(poor.length < good.length / 2, format);
  }
});

t.test('JPEG halves the colour resolution, as cameras do', async (t) => {
  t.equal((await sharp(await encodeImage(card, 'jpeg', 90)).metadata()).chromaSubsampling, '4:2:0');
});

t.test('the same format as the photo, but JPEG for WebP', async (t) => {
  t.strictSame(
    (['jpeg', 'png', 'webp'] as const).map((photo) => chooseFormat('same', photo)),
    ['jpeg', 'png', 'jpeg'],
  );
  t.equal(chooseFormat('webp', 'png'), 'webp');
});
