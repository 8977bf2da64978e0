import type { RgbImage } from '../types.js';
import { type Kernel, loadKernel, roomFor } from './kernel.js';
import { shrinkKernel } from './shrink-kernel.js';

/** The exports of shrink-kernel.wat. */
export interface ShrinkKernel extends Kernel {
  halve(from: number, rowBytes: number, to: number, count: number): void;
  luma(from: number, right: number, below: number, step: number, to: number, count: number): void;
}

/** So much of the picture at a time stays in the processor's cache on its way through the kernel. */
const stripBytes = 131_072;
const stripAt = 16;

let kernel: ShrinkKernel | undefined;

/**
 * Fills `target` row by row, `rowBytes` each, from `factor` rows of `image` a row. Of each strip of rows the kernel's
 * memory gets a copy; `makeRow` has the kernel make one row at `to` from those that start at `from`.
 */
export function shrinkInStrips(
  image: RgbImage,
  factor: number,
  target: Uint8Array,
  rowBytes: number,
  makeRow: (kernel: ShrinkKernel, from: number, to: number) => void,
): void {
  kernel ??= loadKernel<ShrinkKernel>(shrinkKernel);
  const squareBytes = image.width * 3 * factor;
  const stripRows = Math.max(1, Math.floor(stripBytes / squareBytes));
  const rowsAt = stripAt + stripRows * squareBytes + 32 * factor; // the kernel reads a little beyond
  const memory = new Uint8Array(roomFor(kernel, rowsAt + stripRows * rowBytes + 16)); // and writes beyond
  const height = target.length / rowBytes;
  for (let y = 0; y < height; y += stripRows) {
    const rows = Math.min(stripRows, height - y);
    memory.set(image.data.subarray(y * squareBytes, (y + rows) * squareBytes), stripAt);
    for (let row = 0; row < rows; row++) {
      makeRow(kernel, stripAt + row * squareBytes, rowsAt + row * rowBytes);
    }
    target.set(memory.subarray(rowsAt, rowsAt + rows * rowBytes), y * rowBytes);
  }
}
