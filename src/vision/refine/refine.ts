import { LineFit } from '../geometry/line-fit.js';
import { distance, isConvexClockwise, type Line, quadFromLines } from '../geometry/plane.js';
import type { Point, Quad, RgbImage } from '../types.js';
import { bestEnds } from './best-ends.js';
import { margin, type Responses, readResponses, samples } from './side-responses.js';

/**
 * Moves each side of a quad to the strongest unbroken edge near it, twice with shrinking range, and intersects the
 * sides again. Works on the picture's own pixels, sub-pixel. `reach` is how far a side may move at its ends in the
 * first round, in pixels; sides that leave the frame or show no edge stay.
 */
export function refineQuad(image: RgbImage, quad: Quad, reach: number): Quad {
  let refined = quad;
  for (const range of [reach, Math.max(2.5, reach / 3)]) {
    const sides = refined.map((corner, index) => refineSide(image, corner, refined[(index + 1) % 4]!, range));
    const next = quadFromLines(sides as [Line, Line, Line, Line]);
    if (!next || !isConvexClockwise(next) || !staysNear(next, refined, 4 * range)) return refined;
    refined = next;
  }
  return refined;
}

function staysNear(next: Quad, before: Quad, most: number): boolean {
  return next.every((corner, index) => distance(corner, before[index]!) <= most);
}

function refineSide(image: RgbImage, from: Point, to: Point, range: number): Line {
  const length = Math.max(1e-6, distance(from, to));
  const nx = -(to[1] - from[1]) / length;
  const ny = (to[0] - from[0]) / length;
  const line: Line = { nx, ny, offset: nx * from[0] + ny * from[1] };
  const responses = readResponses(image, from, to, line, range);
  if (responses.seen < samples / 4) return line;
  const [start, end] = fitLine(responses, bestEnds(responses));
  return lineAtOffsets(from, to, line, start, end);
}

/** The side moved along its normal by `start` pixels at `from` and `end` pixels at `to`. */
function lineAtOffsets(from: Point, to: Point, { nx, ny }: Line, start: number, end: number): Line {
  const [ax, ay] = [from[0] + nx * start, from[1] + ny * start];
  const [bx, by] = [to[0] + nx * end, to[1] + ny * end];
  const length = Math.max(1e-6, Math.hypot(bx - ax, by - ay));
  const line = { nx: -(by - ay) / length, ny: (bx - ax) / length };
  return { ...line, offset: line.nx * ax + line.ny * ay };
}

/** Sub-pixel: a line through each row's peak near the coarse line, refitted with less weight for what lies off it. */
function fitLine({ values, offsets, spacing }: Responses, [start, end]: [number, number]): [number, number] {
  const middle = (offsets - 1) / 2;
  const window = Math.max(2, Math.round(2.5 / spacing));
  let fit: [number, number] = [start, end];
  for (let round = 0; round < 4; round++) {
    fit = weightedFit(values, offsets, fit, window, round === 0 ? window : 1.2 / spacing);
  }
  const limit = (value: number): number => Math.min(offsets - 1, Math.max(0, value));
  // the fitted line speaks of the sampled stretch; corners lie beyond its ends
  const slope = (limit(fit[1]) - limit(fit[0])) / (1 - 2 * margin);
  const first = limit(fit[0]) - slope * margin;
  return [(first - middle) * spacing, (first + slope - middle) * spacing];
}

function weightedFit(
  values: Float32Array,
  offsets: number,
  [start, end]: [number, number],
  window: number,
  tolerance: number,
): [number, number] {
  const fit = new LineFit();
  for (let s = 0; s < samples; s++) {
    const t = s / (samples - 1);
    addPeak(fit, values, s * offsets, offsets, t, start + (end - start) * t, window, tolerance);
  }
  const line = fit.solve();
  return line ? [line.start, line.start + line.slope] : [start, end];
}

/** The strongest response near where it is expected, to a fraction of an offset; it counts less the farther off it lies. */
function addPeak(
  fit: LineFit,
  values: Float32Array,
  row: number,
  offsets: number,
  t: number,
  expected: number,
  window: number,
  tolerance: number,
): void {
  const from = Math.max(1, Math.round(expected) - window);
  const to = Math.min(offsets - 2, Math.round(expected) + window);
  let best = -1;
  let strongest = 0.15;
  for (let k = from; k <= to; k++) {
    if (values[row + k]! <= strongest) continue;
    strongest = values[row + k]!;
    best = k;
  }
  if (best < 0) return;
  const before = values[row + best - 1]!;
  const after = values[row + best + 1]!;
  const curve = before - 2 * strongest + after;
  const shift = curve < -1e-9 ? Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / curve)) : 0;
  const off = (best + shift - expected) / tolerance;
  fit.add(t, best + shift, strongest / (1 + off * off) ** 2);
}
