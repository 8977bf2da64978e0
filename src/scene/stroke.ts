import type { Point } from '../vision/types.js';
import { blendRow, type Canvas } from './canvas.js';
import type { Paint } from './colour.js';

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
      const [offX, offY] = [x - ax - t * dx, y - ay - t * dy];
      const distance = Math.sqrt(offX * offX + offY * offY);
      const value = Math.min(1, Math.max(0, edge - distance)) * strength;
      const index = y * box.columns + x;
      if (value > coverage[index]!) coverage[index] = value;
    }
}
