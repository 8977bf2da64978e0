import t from 'tap';
import { createRandom } from '../../../src/random.js';
import type { RgbImage } from '../../../src/vision/types.js';
import { OpponentImage } from '../../../src/vision/view/opponent-image.js';

function noise(width: number, height: number): RgbImage {
  const random = createRandom('opponent');
  return { data: new Uint8Array(width * height * 3).map(() => random.int(0, 255)), width, height };
}

/** Sizes before and after: as they are, halved, between two, far larger, a line. */
const sizes: readonly [number, number, number][] = [
  [40, 30, 64],
  [40, 30, 20],
  [53, 31, 40],
  [211, 97, 30],
  [7, 1, 5],
  [1, 1, 1],
];

t.test('a pixel asked for alone is the same as among all', async (t) => {
  for (const [width, height, longSide] of sizes) {
    const image = noise(width, height);
    const all = new OpponentImage(image, longSide).complete();
    const single = new OpponentImage(image, longSide);
    t.ok(Math.max(all.width, all.height) <= longSide);
    let most = 0;
    for (let y = all.height - 1; y >= 0; y--) {
      for (let x = 0; x < all.width; x++) {
        const at = single.at(x, y);
        for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(single.data[at + c]! - all.data[at + c]!));
      }
    }
    t.equal(single.at(0, 0), 0);
    t.ok(most < 0.001, `${width} × ${height} to ${longSide}: ${most}`);
  }
});

t.test('completing keeps what was made before', async (t) => {
  const image = new OpponentImage(noise(53, 31), 40);
  const at = image.at(10, 10);
  const before = image.data[at]!;
  t.ok(Math.abs(image.complete().data[at]! - before) < 0.001);
  t.equal(image.at(10, 10), at);
});

t.test('two pictures at once, and one in the buffers of another', async (t) => {
  const first = new OpponentImage(noise(53, 31), 40);
  const expected = first.data.slice(first.at(3, 4), first.at(3, 4) + 3);
  {
    using second = new OpponentImage(noise(80, 60), 50);
    t.notSame(second.data.slice(second.at(3, 4), second.at(3, 4) + 3), expected);
    const other = first.at(20, 11);
    t.ok(Math.abs(first.data[other]! - new OpponentImage(noise(53, 31), 40).complete().data[other]!) < 0.001);
  }
  const third = new OpponentImage(noise(53, 31), 40);
  t.same(third.data.slice(third.at(3, 4), third.at(3, 4) + 3), expected);
});

t.test('channels: luma, red against green, yellow against blue', async (t) => {
  const colours: readonly [readonly [number, number, number], readonly [number, number, number]][] = [
    [
      [100, 100, 100],
      [100, 0, 0],
    ],
    [
      [100, 0, 0],
      [29.9, 70, 25],
    ],
    [
      [0, 0, 100],
      [11.4, 0, -50],
    ],
  ];
  for (const [rgb, expected] of colours) {
    const data = new Uint8Array(9 * 3).map((_, i) => rgb[i % 3]!);
    const image = new OpponentImage({ data, width: 3, height: 3 }, 3);
    const at = image.at(1, 1);
    const actual = [0, 1, 2].map((c) => Math.round(image.data[at + c]! * 10) / 10);
    t.same(actual, expected);
  }
});

t.test('what has left its memory to another picture cannot be read', async (t) => {
  const image = new OpponentImage(noise(53, 31), 40);
  image.complete();
  image[Symbol.dispose]();
  t.throws(() => image.data, /left its memory/);
  image[Symbol.dispose]();
});
