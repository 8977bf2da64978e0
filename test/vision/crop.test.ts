import sharp from 'sharp';
import t from 'tap';
import { distance } from '../../src/vision/geometry/plane.js';
import { type CropResult, cropCard, detectCard, type Quad, warmUp } from '../../src/vision/index.js';
import {
  asSharp,
  cornerError,
  difference,
  drawCard,
  drawPhoto,
  photographCard,
  readImage,
} from './drawing.js';

const corners = photographCard(1200, 900);
const photo = drawPhoto(1200, 900, corners);
const jpeg = await asSharp(photo).jpeg({ quality: 95 }).toBuffer();

/**
 * Grey levels between a crop and the card as it was drawn. Shifting the right crop by one pixel costs more than
 * twice as much (the test below holds that), so a sliver of table or a cut edge cannot hide under it.
 */
const likeness = 2.2;

t.before(() => warmUp());

t.test('the card comes back whole and straight', async (t) => {
  const crop = await cropped(jpeg);
  t.equal(crop.format, 'jpeg');
  t.strictSame(crop.photo, { format: 'jpeg', width: 1200, height: 900 });
  // 0.1 % of the card's diagonal.
  t.ok(
    cornerError(crop.corners, corners) < 1,
    `corners off by ${cornerError(crop.corners, corners).toFixed(2)} px`,
  );
  t.ok(crop.confidence > 0.5);
  const image = await readImage(crop.image);
  const card = drawCard(crop.width, crop.height);
  t.ok(difference(image, card) < likeness, `${difference(image, card).toFixed(2)} grey levels off`);
  const shifted = await asSharp(card).extend({ left: 1, background: '#fff' }).png().toBuffer();
  const cut = await sharp(shifted)
    .extract({ left: 0, top: 0, width: card.width, height: card.height })
    .png()
    .toBuffer();
  t.ok(difference(await readImage(cut), card) > likeness / 2, 'one pixel aside would show');
});

t.test('its size is the one in the photo, in the proportion of ID-1', async (t) => {
  const { width, height } = await cropped(jpeg);
  const sides = [0, 2].map((i) => distance(corners[i]!, corners[i + 1]!));
  t.ok(Math.abs(width - Math.max(...sides)) < 3);
  t.equal(height, Math.round((width * 53.98) / 85.6));
});

t.test('a photo lies as its EXIF tag says, and the crop is upright', async (t) => {
  const card = drawCard(400, 252);
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) {
    // Turned back by the opposite of the tag, so that every viewer shows the same photo.
    const stored = await unturn(orientation);
    const { data } = stored;
    const crop = await cropped(data);
    t.strictSame([crop.photo.width, crop.photo.height], [1200, 900], `orientation ${orientation}`);
    t.ok(cornerError(crop.corners, corners) < 1);
    const small = await sharp(crop.image).resize(400, 252, { fit: 'fill' }).png().toBuffer();
    t.ok(difference(await readImage(small), card) < likeness);
    t.equal((await sharp(crop.image).metadata()).orientation, undefined);
  }
});

t.test('a large photo is cropped from its full resolution', async (t) => {
  const corners = photographCard(2010, 1510);
  const natural = Math.max(distance(corners[0], corners[1]), distance(corners[2], corners[3]));
  const bytes = await asSharp(drawPhoto(2010, 1510, corners, 1))
    .jpeg({ quality: 90 })
    .toBuffer();
  for (const maxOutputSide of [4000, 1200, 600]) {
    const crop = await cropped(bytes, { maxOutputSide });
    if (maxOutputSide < natural) t.equal(crop.width, maxOutputSide);
    else t.ok(Math.abs(crop.width - natural) < 3, `${crop.width} pixels of ${natural.toFixed(1)}`);
    t.ok(crop.width >= Math.min(maxOutputSide, 1300));
    const off = difference(await readImage(crop.image), drawCard(crop.width, crop.height));
    t.ok(off < likeness, `${crop.width} pixels wide: ${off.toFixed(2)} grey levels off`);
  }
});

t.test('so is a large photo that the phone stored lying on its side', async (t) => {
  const upright = drawPhoto(1510, 2010, photographCard(1510, 2010), 1);
  const lying = await asSharp(upright).rotate(-90).png().toBuffer();
  const bytes = await sharp(lying).withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toBuffer();
  const crop = await cropped(bytes);
  t.match(crop.photo, { width: 1510, height: 2010 });
  t.ok(cornerError(crop.corners, photographCard(1510, 2010)) < 2);
  t.ok(difference(await readImage(crop.image), drawCard(crop.width, crop.height)) < likeness);
});

t.test('what is finer than the pixels of the crop becomes its mean, at any reduction', async (t) => {
  const grain = { ...photo, data: Uint8Array.from(photo.data) };
  for (let y = 0, at = 0; y < grain.height; y++) {
    for (let x = 0; x < grain.width; x++, at += 3) {
      const level = (x + y) % 2 === 0 ? 50 : -50;
      for (let i = at; i < at + 3; i++) grain.data[i] = Math.min(255, Math.max(0, photo.data[i]! + level));
    }
  }
  const flat = await asSharp(grain).blur(2).png().toBuffer();
  const bytes = await asSharp(grain).png().toBuffer();
  const { width } = await cropped(bytes);
  for (const reduction of [1.55, 1.9, 2.4, 3.3]) {
    const maxOutputSide = Math.round(width / reduction);
    const crop = await readImage((await cropped(bytes, { maxOutputSide })).image);
    const smooth = await readImage((await cropped(flat, { maxOutputSide })).image);
    const off = difference(crop, smooth);
    t.ok(off < 6, `${reduction}: ${off.toFixed(2)} grey levels off`);
  }
});

t.test('a card that stands stays standing', async (t) => {
  const standing = await asSharp(photo).rotate(90).jpeg({ quality: 95 }).toBuffer();
  const { width, height } = await cropped(standing);
  t.equal(width, Math.round((height * 53.98) / 85.6));
});

t.test('the format of the answer', async (t) => {
  const write = {
    jpeg,
    png: await asSharp(photo).png().toBuffer(),
    webp: await asSharp(photo).webp().toBuffer(),
  };
  const rows = [
    ['jpeg', 'same', 'jpeg'],
    ['png', 'same', 'png'],
    ['webp', 'same', 'jpeg'],
    ['jpeg', 'png', 'png'],
    ['png', 'jpeg', 'jpeg'],
    ['jpeg', 'webp', 'webp'],
  ] as const;
  for (const [from, outputFormat, to] of rows) {
    const crop = await cropped(write[from], { outputFormat });
    t.equal(crop.format, to, `${from}, ${outputFormat}`);
    const file = await sharp(crop.image).metadata();
    t.match(file, {
      format: to,
      width: crop.width,
      height: crop.height,
      channels: 3,
      space: 'srgb',
      depth: 'uchar',
    });
    t.strictSame(
      [file.exif, file.icc, file.xmp, file.iptc, file.orientation],
      Array(5).fill(undefined),
      'no metadata',
    );
  }
});

t.test('no card, no crop', async (t) => {
  const table = await asSharp(
    drawPhoto(
      640,
      480,
      [
        [-90, -90],
        [-80, -90],
        [-80, -80],
        [-90, -80],
      ],
      1,
    ),
  )
    .jpeg()
    .toBuffer();
  const answer = await cropCard(table);
  t.equal(answer.fault, 'card-not-found');
  t.ok(answer.confidence! < 0.5);
  t.match(await detectCard(table), { corners: null, width: 640, height: 480 });
});

t.test('faults are answers', async (t) => {
  for (const look of [cropCard, detectCard]) {
    t.match(await look(Buffer.from('no picture')), { fault: 'image-unreadable', detail: String });
    t.match(await look(jpeg, { minSide: 901 }), { fault: 'image-too-small', detail: String });
    t.match(await look(jpeg, { maxPixels: 250_000 }), { fault: 'image-too-large', detail: String });
    t.match(await look(jpeg.subarray(0, 9000)), { fault: 'image-unreadable', detail: String });
  }
});

t.test('detectCard sees what cropCard crops, and its candidates when asked', async (t) => {
  const plain = await detectCard(jpeg);
  const crop = await cropped(jpeg);
  t.match(plain, { format: 'jpeg', width: 1200, height: 900, corners: crop.corners, candidates: undefined });
  const asked = await detectCard(jpeg, { keepCandidates: 5 });
  const quads = 'candidates' in asked ? (asked.candidates ?? []).map(({ quad }) => quad) : [];
  t.ok(quads.length > 0 && quads.length <= 5);
  const isCard = (quad: Quad) =>
    [0, 1, 2, 3].some((turn) => cornerError(turned(quad, turn), crop.corners) < 1);
  t.ok(quads.some(isCard));
});

async function cropped(bytes: Uint8Array, options = {}): Promise<Extract<CropResult, { fault?: never }>> {
  const result = await cropCard(bytes, options);
  if (result.fault !== undefined) throw new Error(`${result.fault}: ${result.detail}`);
  return result;
}

function turned(quad: Quad, by: number): Quad {
  return quad.map((_, i) => quad[(i + by) % 4]) as unknown as Quad;
}

/** The photo stored so that it has to be turned as `orientation` says. */
async function unturn(orientation: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8): Promise<{ data: Buffer }> {
  const opposite = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 }[orientation];
  const tagged = await asSharp(photo).withMetadata({ orientation: opposite }).png().toBuffer();
  const stored = await sharp(tagged).autoOrient().png().toBuffer();
  return { data: await sharp(stored).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer() };
}
