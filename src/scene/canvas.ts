import type { Paint, PaintFunction, Rgb } from './colour.js';

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
  const { data, columns, scale } = canvas;
  const colour = new Float32Array(3);
  const fill = paintFunction(paint);
  for (let i = 0; i < coverage.length; i++) {
    const alpha = Math.min(1, coverage[i]!) * opacity;
    if (alpha <= 0) continue;
    fill((left + i + 0.5) / scale, (row + 0.5) / scale, colour);
    const index = (row * columns + left + i) * 3;
    for (let channel = 0; channel < 3; channel++)
      data[index + channel]! += (colour[channel]! - data[index + channel]!) * alpha;
  }
}

function paintFunction(paint: Paint): PaintFunction {
  if (typeof paint === 'function') return paint;
  const [red, green, blue] = paint as Rgb;
  return (_x, _y, out) => {
    out[0] = red;
    out[1] = green;
    out[2] = blue;
  };
}
