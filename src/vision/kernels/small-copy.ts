import type { RgbImage } from '../types.js';
import { shrinkInStrips } from './shrink-strips.js';

/** A small picture for OpenCV: interleaved bytes, one (luma) or three (RGB) a pixel. */
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
export function shrinkTo(image: RgbImage, side: number, channels: 1 | 3): SmallCopy {
  const factor = Math.max(1, Math.round(Math.max(image.width, image.height) / side));
  const width = Math.floor(image.width / factor);
  const height = Math.floor(image.height / factor);
  const pixels = new Uint8Array(width * height * channels);
  const copy = { pixels, width, height, factor };
  if (channels === 1) copyLuma(image, copy);
  else copyColour(image, copy);
  return copy;
}

/** Where to read the four pixels: from the square's corner to the first, and from that to the one on the right. */
function pattern(factor: number): { inset: number; apart: number } {
  const apart = factor >> 1;
  return { inset: (factor - apart) >> 1, apart };
}

function copyLuma(image: RgbImage, { pixels, width, factor }: SmallCopy): void {
  const { inset, apart } = pattern(factor);
  const rowBytes = image.width * 3;
  const first = inset * rowBytes + inset * 3;
  shrinkInStrips(image, factor, pixels, width, ({ luma }, from, to) =>
    luma(from + first, apart * 3, apart * rowBytes, factor * 3, to, width),
  );
}

function copyColour({ data, width: stride }: RgbImage, { pixels, width, height, factor }: SmallCopy): void {
  const { inset, apart } = pattern(factor);
  const right = 3 * apart;
  const below = apart * stride * 3;
  for (let y = 0, to = 0; y < height; y++) {
    let i = ((y * factor + inset) * stride + inset) * 3;
    for (let x = 0; x < width; x++, to += 3, i += 3 * factor) {
      const j = i + below;
      pixels[to] = (data[i]! + data[i + right]! + data[j]! + data[j + right]!) >> 2;
      pixels[to + 1] = (data[i + 1]! + data[i + right + 1]! + data[j + 1]! + data[j + right + 1]!) >> 2;
      pixels[to + 2] = (data[i + 2]! + data[i + right + 2]! + data[j + 2]! + data[j + right + 2]!) >> 2;
    }
  }
}
