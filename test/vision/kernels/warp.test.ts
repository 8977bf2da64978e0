import t from 'tap';
import { type Homography, homography, project } from '../../../src/vision/geometry/perspective.js';
import { warp } from '../../../src/vision/kernels/warp.js';
import type { Quad, RgbImage, Size } from '../../../src/vision/types.js';
import { difference } from '../drawing.js';

const source = drawWaves(97, 71);
const quads: Record<string, Quad> = {
  'a part': [
    [20, 10],
    [80, 14],
    [76, 60],
    [24, 56],
  ],
  'all of it, edge to edge': [
    [-0.5, -0.5],
    [96.5, -0.5],
    [96.5, 70.5],
    [-0.5, 70.5],
  ],
  'on its side': [
    [60, 5],
    [64, 66],
    [20, 60],
    [24, 8],
  ],
  mirrored: [
    [80, 10],
    [20, 14],
    [24, 60],
    [76, 56],
  ],
  'more than there is': [
    [-30, -20],
    [120, 4],
    [110, 90],
    [10, 60],
  ],
  'a column of it at most': [
    [96, -300],
    [300, -280],
    [290, 400],
    [96, 380],
  ],
  'nothing of it': [
    [200, 210],
    [260, 214],
    [256, 260],
    [204, 256],
  ],
};

for (const [part, quad] of Object.entries(quads)) {
  for (const size of [
    { width: 325, height: 205 },
    { width: 205, height: 325 },
    { width: 1, height: 1 },
  ]) {
    t.test(`${part}, as ${size.width} × ${size.height}, is what the map says`, async (t) => {
      const map = mapTo(size, quad);
      const expected = sampleExactly(source, map, size);
      // A position that is 1/100 pixel off is off by up to 0.4 grey levels here.
      t.ok(difference(warp(source, map, size), expected) < 0.3);
    });
  }
}

t.test('where a part lies behind the camera, the rest shows what it did', async (t) => {
  const size = { width: 160, height: 120 };
  const before: Quad = [
    [40, 0],
    [120, 0],
    [120, 49],
    [40, 49],
  ];
  // so near at its lower side that the rows below it are behind the camera
  const map = homography(before, [
    [46, 20],
    [52, 20],
    [90, 68],
    [6, 68],
  ])!;
  const isBehind = (x: number, y: number) => map[6] * x + map[7] * y + map[8] < 0;
  t.same(
    [isBehind(0, 0), isBehind(159, 0), isBehind(0, 119), isBehind(159, 119)],
    [false, false, true, true],
  );
  const made = warp(source, map, size);
  const expected = sampleExactly(source, map, size);
  const rowOf = ({ data }: RgbImage, y: number) => ({
    data: data.subarray(3 * 160 * y, 3 * 160 * (y + 1)),
    width: 160,
    height: 1,
  });
  for (let y = 0; y < 45; y += 5) t.ok(difference(rowOf(made, y), rowOf(expected, y)) < 0.5, `row ${y}`);
});

t.test('a larger image after a smaller one, and the smaller again', async (t) => {
  const size = { width: 40, height: 25 };
  const quad = quads['a part']!;
  const first = warp(source, mapTo(size, quad), size);
  const large = { width: 900, height: 700 };
  t.equal(warp(source, mapTo(large, quad), large).data.length, 900 * 700 * 3);
  t.same(warp(source, mapTo(size, quad), size), first);
});

function mapTo({ width, height }: Size, quad: Quad): Homography {
  const outline: Quad = [
    [-0.5, -0.5],
    [width - 0.5, -0.5],
    [width - 0.5, height - 0.5],
    [-0.5, height - 0.5],
  ];
  return homography(outline, quad)!;
}

function drawWaves(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at++) {
    const x = Math.floor(at / 3) % width;
    const y = Math.floor(at / 3 / width);
    data[at] = 127 + 60 * Math.sin(x / (2 + (at % 3))) + 60 * Math.cos(y / (4 - (at % 3)));
  }
  return { data, width, height };
}

/** Bilinear interpolation in plain numbers, the nearest pixel outside. */
function sampleExactly({ data, width, height }: RgbImage, map: Homography, size: Size): RgbImage {
  const clamp = (value: number, limit: number) => Math.min(Math.max(value, 0), limit);
  const result = new Uint8Array(size.width * size.height * 3);
  for (let at = 0; at < result.length; at++) {
    const pixel = Math.floor(at / 3);
    const [x, y] = project(map, [pixel % size.width, Math.floor(pixel / size.width)]);
    const [u, v] = [clamp(x, width - 1), clamp(y, height - 1)];
    const [left, top] = [Math.min(Math.floor(u), width - 2), Math.min(Math.floor(v), height - 2)];
    const read = (column: number, row: number) => data[(row * width + column) * 3 + (at % 3)]!;
    const above = read(left, top) * (left + 1 - u) + read(left + 1, top) * (u - left);
    const below = read(left, top + 1) * (left + 1 - u) + read(left + 1, top + 1) * (u - left);
    result[at] = Math.round(above * (top + 1 - v) + below * (v - top));
  }
  return { data: result, ...size };
}
