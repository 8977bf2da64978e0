import type { Point } from '../vision/types.js';
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
  // A little more than the canvas, since its last pixels may lie half beyond it.
  fillRect(canvas, 0, 0, width + 1, height + 1, base);
  return canvas;
}

export function fillRect(
  canvas: Canvas,
  x: number,
  y: number,
  width: number,
  height: number,
  paint: Paint,
  opacity = 1,
): void {
  const right = x + width;
  const bottom = y + height;
  fillPolygon(
    canvas,
    [
      [
        [x, y],
        [right, y],
        [right, bottom],
        [x, bottom],
      ],
    ],
    paint,
    opacity,
  );
}

export function fillRoundedRect(
  canvas: Canvas,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  paint: Paint,
  opacity = 1,
): void {
  const corner = (centreX: number, centreY: number, start: number): Point[] =>
    Array.from({ length: 9 }, (_, i) => {
      const angle = start + (i / 8) * (Math.PI / 2);
      return [centreX + radius * Math.cos(angle), centreY + radius * Math.sin(angle)];
    });
  const right = x + width - radius;
  const bottom = y + height - radius;
  const outline = [
    ...corner(right, y + radius, -Math.PI / 2),
    ...corner(right, bottom, 0),
    ...corner(x + radius, bottom, Math.PI / 2),
    ...corner(x + radius, y + radius, Math.PI),
  ];
  fillPolygon(canvas, [outline], paint, opacity);
}

export function fillEllipse(
  canvas: Canvas,
  x: number,
  y: number,
  radiusX: number,
  radiusY: number,
  paint: Paint,
  opacity = 1,
): void {
  const steps = 48;
  const outline = Array.from({ length: steps }, (_, i): Point => {
    const angle = (i / steps) * 2 * Math.PI;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });
  fillPolygon(canvas, [outline], paint, opacity);
}

const subRows = 4;

/** Fills the contours by the even-odd rule; exact coverage along a row, four samples down a pixel. */
export function fillPolygon(
  canvas: Canvas,
  contours: readonly (readonly Point[])[],
  paint: Paint,
  opacity = 1,
): void {
  const edges = contours.flatMap((contour) => edgesOf(contour, canvas.scale));
  const top = Math.max(0, Math.floor(Math.min(...edges.map((edge) => edge.top))));
  const bottom = Math.min(canvas.rows, Math.ceil(Math.max(...edges.map((edge) => edge.bottom))));
  const coverage = new Float32Array(canvas.columns);
  for (let row = top; row < bottom; row++) {
    coverage.fill(0);
    for (let sub = 0; sub < subRows; sub++) addSpans(coverage, edges, row + (sub + 0.5) / subRows);
    blendRow(canvas, row, 0, coverage, paint, opacity);
  }
}

interface Edge {
  readonly top: number;
  readonly bottom: number;
  readonly x: number;
  readonly slope: number;
}

function edgesOf(contour: readonly Point[], scale: number): Edge[] {
  const edges: Edge[] = [];
  contour.forEach(([x0, y0], i) => {
    const [x1, y1] = contour[(i + 1) % contour.length] as Point;
    if (y0 === y1) return;
    const [ax, ay, bx, by] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
    edges.push({ top: ay * scale, bottom: by * scale, x: ax * scale, slope: (bx - ax) / (by - ay) });
  });
  return edges;
}

function addSpans(coverage: Float32Array, edges: readonly Edge[], y: number): void {
  const crossings: number[] = [];
  for (const edge of edges)
    if (edge.top <= y && y < edge.bottom) crossings.push(edge.x + (y - edge.top) * edge.slope);
  crossings.sort((a, b) => a - b);
  for (let i = 0; i + 1 < crossings.length; i += 2) addSpan(coverage, crossings[i]!, crossings[i + 1]!);
}

function addSpan(coverage: Float32Array, from: number, to: number): void {
  const start = Math.max(0, from);
  const end = Math.min(coverage.length, to);
  for (let column = Math.floor(start); column < end; column++)
    coverage[column]! += Math.max(0, Math.min(end, column + 1) - Math.max(start, column)) / subRows;
}

/** Draws the lines as one shape: where they cross, nothing is painted twice. Ends and joints are round. */
export function strokeLines(
  canvas: Canvas,
  lines: readonly (readonly Point[])[],
  width: number,
  paint: Paint,
  opacity = 1,
): void {
  const { scale } = canvas;
  const radius = (width * scale) / 2;
  const box = boundsOf(canvas, lines, width);
  if (box.columns <= 0 || box.rows <= 0) return;
  const coverage = new Float32Array(box.columns * box.rows);
  for (const line of lines)
    for (let i = 0; i < Math.max(1, line.length - 1); i++)
      coverSegment(coverage, box, radius, line[i]!, line[i + 1] ?? line[i]!, scale);
  for (let row = 0; row < box.rows; row++) {
    const part = coverage.subarray(row * box.columns, (row + 1) * box.columns);
    blendRow(canvas, box.top + row, box.left, part, paint, opacity);
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

function boundsOf(canvas: Canvas, lines: readonly (readonly Point[])[], width: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines)
    for (const [x, y] of line) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  const firstColumn = Math.max(0, Math.floor((left - width) * canvas.scale) - 1);
  const firstRow = Math.max(0, Math.floor((top - width) * canvas.scale) - 1);
  const lastColumn = Math.min(canvas.columns - 1, Math.ceil((right + width) * canvas.scale) + 1);
  const lastRow = Math.min(canvas.rows - 1, Math.ceil((bottom + width) * canvas.scale) + 1);
  return {
    left: firstColumn,
    top: firstRow,
    columns: lastColumn - firstColumn + 1,
    rows: lastRow - firstRow + 1,
  };
}

function coverSegment(
  coverage: Float32Array,
  box: Box,
  radius: number,
  from: Point,
  to: Point,
  scale: number,
): void {
  // In pixels of the box, whose first pixel has its centre at 0.
  const ax = from[0] * scale - 0.5 - box.left;
  const ay = from[1] * scale - 0.5 - box.top;
  const dx = to[0] * scale - 0.5 - box.left - ax;
  const dy = to[1] * scale - 0.5 - box.top - ay;
  const lengthSquared = dx * dx + dy * dy || 1;
  const reach = radius + 1;
  // A line thinner than a pixel stays visible: it gets fainter, not narrower.
  const strength = Math.min(1, radius * 2);
  const edge = Math.max(radius, 0.5) + 0.5;
  const left = Math.max(0, Math.floor(Math.min(ax, ax + dx) - reach));
  const right = Math.min(box.columns - 1, Math.ceil(Math.max(ax, ax + dx) + reach));
  const top = Math.max(0, Math.floor(Math.min(ay, ay + dy) - reach));
  const bottom = Math.min(box.rows - 1, Math.ceil(Math.max(ay, ay + dy) + reach));
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / lengthSquared));
      const distance = Math.hypot(x - ax - t * dx, y - ay - t * dy);
      const value = Math.min(1, Math.max(0, edge - distance)) * strength;
      const index = y * box.columns + x;
      if (value > coverage[index]!) coverage[index] = value;
    }
}

function blendRow(
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
