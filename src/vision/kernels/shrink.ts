import type { RgbImage } from '../types.js';
import { shrinkInStrips } from './shrink-strips.js';

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
  shrinkInStrips(image, 2, data, width * 3, ({ halve }, from, to) => halve(from, image.width * 3, to, width));
  return { data, width, height };
}
