import type { RgbImage } from './types.js';

/**
 * The image at 1/`factor` of its size, each pixel the mean of a square of `factor` × `factor`; the image itself for
 * factor 1. Columns and rows that fill no square at the far ends are left out.
 */
export function shrinkBy(image: RgbImage, factor: number): RgbImage {
  if (factor === 1) return image;
  const width = Math.max(1, Math.floor(image.width / factor));
  const height = Math.max(1, Math.floor(image.height / factor));
  const data = new Uint8Array(width * height * 3);
  const sums = new Uint32Array(width * 3);
  const rows = Math.min(factor, image.height);
  const share = 1 / (rows * Math.min(factor, image.width));
  for (let y = 0, to = 0; y < height; y++) {
    sums.fill(0);
    for (let row = 0; row < rows; row++) addRow(sums, image, y * factor + row, factor);
    for (let i = 0; i < sums.length; i++, to++) data[to] = sums[i]! * share + 0.5;
  }
  return { data, width, height };
}

function addRow(sums: Uint32Array, { data, width }: RgbImage, y: number, factor: number): void {
  const step = Math.min(factor, width);
  for (let x = 0, from = y * width * 3; x < sums.length; x += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let i = 0; i < step; i++, from += 3) {
      red += data[from]!;
      green += data[from + 1]!;
      blue += data[from + 2]!;
    }
    sums[x]! += red;
    sums[x + 1]! += green;
    sums[x + 2]! += blue;
  }
}
