import type { Line } from '../geometry/plane.js';
import type { Point, RgbImage } from '../types.js';

/** Samples along one side. */
export const samples = 48;
/** The share of a side at each end that is left out: rounded corners. */
export const margin = 0.07;
/** A step across the side that counts half, in levels. */
const halfStep = 8;

/** How the picture steps across a side, along its length. */
export interface Responses {
  /** `samples * offsets` steps across the side, row by row, saturated to 1. */
  readonly values: Float32Array;
  readonly offsets: number;
  /** Pixels between two offsets; the middle offset lies on the side. */
  readonly spacing: number;
  /** How many rows lie inside the frame. */
  readonly seen: number;
}

function along(sample: number): number {
  return margin + ((1 - 2 * margin) * sample) / (samples - 1);
}

/** Along the side `line` from `from` to `to`, up to `range` pixels to either side of it. */
export function readResponses(
  image: RgbImage,
  from: Point,
  to: Point,
  { nx, ny }: Line,
  range: number,
): Responses {
  const spacing = Math.max(0.5, range / 16);
  const half = Math.ceil(range / spacing);
  const offsets = 2 * half + 1;
  const values = new Float32Array(samples * offsets);
  const lag = Math.max(2, Math.round(1.5 / spacing)); // a step is measured over three pixels or more
  const row = new Float32Array((offsets + 2 * lag) * 3);
  let seen = 0;
  for (let s = 0; s < samples; s++) {
    const x = from[0] + (to[0] - from[0]) * along(s);
    const y = from[1] + (to[1] - from[1]) * along(s);
    if (!(x >= 1 && y >= 1 && x <= image.width - 2 && y <= image.height - 2)) continue;
    seen++;
    const first = -(half + lag) * spacing;
    readRow(image, x + nx * first, y + ny * first, nx * spacing, ny * spacing, row);
    for (let k = 0; k < offsets; k++) {
      const a = k * 3;
      const b = (k + 2 * lag) * 3;
      const d0 = row[b]! - row[a]!;
      const d1 = row[b + 1]! - row[a + 1]!;
      const d2 = row[b + 2]! - row[a + 2]!;
      const step = Math.sqrt(d0 * d0 + d1 * d1 + d2 * d2);
      values[s * offsets + k] = step / (step + halfStep);
    }
  }
  return { values, offsets, spacing, seen };
}

/** Colours from a point on in equal steps, bilinear; beyond the frame its rim goes on. */
function readRow(
  image: RgbImage,
  startX: number,
  startY: number,
  stepX: number,
  stepY: number,
  row: Float32Array,
): void {
  const right = image.width - 1;
  const bottom = image.height - 1;
  const last = row.length / 3 - 1;
  const endX = startX + last * stepX;
  const endY = startY + last * stepY;
  const isInside = Math.min(startX, startY, endX, endY) >= 0 && Math.max(startX, endX) <= right;
  if (isInside && Math.max(startY, endY) <= bottom) {
    for (let k = 0; k <= last; k++) readPixel(image, startX + k * stepX, startY + k * stepY, row, 3 * k);
    return;
  }
  for (let k = 0; k <= last; k++) {
    const x = Math.min(right, Math.max(0, startX + k * stepX));
    const y = Math.min(bottom, Math.max(0, startY + k * stepY));
    readPixel(image, x, y, row, 3 * k);
  }
}

/** The colour at a position within the frame, to `row[to]` and the two after it. */
function readPixel(
  { data, width, height }: RgbImage,
  x: number,
  y: number,
  row: Float32Array,
  to: number,
): void {
  // the last column and row are the right and lower neighbours of those before, with all of the weight
  const left = Math.min(width - 2, x | 0);
  const top = Math.min(height - 2, y | 0);
  const fx = x - left;
  const fy = y - top;
  const w11 = fx * fy;
  const w01 = fx - w11;
  const w10 = fy - w11;
  const w00 = 1 - fx - w10;
  const i = (top * width + left) * 3;
  const j = i + width * 3;
  row[to] = w00 * data[i]! + w01 * data[i + 3]! + w10 * data[j]! + w11 * data[j + 3]!;
  row[to + 1] = w00 * data[i + 1]! + w01 * data[i + 4]! + w10 * data[j + 1]! + w11 * data[j + 4]!;
  row[to + 2] = w00 * data[i + 2]! + w01 * data[i + 5]! + w10 * data[j + 2]! + w11 * data[j + 5]!;
}
