import t from 'tap';
import { resizeByArea } from '../../../src/vision/kernels/area.js';
import type { RgbImage } from '../../../src/vision/types.js';
import { draw } from '../drawing.js';

t.test('each pixel is the mean of the area that it covers', async (t) => {
  for (const [width, height, toWidth, toHeight] of [
    [1200, 900, 256, 192],
    [601, 799, 192, 256],
    [1000, 333, 256, 96],
    [256, 192, 256, 192],
    [70, 90, 192, 256],
    [1, 1, 3, 2],
  ] as const) {
    const image = draw(width, height, 1, (x, y) => [
      128 + 100 * Math.sin(x / 9) * Math.cos(y / 7),
      (x * 255) / width,
      (x + y) % 5 < 2 ? 200 : 90,
    ]);
    const made = resizeByArea(image, toWidth, toHeight);
    const expected = areaMeans(image, toWidth, toHeight);
    t.match(made, { width: toWidth, height: toHeight });
    const most = made.data.reduce((sofar, value, i) => Math.max(sofar, Math.abs(value - expected[i]!)), 0);
    t.ok(most <= 1, `${width} × ${height} to ${toWidth} × ${toHeight}: ${most}`); // a half may round either way
  }
});

function areaMeans({ data, width, height }: RgbImage, toWidth: number, toHeight: number): Uint8Array {
  const covered = (pixel: number, i: number, length: number): number =>
    Math.max(0, Math.min(pixel + 1, (i + 1) * length) - Math.max(pixel, i * length));
  const [across, down] = [width / toWidth, height / toHeight];
  return new Uint8Array(toWidth * toHeight * 3).map((_, i) => {
    const [x, y] = [Math.floor(i / 3) % toWidth, Math.floor(i / 3 / toWidth)];
    let sum = 0;
    for (let v = Math.floor(y * down); v < Math.min(height, Math.ceil((y + 1) * down)); v++) {
      for (let u = Math.floor(x * across); u < Math.min(width, Math.ceil((x + 1) * across)); u++) {
        sum += covered(u, x, across) * covered(v, y, down) * data[(v * width + u) * 3 + (i % 3)]!;
      }
    }
    return Math.round(sum / across / down);
  });
}
