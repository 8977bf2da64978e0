import t from 'tap';
import { createRandom } from '../../../src/random.js';
import type { Homography } from '../../../src/vision/geometry/perspective.js';
import { fillOutside } from '../../../src/vision/kernels/fill-outside.js';

const [width, height] = [40, 30];
const frame = { width: 100, height: 80 };

/** Pixel by pixel. */
function isOutside(
  [a, b, c, d, e, f, g, h, i]: Homography,
  x: number,
  y: number,
  tolerance: number,
): boolean {
  const w = g * x + h * y + i;
  if (w <= 0) return true;
  const [u, v] = [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
  const isIn = (at: number, size: number) => at >= -tolerance && at <= size - 1 + tolerance;
  return !isIn(u, frame.width) || !isIn(v, frame.height);
}

function fill(map: Homography, tolerance: number): boolean[] {
  const picture = { data: new Uint8Array(3 * width * height).fill(9), width, height };
  fillOutside(picture, map, frame, { tolerance, level: 255 });
  return Array.from({ length: width * height }, (_, at) => {
    const pixel = picture.data.subarray(3 * at, 3 * at + 3);
    if (!pixel.every((level) => level === pixel[0])) throw new Error('channels differ');
    return pixel[0] === 255;
  });
}

t.test('what a map leads out of the frame is filled, and nothing else', async (t) => {
  const random = createRandom('fill-outside');
  const maps: Homography[] = Array.from({ length: 300 }, () => {
    const [scale, turn] = [random.uniform(0.5, 5), random.uniform(0, 2 * Math.PI)];
    const [cos, sin] = [scale * Math.cos(turn), scale * Math.sin(turn)];
    const slant = () => random.pick([0, 0, random.uniform(-0.04, 0.04)]); // some lead behind the camera
    return [cos, -sin, random.uniform(-60, 120), sin, cos, random.uniform(-60, 100), slant(), slant(), 1];
  });
  let [filled, behind] = [0, 0];
  for (const [n, map] of [[1, 0, 0, 0, 1, 0, 0, 0, 1] as Homography, ...maps].entries()) {
    const tolerance = n % 2 === 0 ? 0.5 : 2;
    const expected = Array.from({ length: width * height }, (_, at) =>
      isOutside(map, at % width, Math.floor(at / width), tolerance),
    );
    const found = fill(map, tolerance);
    const differing = found.filter((each, at) => each !== expected[at]).length;
    if (differing > 0) t.fail(`map ${n}: ${differing} pixels`);
    filled += found.filter(Boolean).length;
    if (map[6] * (width - 1) + map[7] * (height - 1) < -1) behind++;
  }
  t.ok(filled > 1000 && filled < 300 * width * height && behind > 5, `${filled} pixels, ${behind} behind`);
});
