import sharp from 'sharp';
import { type Test, test } from 'tap';
import { responseHmac } from '../../src/api/sign.js';
import { demoAccount } from '../../src/config/settings.js';
import { type Fixture, type FixtureName, fixture, fixtureNames } from '../../src/photos/fixtures.js';
import { bundleKey, startSimulator } from '../support/simulator.js';

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ruleOfFault = {
  'image-unreadable': 'IMAGE_UNREADABLE',
  'image-too-small': 'IMAGE_TOO_SMALL',
  'image-too-large': 'IMAGE_TOO_LARGE',
  'card-not-found': 'CARD_NOT_FOUND',
} as const;

test('every fixture photo through the API: its card, or the cause that it stands for', async (t) => {
  const simulator = await startSimulator(t, { trials: 1000 });
  const token = await simulator.token();
  for (const name of fixtureNames) {
    const photo = fixture(name);
    const { status, text, headers } = await simulator.crop(token, {
      bundle_key: bundleKey,
      img: photo.base64,
    });
    if (photo.fault !== null) {
      t.equal(status, 422, name);
      t.equal(simulator.log().at(-1)?.rule, ruleOfFault[photo.fault]);
      continue;
    }
    t.equal(status, 200, name);
    if (status !== 200) continue;
    const answer = JSON.parse(text) as {
      data: { img: string };
      transaction_id: string;
      trials_remaining: string;
    };
    t.same(Object.keys(answer), ['data', 'transaction_id', 'trials_remaining']);
    t.equal(text, JSON.stringify(answer), 'compact');
    t.match(answer.transaction_id, uuidV4);
    t.type(answer.trials_remaining, 'string');
    t.equal(
      headers.hmac,
      responseHmac(answer, demoAccount.bundles[0].hmac_key),
      'signed with the bundle key',
    );
    await judgeCrop(t, photo, Buffer.from(answer.data.img, 'base64'));
  }
});

/** Small enough to forgive half a pixel, large enough to show a sliver of table. */
const compared = { width: 160, height: 101 };
/** Found, but with a side that leaves the card's border. A crop that gets better has to leave this list. */
const notYetStraight: readonly FixtureName[] = [];

/** A crop may be off by as much as the ideal crop is when so much of its width and height is cut off at one corner. */
const cutShare = 0.02;

async function judgeCrop(t: Test, photo: Fixture, crop: Buffer): Promise<void> {
  const { format, width = 0, height = 0 } = await sharp(crop).metadata();
  t.equal(format, photo.format === 'png' ? 'png' : 'jpeg', `${photo.name}: format`);
  const portrait = height > width;
  const [actual, ideal] = await Promise.all([
    thumbnail(crop, portrait),
    thumbnail(photo.expected!, portrait),
  ]);
  const difference = Math.min(...[ideal, turned(ideal)].map((other) => meanDifference(actual, other)));
  const tolerated = meanDifference(ideal, await thumbnail(await cutAtCorner(photo.expected!), portrait));
  const verdict = `${difference.toFixed(1)} grey levels from the ideal crop, ${tolerated.toFixed(1)} tolerated`;
  t.equal(
    difference < tolerated,
    !notYetStraight.includes(photo.name),
    `${photo.name}: ${width} × ${height}, ${verdict}`,
  );
}

async function cutAtCorner(bytes: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  const [left, top] = [Math.round(width * cutShare), Math.round(height * cutShare)];
  return sharp(bytes)
    .extract({ left, top, width: width - left, height: height - top })
    .png()
    .toBuffer();
}

async function thumbnail(bytes: Buffer, portrait: boolean): Promise<Buffer> {
  const { width = 0, height = 0 } = await sharp(bytes).metadata();
  const lies = height > width !== portrait;
  const upright = lies ? await sharp(bytes).rotate(90).png().toBuffer() : bytes;
  const size = portrait ? { width: compared.height, height: compared.width } : compared;
  return sharp(upright)
    .resize({ ...size, fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer();
}

/** The ideal crop is upright as the card is read, ours as it is seen. */
const turned = (pixels: Buffer): Buffer => {
  const out = Buffer.alloc(pixels.length);
  for (let at = 0; at < pixels.length; at += 3) pixels.copy(out, pixels.length - 3 - at, at, at + 3);
  return out;
};

function meanDifference(a: Buffer, b: Buffer): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length;
}
