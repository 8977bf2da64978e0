import sharp from 'sharp';
import t from 'tap';
import {
  type Orientation,
  parseOrientation,
  toStored,
  turnUpright,
} from '../../../src/vision/codec/orientation.js';
import { asSharp, draw, readImage } from '../drawing.js';

const orientations: Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
/** No two pixels alike, so that a wrong turn cannot pass. */
const stored = draw(7, 5, 1, (x, y) => [30 * x, 40 * y, 10 * x + y]);

t.test('turns as the reference decoder does', async (t) => {
  for (const orientation of orientations) {
    const tagged = await asSharp(stored).withMetadata({ orientation }).png().toBuffer();
    const expected = await readImage(await sharp(tagged).autoOrient().png().toBuffer());
    const turned = turnUpright(stored, orientation);
    t.equal(turned.width, expected.width);
    t.strictSame([...turned.data], [...expected.data], `orientation ${orientation}`);
  }
});

t.test('finds every upright pixel in the stored image', async (t) => {
  for (const orientation of orientations) {
    const upright = turnUpright(stored, orientation);
    let misplaced = 0;
    for (let y = 0; y < upright.height; y++) {
      for (let x = 0; x < upright.width; x++) {
        const [storedX, storedY] = toStored([x, y], stored, orientation);
        if (stored.data[(storedY * 7 + storedX) * 3 + 2] !== upright.data[(y * upright.width + x) * 3 + 2])
          misplaced++;
      }
    }
    t.equal(misplaced, 0, `orientation ${orientation}`);
  }
});

t.test('a tag that means nothing turns nothing', async (t) => {
  for (const tag of [undefined, 0, 9, 255, -1, 1.5, Number.NaN]) t.equal(parseOrientation(tag), 1);
});
