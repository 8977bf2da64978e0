import { readFile } from 'node:fs/promises';
import t from 'tap';
import assembler from 'wabt';
import { createRandom } from '../../../src/random.js';
import { areaKernel } from '../../../src/vision/kernels/area-kernel.js';
import { findWideEdges, type Thresholds } from '../../../src/vision/kernels/canny.js';
import { convolutionKernel } from '../../../src/vision/kernels/convolution-kernel.js';
import { gradientKernel } from '../../../src/vision/kernels/gradient-kernel.js';
import { sampleKernel } from '../../../src/vision/kernels/sample-kernel.js';
import { shrinkBy, shrinkToLuma } from '../../../src/vision/kernels/shrink.js';
import { shrinkKernel } from '../../../src/vision/kernels/shrink-kernel.js';
import { warpKernel } from '../../../src/vision/kernels/warp-kernel.js';
import { MatScope } from '../../../src/vision/opencv/mats.js';
import { callOpenCv } from '../../../src/vision/opencv/opencv.js';
import type { RgbImage } from '../../../src/vision/types.js';

t.test('the kernels are the ones that their sources describe', async (t) => {
  const { parseWat } = await assembler();
  const kernels = { areaKernel, convolutionKernel, gradientKernel, sampleKernel, shrinkKernel, warpKernel };
  for (const [name, kernel] of Object.entries(kernels)) {
    const source = `src/vision/kernels/${name.replace('Kernel', '-kernel')}.wat`;
    const { buffer } = parseWat(source, await readFile(source), { simd: true }).toBinary({});
    t.equal(kernel.replace(/\s/g, ''), Buffer.from(buffer).toString('base64'), '`npm run kernels`');
  }
});

/** Wide ones go through the kernel in many bands, narrow and odd ones end beside its steps. */
const sizes: readonly (readonly [number, number])[] = [
  [2, 2],
  [9, 7],
  [53, 31],
  [640, 97],
  [4001, 40],
];

t.test('half the size: each pixel is the rounded mean of its square', async (t) => {
  for (const [width, height] of sizes) {
    const image = noise(width, height);
    const half = shrinkBy(image, 2);
    t.match(half, { width: width >> 1, height: height >> 1 });
    const expected = half.data.map((_, i) => {
      const x = Math.floor(i / 3) % half.width;
      const y = Math.floor(i / 3 / half.width);
      const of = (dx: number, dy: number): number =>
        image.data[((2 * y + dy) * width + 2 * x + dx) * 3 + (i % 3)]!;
      return (of(0, 0) + of(1, 0) + of(0, 1) + of(1, 1) + 2) >> 2;
    });
    t.ok(Buffer.from(half.data).equals(expected), `${width} × ${height}`);
  }
});

t.test('a pixel of the small copy is the mean luma of four of its square, half a square apart', async (t) => {
  for (const [width, height] of sizes) {
    for (const asked of [1, 2, 3, 4]) {
      const image = noise(width, height);
      const { pixels, factor, ...size } = shrinkToLuma(image, width / asked);
      t.same(size, { width: Math.floor(width / factor), height: Math.floor(height / factor) });
      t.equal(pixels.length, size.width * size.height);
      const apart = factor >> 1;
      const inset = (factor - apart) >> 1;
      const isLuma = pixels.every((luma, i) => {
        const left = (i % size.width) * factor + inset;
        const top = Math.floor(i / size.width) * factor + inset;
        const weighted = (x: number, y: number) =>
          [0.299, 0.587, 0.114].reduce(
            (sum, weight, c) => sum + weight * image.data[3 * (y * width + x) + c]!,
            0,
          );
        const four = [weighted(left, top), weighted(left + apart, top)].concat(
          weighted(left, top + apart),
          weighted(left + apart, top + apart),
        );
        return Math.abs(luma - four.reduce((sum, each) => sum + each, 0) / 4) <= 1.5;
      });
      t.ok(isLuma, `${width} × ${height} by ${factor}`);
    }
  }
});

t.test('edges are those of OpenCV', async (t) => {
  for (const [width, height] of [...sizes.slice(1), [8, 8], [16, 9], [17, 40]] as const) {
    const grey = greyNoise(width, height);
    const round = blobs(width, height);
    for (const channels of [[grey], [round], [round, grey, grey.toReversed()], [round, round, grey]]) {
      const thresholds = [
        [60, 150],
        [201.5, 601.9], // sizes are even: what is cut off here matters
        [0, 20],
      ] as const;
      const edges = findWideEdges(channels, width, height, thresholds);
      const expected = openCvEdges(channels, width, height, thresholds);
      thresholds.forEach((pair, index) => {
        const name = `${channels.length} of ${width} × ${height}, ${pair}`;
        t.ok(Buffer.from(edges[index]!).equals(expected[index]!), name);
      });
    }
  }
});

function openCvEdges(
  channels: readonly Uint8Array[],
  width: number,
  height: number,
  thresholds: readonly Thresholds[],
): Uint8Array[] {
  const count = channels.length;
  const pixels = new Uint8Array(count * width * height).map(
    (_, i) => channels[i % count]![Math.floor(i / count)]!,
  );
  return callOpenCv((cv) => {
    using mats = new MatScope();
    const source = mats.from(pixels, height, width, count as 1 | 3);
    return thresholds.map(([low, high]) => {
      const edges = mats.empty();
      cv.Canny(source, edges, low, high, 3, false);
      cv.dilate(edges, edges, mats.empty());
      return edges.data.slice();
    });
  });
}

function noise(width: number, height: number): RgbImage {
  return { data: greyNoise(width * 3, height), width, height };
}

function greyNoise(width: number, height: number): Uint8Array {
  const random = createRandom(`${width} ${height}`);
  return new Uint8Array(width * height).map(() => random.int(0, 255));
}

/** Round edges, in all directions and of all strengths. */
function blobs(width: number, height: number): Uint8Array {
  return new Uint8Array(width * height).map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return (
      128 + 60 * Math.sin(x / 5 + y / 17) * Math.cos(y / 4) + 60 * Math.tanh(Math.sin(x / 9 - y / 6) * 5)
    );
  });
}

t.test('small copies keep flat colours and say by how much they are smaller', async (t) => {
  const image = {
    data: new Uint8Array(120 * 90 * 3).map((_, i) => [200, 40, 90][i % 3]!),
    width: 120,
    height: 90,
  };
  for (const [side, factor] of [
    [120, 1],
    [60, 2],
    [40, 3],
    [30, 4],
    [1000, 1],
  ] as const) {
    const luma = shrinkToLuma(image, side);
    t.match(luma, { factor, width: Math.floor(120 / factor), height: Math.floor(90 / factor) });
    t.ok(luma.pixels.every((value) => Math.abs(value - 93.5) < 1));
    t.equal(luma.pixels.length, luma.width * luma.height);
  }
});
