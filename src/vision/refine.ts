import { distance, isConvexClockwise, type Line, quadFromLines } from './geometry.js';
import { LineFit } from './line-fit.js';
import type { Point, Quad, RgbImage } from './types.js';

/** Samples along one side. */
const samples = 48;
/** The share of a side at each end that is left out: rounded corners. */
const margin = 0.07;
/** A step across the border that counts in full, in multiples of the picture's noise and at least some levels. */
const minFullStep = 8;

/**
 * Moves each side of a quad to the strongest unbroken edge near it, twice with shrinking range, and intersects the
 * sides again. Works on the picture's own pixels, sub-pixel. `reach` is how far a side may move at its ends in the
 * first round, in pixels; sides that leave the frame or show no edge stay.
 */
export function refineQuad(image: RgbImage, quad: Quad, reach: number, fullStep = minFullStep): Quad {
  let refined = quad;
  for (const range of [reach, Math.max(2.5, reach / 3)]) {
    const sides = refined.map((corner, index) =>
      refineSide(image, corner, refined[(index + 1) % 4]!, range, fullStep),
    );
    const next = quadFromLines(sides as [Line, Line, Line, Line]);
    if (!next || !isConvexClockwise(next) || !staysNear(next, refined, 4 * range)) return refined;
    refined = next;
  }
  return refined;
}

function staysNear(next: Quad, before: Quad, most: number): boolean {
  return next.every((corner, index) => distance(corner, before[index]!) <= most);
}

interface Responses {
  /** `samples * offsets` steps across the side, row by row, saturated to 1. */
  readonly values: Float32Array;
  readonly offsets: number;
  /** Pixels between two offsets; the middle offset lies on the side. */
  readonly spacing: number;
  /** How many rows lie inside the frame. */
  readonly seen: number;
}

function refineSide(image: RgbImage, from: Point, to: Point, range: number, fullStep: number): Line {
  const length = Math.max(1e-6, distance(from, to));
  const nx = -(to[1] - from[1]) / length;
  const ny = (to[0] - from[0]) / length;
  const line: Line = { nx, ny, offset: nx * from[0] + ny * from[1] };
  const responses = readResponses(image, from, to, line, range, fullStep);
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

function along(sample: number): number {
  return margin + ((1 - 2 * margin) * sample) / (samples - 1);
}

function readResponses(
  image: RgbImage,
  from: Point,
  to: Point,
  { nx, ny }: Line,
  range: number,
  fullStep: number,
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
      values[s * offsets + k] = step / (step + fullStep);
    }
  }
  return { values, offsets, spacing, seen };
}

/** Colours from a point on in equal steps, bilinear; beyond the frame its rim goes on. */
function readRow(
  { data, width, height }: RgbImage,
  startX: number,
  startY: number,
  stepX: number,
  stepY: number,
  row: Float32Array,
): void {
  const stride = width * 3;
  // the last column and row are the right and lower neighbours of those before, with all of the weight
  const maxX = width - 2;
  const maxY = height - 2;
  for (let to = 0, k = 0; to < row.length; to += 3, k++) {
    const x = Math.min(width - 1, Math.max(0, startX + k * stepX));
    const y = Math.min(height - 1, Math.max(0, startY + k * stepY));
    const left = Math.min(maxX, x | 0);
    const top = Math.min(maxY, y | 0);
    const fx = x - left;
    const fy = y - top;
    const w11 = fx * fy;
    const w01 = fx - w11;
    const w10 = fy - w11;
    const w00 = 1 - fx - w10;
    const i = top * stride + left * 3;
    const j = i + stride;
    row[to] = w00 * data[i]! + w01 * data[i + 3]! + w10 * data[j]! + w11 * data[j + 3]!;
    row[to + 1] = w00 * data[i + 1]! + w01 * data[i + 4]! + w10 * data[j + 1]! + w11 * data[j + 4]!;
    row[to + 2] = w00 * data[i + 2]! + w01 * data[i + 5]! + w10 * data[j + 2]! + w11 * data[j + 5]!;
  }
}

/** The pair of end offsets whose straight connection collects the most response: a Hough transform of one side. */
function bestEnds(responses: Responses): [number, number] {
  const { offsets } = responses;
  const middle = (offsets - 1) / 2;
  let bestStart = middle;
  let bestEnd = middle;
  let most = 0; // where nothing answers, the side stays
  for (let start = 0; start < offsets; start++) {
    for (let end = 0; end < offsets; end++) {
      const collected = collect(responses, start, end);
      if (collected <= most) continue;
      most = collected;
      bestStart = start;
      bestEnd = end;
    }
  }
  return [bestStart, bestEnd];
}

/** With a mild pull to where the candidate was, worth a tenth of the response at the ends of the range. */
function collect({ values, offsets }: Responses, start: number, end: number): number {
  const middle = (offsets - 1) / 2;
  const slope = (end - start) / (samples - 1);
  let total = 0;
  for (let s = 0, k = start + 0.5; s < samples; s += 2, k += 2 * slope)
    total += values[s * offsets + (k | 0)]!;
  const away = Math.max(Math.abs(start - middle), Math.abs(end - middle));
  return total * (1 - (0.1 * away) / Math.max(1, middle));
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
