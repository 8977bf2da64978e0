import { readFile } from 'node:fs/promises';
import t from 'tap';
import { scaleQuad } from '../../../src/vision/geometry/plane.js';
import { intersectionOverUnion } from '../../../src/vision/geometry/polygon.js';
import { resizeByArea } from '../../../src/vision/kernels/area.js';
import type { Quad } from '../../../src/vision/types.js';
import { inner, shown, straighten } from '../../../src/vision/verify/straighten.js';
import { type Verdict, Verifier } from '../../../src/vision/verify/verifier.js';
import { readImage } from '../drawing.js';

const vector = 'test/vision/verify/vector';
const card: Quad = [
  [213.2, 278.97],
  [991.42, 182.69],
  [1104.57, 668.97],
  [245.4, 793.71],
];

t.test('the verifier that ships says what its training framework said', async (t) => {
  const { quad, verdicts } = JSON.parse(await readFile(`${vector}/verdict.json`, 'utf8')) as {
    quad: Quad;
    /** Of the picture as it is and upside down. */
    verdicts: [number[], number[]];
  };
  const mean = (ofVerdict: (verdict: number[]) => number) =>
    (ofVerdict(verdicts[0]) + ofVerdict(verdicts[1])) / 2;
  const made = new Verifier(await readImage(await readFile(`${vector}/picture.png`))).verify(quad);
  // ours is straightened in 8 bits
  const right = mean(([first]) => first!);
  const onDocument = mean(([, second]) => second!);
  const offWorst = mean((verdict) =>
    Math.max(...[2, 4, 6, 8].map((at) => Math.hypot(verdict[at]!, verdict[at + 1]!))),
  );
  t.ok(Math.abs(made.right - right) < 0.15, `right ${made.right}, ${right}`);
  t.ok(Math.abs(made.onDocument - onDocument) < 0.15, `on document ${made.onDocument}, ${onDocument}`);
  t.ok(Math.abs(made.offWorst - offWorst) < 0.02, `worst corner ${made.offWorst}`);
});

t.test('of the quads of a photo the card itself is right', async (t) => {
  const verifier = new Verifier(await readImage(await readFile('fixtures/photos/card-on-table.jpg')));
  const cases: readonly (readonly [string, Quad, (verdict: Verdict) => boolean])[] = [
    ['the card', card, ({ right, offWorst }) => right > 1 && offWorst < 0.1],
    ['nine tenths of its width', narrowed(card, 0.9), ({ right, onDocument }) => right < 0 && onDocument > 0],
    ['half of it', narrowed(card, 0.5), ({ right }) => right < -2],
    ['more than it', around(card, 1.3), ({ right }) => right < -1],
    ['the table', around(card, 0.2, -60, 400), ({ right, onDocument }) => right < -3 && onDocument < -1],
    ['largely outside the frame', around(card, 1, 900), ({ right }) => right < -2],
  ];
  for (const [sentence, quad, isAsExpected] of cases) {
    const verdict = verifier.verify(quad);
    t.ok(isAsExpected(verdict), `${sentence}: ${JSON.stringify(verdict)}`);
  }
});

t.test('it does not matter which corner comes first, nor at what size the photo is', async (t) => {
  const image = await readImage(await readFile('fixtures/photos/card-on-table.jpg'));
  const verifier = new Verifier(image);
  const verdict = verifier.verify(card);
  for (let first = 1; first < 4; first++) {
    const turned = [...card.slice(first), ...card.slice(0, first)] as unknown as Quad;
    t.same(verifier.verify(turned), verdict, `corner ${first}`);
  }
  const half = new Verifier(resizeByArea(image, 640, 480)).verify(scaleQuad(card, 0.5));
  t.ok(Math.abs(half.right - verdict.right) < 1, `${half.right}, ${verdict.right}`);
});

t.test('of a quad that lies a little off it says where the card is', async (t) => {
  const image = await readImage(await readFile('fixtures/photos/card-on-table.jpg'));
  for (const [scale, verifier] of [
    [1, new Verifier(image)],
    [0.5, new Verifier(resizeByArea(image, 640, 480))],
  ] as const) {
    for (const quad of [narrowed(card, 0.85), around(card, 1.1), around(card, 1, 50)]) {
      const { corners } = verifier.verify(scaleQuad(quad, scale));
      const found = scaleQuad(corners!, 1 / scale);
      const [before, after] = [quad, found].map((each) => intersectionOverUnion(card, each));
      t.ok(after! > 0.9 && after! > before! + 0.04, `${before}, ${after}`);
    }
  }
});

t.test('it does not matter which way up the photo is', async (t) => {
  const image = await readImage(await readFile('fixtures/photos/card-on-table.jpg'));
  const { width, height, data } = image;
  const turned = { width, height, data: new Uint8Array(data.length) };
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = 3 * (width * height - 1 - pixel);
    turned.data.set(data.subarray(from, from + 3), 3 * pixel);
  }
  const around180 = (quad: Quad) => quad.map(([x, y]) => [width - 1 - x, height - 1 - y]) as unknown as Quad;
  for (const quad of [card, narrowed(card, 0.9)]) {
    const verdict = new Verifier(image).verify(quad);
    const again = new Verifier(turned).verify(around180(quad));
    t.ok(Math.abs(again.right - verdict.right) < 0.15, `${again.right}, ${verdict.right}`);
    const seen = around180(again.corners!);
    t.ok(intersectionOverUnion(verdict.corners!, seen) > 0.99, 'nor for where the document is');
  }
});

t.test('a second look is taken where the first one deserves it', async (t) => {
  const verifier = new Verifier(await readImage(await readFile('fixtures/photos/card-on-table.jpg')));
  let first: Verdict | undefined;
  const once = verifier.verify(card, (verdict) => {
    first = verdict;
    return false;
  });
  t.same(once, first);
  t.same(
    verifier.verify(card, () => true),
    verifier.verify(card),
  );
  t.not(verifier.verify(card).right, once.right, 'the mean of two is another verdict');
});

t.test('what lies outside of the photo is shown grey, to the pixel', async (t) => {
  const white = { width: 100, height: 80, data: new Uint8Array(100 * 80 * 3).fill(255) };
  // As large as it is shown, so that a pixel is one; the photo begins 64 columns from the left, 8 rows from the top.
  const { width, height } = inner;
  const quad: Quad = [
    [-44.5, 7.5],
    [width - 44.5, 7.5],
    [width - 44.5, height + 7.5],
    [-44.5, height + 7.5],
  ];
  const planes = straighten(white, quad)!;
  for (let y = 0; y < shown.height; y++) {
    const row = planes.subarray(y * shown.width, (y + 1) * shown.width);
    const begin = y < 8 || y >= 88 ? shown.width : 64;
    t.ok(
      row.every((value, x) => (x < begin ? value === 0 : value > 1.9)),
      `row ${y}`,
    );
  }
});

t.test('what no camera sees as a rectangle is not right', async (t) => {
  const image = await readImage(await readFile('fixtures/photos/card-on-table.jpg'));
  const flat: Quad = [
    [100, 100],
    [200, 100],
    [300, 100],
    [400, 100],
  ];
  t.ok(new Verifier(image).verify(flat).right < -5);
});

/** Its right side moved inwards. */
function narrowed([a, b, c, d]: Quad, share: number): Quad {
  const between = ([x, y]: readonly [number, number], [u, v]: readonly [number, number]) =>
    [x + (u - x) * share, y + (v - y) * share] as const;
  return [a, between(a, b), between(d, c), d];
}

function around(quad: Quad, factor: number, right = 0, down = 0): Quad {
  const mean = (axis: 0 | 1) => quad.reduce((sum, corner) => sum + corner[axis] / 4, 0);
  const [x0, y0] = [mean(0), mean(1)];
  return quad.map(([x, y]) => [
    x0 + (x - x0) * factor + right,
    y0 + (y - y0) * factor + down,
  ]) as unknown as Quad;
}
