import type { Paint, Rgb } from './colour.js';

/** An opaque flat picture that is drawn in millimetres: x to the right, y down, origin at its top-left corner. */
export interface Canvas {
  /** Interleaved RGB. */
  readonly data: Uint8ClampedArray;
  readonly columns: number;
  readonly rows: number;
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
  /** Pixels per millimetre. */
  readonly scale: number;
}

export function createCanvas(width: number, height: number, scale: number, base: Paint): Canvas {
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const canvas = { data: new Uint8ClampedArray(columns * rows * 3), columns, rows, width, height, scale };
  const everything = new Float32Array(columns).fill(1);
  for (let row = 0; row < rows; row++) blendRow(canvas, row, 0, everything, base, 1);
  return canvas;
}

/** Paints part of a row, from `left` on, as far as each pixel is covered (0 to 1). */
export function blendRow(
  canvas: Canvas,
  row: number,
  left: number,
  coverage: Float32Array,
  paint: Paint,
  opacity: number,
): void {
  if (typeof paint !== 'function') {
    blendFlat(canvas, row, left, coverage, paint, opacity);
    return;
  }
  const { data, columns, scale } = canvas;
  const colour = new Float32Array(3);
  for (let i = 0; i < coverage.length; i++) {
    const alpha = Math.min(1, coverage[i]!) * opacity;
    if (alpha <= 0) continue;
    paint((left + i + 0.5) / scale, (row + 0.5) / scale, colour);
    const index = (row * columns + left + i) * 3;
    for (let channel = 0; channel < 3; channel++)
      data[index + channel]! += (colour[channel]! - data[index + channel]!) * alpha;
  }
}

/** One colour, which most fills have: no call for each pixel. */
function blendFlat(
  { data, columns }: Canvas,
  row: number,
  left: number,
  coverage: Float32Array,
  colour: Rgb,
  opacity: number,
): void {
  const [red, green, blue] = [Math.fround(colour[0]), Math.fround(colour[1]), Math.fround(colour[2])];
  let index = (row * columns + left) * 3;
  for (let i = 0; i < coverage.length; i++, index += 3) {
    const alpha = Math.min(1, coverage[i]!) * opacity;
    if (alpha <= 0) continue;
    data[index]! += (red - data[index]!) * alpha;
    data[index + 1]! += (green - data[index + 1]!) * alpha;
    data[index + 2]! += (blue - data[index + 2]!) * alpha;
  }
}
