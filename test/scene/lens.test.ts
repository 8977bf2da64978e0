import t from 'tap';
import { createRandom } from '../../src/random.js';
import { defocus, shake } from '../../src/scene/lens.js';
import { addNoise, sharpen } from '../../src/scene/sensor.js';
import type { RgbImage } from '../../src/vision/types.js';

const side = 61;

function picture(level: (x: number, y: number) => number): RgbImage {
  const data = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return level(pixel % side, Math.floor(pixel / side));
  });
  return { data, width: side, height: side };
}

const grey = picture(() => 137);
/** A bright block around the middle pixel. */
const spot = picture((x, y) => (Math.abs(x - 30) <= 4 && Math.abs(y - 30) <= 4 ? 250 : 10));

/** Centre of what is brighter than the ground, in pixels. */
function centre({ data }: RgbImage): [number, number] {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let pixel = 0; pixel < side * side; pixel++) {
    const weight = data[pixel * 3]! - 10;
    sum += weight;
    sumX += weight * (pixel % side);
    sumY += weight * Math.floor(pixel / side);
  }
  return [sumX / sum, sumY / sum];
}

const filters: readonly (readonly [string, (image: RgbImage) => RgbImage])[] = [
  ['defocus by 0.4', (image) => defocus(image, 0.4)],
  ['defocus by 3.7', (image) => defocus(image, 3.7)],
  ['shake by 5 along the rows', (image) => shake(image, 5, 0)],
  ['shake by 8 at 63°', (image) => shake(image, 8, 63)],
  ['sharpen', (image) => sharpen(image, 0.8)],
];

t.test('filters move nothing, so that the corners stay true', async (t) => {
  for (const [name, filter] of filters) {
    const [x, y] = centre(filter(spot));
    t.ok(Math.abs(x - 30) < 0.1 && Math.abs(y - 30) < 0.1, `${name}: ${x.toFixed(2)}, ${y.toFixed(2)}`);
    t.notSame(filter(spot).data, spot.data, `${name} does something`);
  }
});

t.test('filters leave an even area alone, up to the border', async (t) => {
  for (const [name, filter] of filters) t.same(new Set(filter(grey).data), new Set([137]), name);
});

t.test('noise has the asked strength at mid grey and no bias', async (t) => {
  const noisy = picture(() => 128);
  addNoise(noisy, 6, createRandom(1));
  const mean = noisy.data.reduce((sum, value) => sum + value, 0) / noisy.data.length;
  const deviation = Math.sqrt(
    noisy.data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noisy.data.length,
  );
  t.ok(Math.abs(mean - 128) < 0.3, `mean ${mean}`);
  t.ok(Math.abs(deviation - 6) < 0.6, `deviation ${deviation}`);
});
