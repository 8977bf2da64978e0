import sharp from 'sharp';
import t from 'tap';
import {
  type Candidate,
  type Detection,
  detectCard,
  paintCandidates,
  type Quad,
} from '../../../src/vision/index.js';
import { drawDetection } from '../../../src/vision/overlay/detection-svg.js';
import { asSharp, drawPhoto, photographCard, readImage } from '../drawing.js';

const corners = photographCard(800, 600);
const photo = drawPhoto(800, 600, corners);
const jpeg = await asSharp(photo).jpeg({ quality: 95 }).toBuffer();

const middle = (quad: Quad, i: number) => {
  const [a, b] = [quad[i]!, quad[(i + 1) % 4]!];
  return [Math.round((a[0] + b[0]) / 2), Math.round((a[1] + b[1]) / 2)] as const;
};
const isGreen = ([r, g, b]: number[]) => g! > 180 && r! < 90 && b! < 120;
const isRed = ([r, g, b]: number[]) => r! > 180 && g! < 60 && b! < 90;
const isOrange = ([r, g, b]: number[]) => r! > 170 && g! > 100 && g! < 190 && b! < 80;

async function painted(detection: Detection, bytes: Uint8Array = jpeg) {
  const image = await readImage(await paintCandidates(bytes, detection));
  const at = (x: number, y: number) => [
    ...image.data.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3),
  ];
  return { image, at };
}

t.test('the card in green along all four sides', async (t) => {
  const found = await detectCard(jpeg, { keepCandidates: 5 });
  if (found.fault !== undefined) throw new Error(found.detail);
  const { image, at } = await painted(found);
  t.match(image, { width: 800, height: 600 });
  for (const side of [0, 1, 2, 3]) t.ok(isGreen(at(...middle(corners, side))), `side ${side}`);
});

t.test('the others in orange, beneath', async (t) => {
  const other: Quad = [
    [50, 30],
    [750, 30],
    [750, 90],
    [50, 90],
  ];
  const candidates: Candidate[] = [
    { quad: corners, source: 'lines', score: 0.9 },
    { quad: other, source: 'contours', score: 0.3 },
  ];
  const { at } = await painted({ corners, confidence: 0.9, candidates });
  t.ok(isOrange(at(400, 30)));
  t.ok(isGreen(at(...middle(corners, 0))));
  const none = await painted({ corners: null, confidence: 0.2, candidates });
  t.ok(
    isOrange(none.at(...middle(corners, 0))),
    'the best candidate is one of the others where there is no card',
  );
});

t.test('a red frame where there is no card', async (t) => {
  const { at } = await painted({ corners: null, confidence: 0.2 });
  for (const [x, y] of [
    [0, 300],
    [799, 300],
    [400, 0],
    [400, 599],
  ] as const)
    t.ok(isRed(at(x, y)));
});

t.test('large and turned photos are drawn small and upright, corners with them', async (t) => {
  const large = drawPhoto(1400, 1050, photographCard(1400, 1050), 1);
  const upright = await asSharp(large).rotate(90).png().toBuffer();
  const turned = await sharp(await sharp(upright).rotate(-90).png().toBuffer())
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const found = await detectCard(turned);
  if (found.fault !== undefined || !found.corners) throw new Error('not found');
  t.match(found, { width: 1050, height: 1400 });
  const { image, at } = await painted(found, turned);
  t.ok(image.height <= 1200 && image.height > image.width);
  const scale = image.height / 1400;
  const [x, y] = middle(found.corners, 0);
  t.ok(isGreen(at(Math.round(x * scale), Math.round(y * scale))));
});

t.test('small photos are enlarged until there is room to write', async (t) => {
  const small = await asSharp(drawPhoto(200, 150, photographCard(200, 150)))
    .png()
    .toBuffer();
  const { image, at } = await painted({ corners: photographCard(200, 150), confidence: 0.9 }, small);
  t.match(image, { width: 800, height: 600 });
  t.ok(isGreen(at(...middle(photographCard(800, 600), 2))));
});

t.test('each candidate says its rank, its source and its score, none over another', async (t) => {
  const candidates = (['lines', 'contours', 'network'] as const).map(
    (source, rank): Candidate => ({ quad: corners, source, score: 0.9 - rank / 10 }),
  );
  const size = { width: 800, height: 600 };
  const draw = (detection: Detection) => drawDetection(detection, size, (quad) => quad);
  const svg = draw({ corners, confidence: 0.9, candidates });
  const labels = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)".*>(.*)<\/text>/g)];
  t.same(
    labels.map(([, , , text]) => text),
    ['1 lines 0.90', '2 contours 0.80', '3 network 0.70'],
  );
  t.equal(new Set(labels.map(([, , y]) => y)).size, 3);
  t.match(draw({ corners: null, confidence: 0.2, candidates }), /no card 0.20.*1 lines 0.90/s);
  t.match(draw({ corners, confidence: 0.87 }), />0.87</);
});
