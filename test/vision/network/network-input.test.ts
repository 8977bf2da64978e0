import t from 'tap';
import { inputSize, toNetworkInput } from '../../../src/vision/network/network-input.js';
import { draw } from '../drawing.js';

t.test('the size is one of the network’s own, near the picture’s proportion', async (t) => {
  for (const [width, height, expected] of [
    [1200, 900, [256, 192]],
    [900, 1200, [192, 256]],
    [1200, 1200, [256, 256]],
    [1200, 675, [256, 160]],
    [4000, 900, [256, 96]],
    [64, 64, [256, 256]],
  ] as const) {
    t.same(Object.values(inputSize(width, height)), expected, `${width} × ${height}`);
  }
});

t.test('the whole picture is seen', async (t) => {
  const halves = draw(900, 700, 1, (x, y) => [x < 450 ? 200 : 40, y < 350 ? 30 : 220, 128]);
  const { data, width, height } = toNetworkInput(halves);
  t.same([width, height], [256, 192]);
  const at = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  t.same(at(0, 0), [200, 30, 128]);
  t.same(at(127, 95), [200, 30, 128]);
  t.same(at(128, 96), [40, 220, 128]);
  t.same(at(255, 191), [40, 220, 128]);
});
