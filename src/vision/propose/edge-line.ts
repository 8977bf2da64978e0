import type { Line } from '../geometry/plane.js';
import type { Gradients } from './gradients.js';
import { strongGain } from './hough.js';

/** A line across the picture and where along it there is an edge. */
export interface EdgeLine extends Line {
  /** Direction of the normal, 0 to π. */
  readonly angle: number;
  /** Position along the line, in pixels from the foot of the normal, of the first cell of `sums`. */
  readonly start: number;
  /** Running sum of the edge support per pixel of length; support is 0 to 1. */
  readonly sums: Float32Array;
  /** Length of its best stretch, in pixels of full edge. */
  readonly covered: number;
  /** The same for strong edges only. */
  readonly strong: number;
}

/** Mean support of a line drawn anywhere through texture or text. */
const textureSupport = 0.25;

/** Measures the edge support along a line; `null` where little of it lies in the frame. */
export function traceLine(gradients: Gradients, line: Line, fullGradient: number): EdgeLine | null {
  const { nx, ny, offset } = line;
  const [first, last] = clipToFrame(line, gradients.width, gradients.height);
  const cells = Math.floor(last - first) + 1;
  if (!(cells >= 12)) return null;
  const sums = new Float32Array(cells + 1);
  const strongSums = new Float32Array(cells + 1);
  for (let cell = 0; cell < cells; cell++) {
    const t = first + cell;
    const x = nx * offset - ny * t;
    const y = ny * offset + nx * t;
    const gradient = Math.max(
      gradientAcross(gradients, x, y, nx, ny),
      gradientAcross(gradients, x + nx, y + ny, nx, ny),
      gradientAcross(gradients, x - nx, y - ny, nx, ny),
    );
    sums[cell + 1] = sums[cell]! + gradient / (gradient + fullGradient);
    strongSums[cell + 1] = strongSums[cell]! + gradient / (gradient + strongGain * fullGradient);
  }
  const angle = (Math.atan2(ny, nx) + 2 * Math.PI) % Math.PI;
  return {
    ...{ nx, ny, offset, angle, start: first, sums },
    covered: bestStretch(sums),
    strong: bestStretch(strongSums),
  };
}

/** The best stretch: its length times by how much its support exceeds that of mere texture (Kadane's maximum sum). */
function bestStretch(sums: Float32Array): number {
  let best = 0;
  let current = 0;
  for (let cell = 1; cell < sums.length; cell++) {
    current = Math.max(0, current + sums[cell]! - sums[cell - 1]! - textureSupport);
    best = Math.max(best, current);
  }
  return best;
}

/** Mean support between two positions along a line; stretches outside the frame count `neutral`. */
export function supportBetween(line: EdgeLine, from: number, to: number, neutral: number): number {
  const length = to - from;
  if (!(length > 0)) return 0;
  const cells = line.sums.length - 1;
  const first = nearestCell(from - line.start, cells);
  const last = nearestCell(to - line.start, cells);
  const seen = last - first;
  return (
    (line.sums[last]! - line.sums[first]! + neutral * Math.max(0, length - seen)) / Math.max(length, seen)
  );
}

function nearestCell(position: number, last: number): number {
  if (position <= 0) return 0;
  const cell = (position + 0.5) | 0;
  return cell < last ? cell : last;
}

/** Gradient along the normal at a pixel; nothing where it points elsewhere (more than 30° off). */
export function gradientAcross(gradients: Gradients, x: number, y: number, nx: number, ny: number): number {
  if (!(x >= -0.5 && y >= -0.5 && x < gradients.width - 0.5 && y < gradients.height - 0.5)) return 0;
  const i = ((y + 0.5) | 0) * gradients.width + ((x + 0.5) | 0);
  const gx = gradients.x[i]!;
  const gy = gradients.y[i]!;
  const across = Math.abs(gx * nx + gy * ny);
  const along = Math.abs(gy * nx - gx * ny);
  return across > 1.7 * along ? across : 0;
}

/** Where a line lies inside the frame, as positions along it; empty (first above last) where it does not. */
export function clipToFrame(
  { nx, ny, offset }: Line,
  width: number,
  height: number,
): [first: number, last: number] {
  let first = -1e9;
  let last = 1e9;
  const limit = (start: number, perStep: number, high: number): void => {
    if (Math.abs(perStep) < 1e-9) {
      if (start < 0 || start > high) first = 1e9;
      return;
    }
    const a = -start / perStep;
    const b = (high - start) / perStep;
    first = Math.max(first, Math.min(a, b));
    last = Math.min(last, Math.max(a, b));
  };
  limit(nx * offset, -ny, width - 1);
  limit(ny * offset, nx, height - 1);
  return [first, last];
}
