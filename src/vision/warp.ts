import type { Size } from './orientation.js';
import type { Homography } from './perspective.js';
import type { RgbImage } from './types.js';

/** The exact map is computed once per so many pixels of a row and stepped in between: 1.5 times as fast, off by < 0.01 px. */
const span = 16;
/** Source positions are stepped in 1/4096 pixel and sampled at 1/256. */
const stepBits = 12;
const sampleBits = 8;

/**
 * Resamples `source` bilinearly: pixel (x, y) of the result shows what lies at `map`(x, y). Positions outside the source
 * take its nearest pixel. The source has at least 2 × 2 pixels.
 *
 * Fixed-point numbers, written out flat: this loop is the third of a crop's cost that is ours (bench/crop.ts).
 */
export function warp(source: RgbImage, map: Homography, { width, height }: Size): RgbImage {
  const [a, b, c, d, e, f, g, h, i] = map;
  const { data: pixels, width: sourceWidth } = source;
  const rowBytes = sourceWidth * 3;
  const maxU = ((sourceWidth - 1) << sampleBits) - 1;
  const maxV = ((source.height - 1) << sampleBits) - 1;
  const one = 1 << stepBits;
  const data = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const rowX = b * y + c;
    const rowY = e * y + f;
    const rowW = h * y + i;
    let startU = (rowX / rowW) * one;
    let startV = (rowY / rowW) * one;
    for (let x = 0; x < width; x += span) {
      const count = Math.min(span, width - x);
      const next = x + count;
      const scale = one / (rowW + g * next);
      const endU = (rowX + a * next) * scale;
      const endV = (rowY + d * next) * scale;
      const stepU = ((endU - startU) / count) | 0;
      const stepV = ((endV - startV) / count) | 0;
      let positionU = startU | 0;
      let positionV = startV | 0;
      startU = endU;
      startV = endV;
      for (let k = 0; k < count; k++) {
        let u = positionU >> (stepBits - sampleBits);
        let v = positionV >> (stepBits - sampleBits);
        if (u < 0) u = 0;
        else if (u > maxU) u = maxU;
        if (v < 0) v = 0;
        else if (v > maxV) v = maxV;
        const right = u & 255;
        const below = v & 255;
        const from = ((v >> sampleBits) * sourceWidth + (u >> sampleBits)) * 3;
        const under = from + rowBytes;
        const share11 = right * below;
        const share01 = (right << sampleBits) - share11;
        const share10 = (below << sampleBits) - share11;
        const share00 = 65536 - share01 - share10 - share11;
        data[to] =
          (pixels[from]! * share00 +
            pixels[from + 3]! * share01 +
            pixels[under]! * share10 +
            pixels[under + 3]! * share11 +
            32768) >>
          16;
        data[to + 1] =
          (pixels[from + 1]! * share00 +
            pixels[from + 4]! * share01 +
            pixels[under + 1]! * share10 +
            pixels[under + 4]! * share11 +
            32768) >>
          16;
        data[to + 2] =
          (pixels[from + 2]! * share00 +
            pixels[from + 5]! * share01 +
            pixels[under + 2]! * share10 +
            pixels[under + 5]! * share11 +
            32768) >>
          16;
        to += 3;
        positionU = (positionU + stepU) | 0;
        positionV = (positionV + stepV) | 0;
      }
    }
  }
  return { data, width, height };
}
