import { type Homography, project } from '../geometry/perspective.js';
import type { Point, Quad, RgbImage, Size } from '../types.js';
import { type Kernel, loadKernel, roomFor } from './kernel.js';
import { warpKernel } from './warp-kernel.js';

/** Pixels of a row of the result: where they go, and where in the source they lie. */
type Stretch = [
  to: number,
  count: number,
  u: number,
  v: number,
  stepU: number,
  stepV: number,
  source: number,
  rowBytes: number,
];

/** The exports of warp-kernel.wat. */
interface WarpKernel extends Kernel {
  sample(...stretch: Stretch): void;
  sampleAtRim(...stretch: [...Stretch, mostU: number, mostV: number]): void;
}

/** A rectangle of pixels, first and last ones included. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The exact map is computed once per so many pixels of a row and stepped in between: off by < 0.01 px. */
const span = 16;
/** Source positions are stepped in 1/4096 pixel and sampled at 1/256. */
const stepBits = 12;
const sampleBits = 8;
const one = 1 << stepBits;
const channels = 3;

const resultAt = 16384;
/** The kernel writes one byte and reads two beyond what it is asked for. */
const slack = 16;

// Loaded once a thread, with its tables; each result is copied out of its memory.
let loaded: WarpKernel | undefined;

/**
 * Resamples `source` bilinearly: pixel (x, y) of the result shows what lies at `map`(x, y). Positions outside the source
 * take its nearest pixel. The source has at least 2 × 2 pixels.
 *
 * Sampled in WebAssembly, four times as fast as in JavaScript (bench/crop.ts).
 *
 * @param pixels of the result, filled anew where they are given
 */
export function warp(
  source: RgbImage,
  map: Homography,
  { width, height }: Size,
  pixels = new Uint8Array(width * height * channels),
): RgbImage {
  loaded ??= loadWarpKernel();
  const { sample, sampleAtRim } = loaded;
  const [a, b, c, d, e, f, g, h, i] = map;
  const box = boxAround(map, { width, height }, source);
  const rowBytes = (box.right - box.left + 1) * channels;
  const resultBytes = width * height * channels;
  const sourceAt = resultAt + resultBytes + slack;
  const sourceBytes = (box.bottom - box.top + 1) * rowBytes;
  const memory = new Uint8Array(roomFor(loaded, sourceAt + sourceBytes + slack));
  copyBox(source, box, memory.subarray(sourceAt));
  const origin = sourceAt - box.top * rowBytes - box.left * channels;
  const [minU, minV, maxU, maxV] = [box.left * one, box.top * one, box.right * one, box.bottom * one];
  const mostU = ((box.right - box.left) << sampleBits) - 1;
  const mostV = ((box.bottom - box.top) << sampleBits) - 1;
  let to = resultAt;
  for (let y = 0; y < height; y++) {
    const rowX = b * y + c;
    const rowY = e * y + f;
    const rowW = h * y + i;
    let u = (rowX / rowW) * one;
    let v = (rowY / rowW) * one;
    for (let x = 0; x < width; x += span) {
      const count = Math.min(span, width - x);
      const next = x + count;
      const scale = one / (rowW + g * next);
      const endU = (rowX + a * next) * scale;
      const endV = (rowY + d * next) * scale;
      const stepU = ((endU - u) / count) | 0;
      const stepV = ((endV - v) / count) | 0;
      const inside =
        Math.min(u, endU) >= minU &&
        Math.min(v, endV) >= minV &&
        Math.max(u, endU) < maxU &&
        Math.max(v, endV) < maxV;
      if (inside) sample(to, count, u | 0, v | 0, stepU, stepV, origin, rowBytes);
      else {
        const [fromU, fromV] = [(u | 0) - minU, (v | 0) - minV];
        sampleAtRim(to, count, fromU, fromV, stepU, stepV, sourceAt, rowBytes, mostU, mostV);
      }
      to += count * channels;
      u = endU;
      v = endV;
    }
  }
  pixels.set(memory.subarray(resultAt, resultAt + resultBytes));
  return { data: pixels, width, height };
}

/** The part of the source that the result shows, with the neighbours that interpolation looks at. */
function boxAround(map: Homography, { width, height }: Size, source: Size): Box {
  const outline: Quad = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  const isInFront = ([x, y]: Point) => map[6] * x + map[7] * y + map[8] > 0;
  const inFront = outline.filter(isInFront).length;
  // what lies partly behind the camera may show any part of the source
  if (inFront > 0 && inFront < 4) {
    return { left: 0, top: 0, right: source.width - 1, bottom: source.height - 1 };
  }
  const corners = outline.map((corner) => project(map, corner));
  const across = corners.map(([x]) => x);
  const down = corners.map(([, y]) => y);
  // two pixels either way at least, between which lies whatever is outside
  const [left, right] = extent(across, source.width);
  const [top, bottom] = extent(down, source.height);
  return { left, top, right, bottom };
}

function extent(positions: readonly number[], size: number): [first: number, last: number] {
  const first = Math.min(Math.max(Math.floor(Math.min(...positions)), 0), size - 2);
  const last = Math.min(Math.max(Math.ceil(Math.max(...positions)) + 1, first + 1), size - 1);
  return [first, last];
}

function copyBox({ data, width }: RgbImage, { left, top, right, bottom }: Box, target: Uint8Array): void {
  const rowBytes = (right - left + 1) * channels;
  for (let y = top; y <= bottom; y++) {
    const from = (y * width + left) * channels;
    target.set(data.subarray(from, from + rowBytes), (y - top) * rowBytes);
  }
}

function loadWarpKernel(): WarpKernel {
  const kernel = loadKernel<WarpKernel>(warpKernel);
  fillTables(kernel.memory.buffer);
  return kernel;
}

/** The tables that warp-kernel.wat describes. */
function fillTables(memory: ArrayBuffer): void {
  const upper = new Uint16Array(memory, 0, 256 * 8);
  const lower = new Uint16Array(memory, 4096, 256 * 8);
  const across = new Uint32Array(memory, 8192, 256 * 4);
  for (let fraction = 0; fraction < 256; fraction++) {
    upper.fill(256 - fraction, fraction * 8, fraction * 8 + 8);
    lower.fill(fraction, fraction * 8, fraction * 8 + 8);
    across.fill((fraction << 16) | (256 - fraction), fraction * 4, fraction * 4 + 4);
  }
  new Uint16Array(memory, 12288, 8).fill(0x8000);
  new Uint32Array(memory, 12304, 4).fill(0x8000 * 256 + 0x8000);
}
