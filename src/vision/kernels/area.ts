import type { RgbImage } from '../types.js';
import { areaKernel } from './area-kernel.js';
import { type Kernel, loadKernel, roomFor } from './kernel.js';

/** The exports of area-kernel.wat. */
interface AreaKernel extends Kernel {
  addRow(from: number, to: number, count: number, weight: number): void;
  sumPixels(from: number, to: number, starts: number, weights: number, taps: number, count: number): void;
}

/** Per target pixel along one axis, how much of it `taps` source pixels from `start` on make up. */
interface Shares {
  readonly taps: number;
  readonly start: Int32Array;
  /** `taps` each, whose sum is 1. */
  readonly weights: Float32Array;
}

const floatBytes = 4;
const pixelBytes = 3 * floatBytes;

let kernel: AreaKernel | undefined;

/** The image at exactly this size, each pixel the mean of the area that it covers. */
export function resizeByArea(image: RgbImage, width: number, height: number): RgbImage {
  kernel ??= loadKernel<AreaKernel>(areaKernel);
  const rows = areaShares(image.height, height);
  const columns = areaShares(image.width, width);
  const rowBytes = image.width * 3;
  const places = layOut(rowBytes, columns);
  const memory = roomFor(kernel, places.end);
  new Int32Array(memory, places.starts, width).set(columns.start.map((first) => first * pixelBytes));
  new Float32Array(memory, places.weights, columns.weights.length).set(columns.weights);
  const source = new Uint8Array(memory, places.source, rowBytes);
  const sums = new Float32Array(memory, places.sums, rowBytes);
  const target = new Uint8Array(memory, places.target, width * 3);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let tap = 0; tap < rows.taps; tap++) {
      const weight = rows.weights[y * rows.taps + tap]!;
      if (weight === 0) continue;
      const from = (rows.start[y]! + tap) * rowBytes;
      source.set(image.data.subarray(from, from + rowBytes));
      kernel.addRow(places.source, places.sums, rowBytes, weight);
    }
    kernel.sumPixels(places.sums, places.target, places.starts, places.weights, columns.taps, width);
    data.set(target, y * width * 3);
  }
  return { data, width, height };
}

/** Where everything lies in the kernel's memory: a source row, its floats, a target row, and the columns' shares. */
function layOut(rowBytes: number, { start, weights }: Shares) {
  const row = 16 * Math.ceil(rowBytes / 16);
  const source = 0;
  const sums = source + row;
  const starts = sums + (row + 16) * floatBytes; // the kernel reads a little beyond
  const shares = starts + start.length * floatBytes;
  const target = shares + weights.length * floatBytes;
  return { source, sums, starts, weights: shares, target, end: target + start.length * 3 + 16 };
}

function areaShares(size: number, count: number): Shares {
  const length = size / count;
  const taps = Math.min(size, Math.ceil(length) + 1);
  const start = new Int32Array(count);
  const weights = new Float32Array(count * taps);
  for (let i = 0; i < count; i++) {
    start[i] = Math.min(size - taps, Math.floor(i * length));
    for (let tap = 0; tap < taps; tap++) {
      const pixel = start[i]! + tap;
      const covered = Math.min(pixel + 1, (i + 1) * length) - Math.max(pixel, i * length);
      weights[i * taps + tap] = Math.max(0, covered) / length;
    }
  }
  return { taps, start, weights };
}
