import sharp from 'sharp';
import { test } from 'tap';
import { compareWithPhoto } from '../../src/photos/compare-crop.js';
import { knownPhoto } from '../../src/photos/known-photos.js';
import { createRandom } from '../../src/random.js';
import { flattenCard, type Scene } from '../../src/scene/index.js';
import { mapQuad } from '../../src/vision/geometry/plane.js';
import { intersectionOverUnion } from '../../src/vision/geometry/polygon.js';
import type { Quad } from '../../src/vision/types.js';

/** What a cropper that finds this quad returns. */
async function cutOut(photo: Buffer, corners: Quad): Promise<Buffer> {
  const { data, info } = await sharp(photo).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const card = { corners, documentCorners: corners, width: 85.6, height: 53.98 };
  const cut = flattenCard(
    { image: { data, width: info.width, height: info.height }, card } as unknown as Scene,
    500,
  )!;
  return sharp(cut.data, { raw: { width: cut.width, height: cut.height, channels: 3 } })
    .png()
    .toBuffer();
}

test('a picture is found in its photo, wherever it was cut out and however it is turned', async (t) => {
  const known = await knownPhoto('card-on-table');
  const [document] = known.documents as [Quad];
  const random = createRandom('places');
  for (let i = 0; i < 12; i++) {
    const scale = random.uniform(0.8, 1.3);
    const [middleX, middleY] = [0, 1].map((axis) =>
      document.reduce((sum, corner) => sum + corner[axis]! / 4, 0),
    );
    const quad = mapQuad(document, ([x, y]) => [
      middleX! + (x - middleX!) * scale + random.uniform(-40, 40),
      middleY! + (y - middleY!) * scale + random.uniform(-30, 30),
    ]);
    const turn = random.pick([0, 90, 180, 270]);
    const picture = await sharp(await cutOut(known.bytes, quad))
      .rotate(turn)
      .jpeg({ quality: 80 })
      .toBuffer();
    const { outline, overlaps, turn: back } = await compareWithPhoto(picture, known);
    const found = intersectionOverUnion(outline!.found, quad);
    t.ok(found > 0.96, `${i}: ${found.toFixed(3)} of what was cut out`);
    const iou = intersectionOverUnion(document, quad);
    t.ok(Math.abs(overlaps![0]!.iou - iou) < 0.03, `${i}: ${overlaps![0]!.iou}, really ${iou.toFixed(3)}`);
    t.equal(back, (360 - turn) % 360, `${i}: turned by ${turn}`);
  }
});

test('and a picture of something else is not', async (t) => {
  const known = await knownPhoto('card-on-table');
  for (const name of ['png', 'wide-gamut', 'two-cards', 'passport', 'photocopy'] as const) {
    const { bytes, documents } = await knownPhoto(name);
    const upright = await sharp(bytes).autoOrient().toBuffer();
    const other = await compareWithPhoto(await cutOut(upright, documents[0]!), known);
    t.equal(other.outline, undefined, name);
    t.ok(other.difference > 16, `${name}: ${other.difference} grey levels`);
  }
});
