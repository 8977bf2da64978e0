import type { RgbImage } from '../types.js';
import { type Kernel, loadKernel, roomFor } from './kernel.js';
import { shrinkKernel } from './shrink-kernel.js';

/** The exports of shrink-kernel.wat. */
interface ShrinkKernel extends Kernel {
  halve(from: number, rowBytes: number, to: number, count: number): void;
  luma(from: number, right: number, below: number, step: number, to: number, count: number): void;
}

/** So much of the picture at a time stays in the processor's cache on its way through the kernel. */
const bandBytes = 131_072;
const bandAt = 16;

// Loaded once a thread; what its memory holds between two calls is never read.
let loaded: ShrinkKernel | undefined;

/**
 * The image at 1/`factor` of its size, each pixel the mean of a square of `factor` × `factor`; the image itself for
 * factor 1. Columns and rows that fill no square at the far ends are left out.
 */
export function shrinkBy(image: RgbImage, factor: number): RgbImage {
  if (factor === 1) return image;
  if (factor === 2 && Math.min(image.width, image.height) >= 2) return halve(image);
  const { data: pixels, width: sourceWidth } = image;
  const width = Math.max(1, Math.floor(sourceWidth / factor));
  const height = Math.max(1, Math.floor(image.height / factor));
  const columns = Math.min(factor, sourceWidth);
  const rows = Math.min(factor, image.height);
  const data = new Uint8Array(width * height * 3);
  const rowBytes = sourceWidth * 3;
  const share = 1 / (columns * rows);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      let [red, green, blue] = [0, 0, 0];
      for (
        let row = 0, start = y * factor * rowBytes + x * factor * 3;
        row < rows;
        row++, start += rowBytes
      ) {
        for (let column = 0, from = start; column < columns; column++, from += 3) {
          red += pixels[from]!;
          green += pixels[from + 1]!;
          blue += pixels[from + 2]!;
        }
      }
      data[to] = red * share + 0.5;
      data[to + 1] = green * share + 0.5;
      data[to + 2] = blue * share + 0.5;
    }
  }
  return { data, width, height };
}

/** In WebAssembly, as this is the way of every photo around 2 MP. */
function halve(image: RgbImage): RgbImage {
  const width = image.width >> 1;
  const height = image.height >> 1;
  const data = new Uint8Array(width * height * 3);
  shrinkInBands(image, 2, data, width * 3, ({ halve }, from, to) => halve(from, image.width * 3, to, width));
  return { data, width, height };
}

/** A small picture for OpenCV: luma, a byte a pixel. */
export interface SmallCopy {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** Pixels of the picture it was made from per pixel, along either side. */
  readonly factor: number;
}

/**
 * Shrinks by a whole number to a long side of about `side` pixels. Each pixel is the mean of four of its square, half a
 * square apart: as free of noise as strong edges need, at a fraction of the reading.
 */
export function shrinkToLuma(image: RgbImage, side: number): SmallCopy {
  const factor = Math.max(1, Math.round(Math.max(image.width, image.height) / side));
  const width = Math.floor(image.width / factor);
  const height = Math.floor(image.height / factor);
  const pixels = new Uint8Array(width * height);
  // from the square's corner to the first of the four pixels, and from that to the one on the right
  const apart = factor >> 1;
  const inset = (factor - apart) >> 1;
  const rowBytes = image.width * 3;
  const first = inset * rowBytes + inset * 3;
  shrinkInBands(image, factor, pixels, width, ({ luma }, from, to) =>
    luma(from + first, apart * 3, apart * rowBytes, factor * 3, to, width),
  );
  return { pixels, width, height, factor };
}

/**
 * Fills `target` row by row, `rowBytes` each, from `factor` rows of `image` a row. Of each band of rows the kernel's
 * memory gets a copy; `makeRow` has the kernel make one row at `to` from those that start at `from`.
 */
function shrinkInBands(
  image: RgbImage,
  factor: number,
  target: Uint8Array,
  rowBytes: number,
  makeRow: (kernel: ShrinkKernel, from: number, to: number) => void,
): void {
  loaded ??= loadKernel<ShrinkKernel>(shrinkKernel);
  const kernel = loaded;
  const squareBytes = image.width * 3 * factor;
  const bandRows = Math.max(1, Math.floor(bandBytes / squareBytes));
  const rowsAt = bandAt + bandRows * squareBytes + 32 * factor; // the kernel reads a little beyond
  const memory = new Uint8Array(roomFor(kernel, rowsAt + bandRows * rowBytes + 16)); // and writes beyond
  const height = target.length / rowBytes;
  for (let y = 0; y < height; y += bandRows) {
    const rows = Math.min(bandRows, height - y);
    memory.set(image.data.subarray(y * squareBytes, (y + rows) * squareBytes), bandAt);
    for (let row = 0; row < rows; row++) {
      makeRow(kernel, bandAt + row * squareBytes, rowsAt + row * rowBytes);
    }
    target.set(memory.subarray(rowsAt, rowsAt + rows * rowBytes), y * rowBytes);
  }
}
