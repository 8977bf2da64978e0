import type { Point } from '../vision/types.js';
import { blendRow, type Canvas } from './canvas.js';
import type { Paint } from './colour.js';

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
  const [left, right] = columnsOf(contours, canvas);
  if (left >= right) return;
  const touched = coverage.subarray(left, right);
  for (let row = top; row < bottom; row++) {
    touched.fill(0);
    for (let sub = 0; sub < subRows; sub++) addSpans(coverage, edges, row + (sub + 0.5) / subRows);
    blendRow(canvas, row, left, touched, paint, opacity);
  }
}

/** The columns that the contours can touch, one more to each side. */
function columnsOf(contours: readonly (readonly Point[])[], { scale, columns }: Canvas): [number, number] {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const contour of contours)
    for (const [x] of contour) {
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  return [Math.max(0, Math.floor(left * scale) - 1), Math.min(columns, Math.ceil(right * scale) + 1)];
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
  const first = Math.floor(start);
  const last = Math.ceil(end) - 1;
  for (let column = first; column <= last; column++) {
    const whole = column > first && column < last;
    coverage[column]! +=
      (whole ? 1 : Math.max(0, Math.min(end, column + 1) - Math.max(start, column))) / subRows;
  }
}
