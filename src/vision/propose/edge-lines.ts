import { LineFit } from '../geometry/line-fit.js';
import type { Line } from '../geometry/plane.js';
import { clipToFrame, type EdgeLine, gradientAcross, traceLine } from './edge-line.js';
import type { Gradients } from './gradients.js';
import { findPeaks, type Peak, vote } from './hough.js';

export interface LineOptions {
  /** Gradient (over two pixels) that counts as a full edge. */
  readonly fullGradient: number;
  readonly maxLines: number;
}

/** Peaks are taken for so many lines as wanted: some turn out to be the same edge. */
const spare = 1.6;
/** Two lines this close at both ends of the frame are one edge, in pixels. */
const sameEdge = 2.5;
/** And a peak this close to a line found before would become that line. */
const samePeak = 1.5;

/**
 * Straight edges, ranked twice, by faint edges and by strong ones, and taken in turn: a card's short strong side must
 * not drown in wood grain.
 */
export function findLines(gradients: Gradients, options: LineOptions): EdgeLine[] {
  if (Math.min(gradients.width, gradients.height) < 16) return [];
  const { fullGradient, maxLines } = options;
  const space = vote(gradients, fullGradient);
  const least = 0.02 * Math.max(gradients.width, gradients.height);
  const found: EdgeLine[] = [];
  for (const kind of ['faint', 'strong'] as const) {
    for (const peak of spreadOverDirections(findPeaks(space, kind, least), spare * maxLines)) {
      const line = lineAt(gradients, peak, found, fullGradient);
      if (line) found.push(line);
    }
  }
  const rankings = [
    [...found].sort((a, b) => b.covered - a.covered),
    [...found].sort((a, b) => b.strong - a.strong),
  ];
  return takeInTurn(
    rankings.map((ranking) => spreadOverDirections(ranking, maxLines)),
    maxLines,
  );
}

/** The line of a peak, or `null` where it is none or one that was found before. */
function lineAt(
  gradients: Gradients,
  peak: Peak,
  found: readonly Line[],
  fullGradient: number,
): EdgeLine | null {
  const rough = { nx: Math.cos(peak.angle), ny: Math.sin(peak.angle), offset: peak.offset };
  if (found.some((other) => isSame(rough, other, samePeak, gradients))) return null;
  const sharp = sharpen(gradients, rough, fullGradient);
  if (found.some((other) => isSame(sharp, other, sameEdge, gradients))) return null;
  return traceLine(gradients, sharp, fullGradient);
}

function takeInTurn<T>(rankings: readonly (readonly T[])[], most: number): T[] {
  const taken = new Set<T>();
  for (let place = 0; place < most && taken.size < most; place++) {
    for (const ranking of rankings) {
      const item = ranking[place];
      if (item !== undefined) taken.add(item);
    }
  }
  return [...taken].slice(0, most);
}

/** Takes the best first, but only so many of one direction: wood grain and text must not crowd out the rest. */
function spreadOverDirections<T extends { readonly angle: number }>(sorted: readonly T[], most: number): T[] {
  const sectors = 18;
  const mostInSector = Math.ceil(most / 5);
  const taken = new Array<number>(sectors).fill(0);
  const kept: T[] = [];
  for (const item of sorted) {
    const sector = Math.min(sectors - 1, Math.floor((item.angle / Math.PI) * sectors));
    if (kept.length >= most) break;
    if (taken[sector]! >= mostInSector) continue;
    taken[sector]!++;
    kept.push(item);
  }
  return kept;
}

/** Refits a line to the edge pixels near it, twice. */
function sharpen(gradients: Gradients, rough: Line, fullGradient: number): Line {
  let line = rough;
  for (const band of [3, 2]) line = refit(gradients, line, band, fullGradient);
  return line;
}

function refit(gradients: Gradients, line: Line, band: number, fullGradient: number): Line {
  const { nx, ny, offset } = line;
  const [first, last] = clipToFrame(line, gradients.width, gradients.height);
  const fit = new LineFit();
  for (let t = first; t <= last; t += 4) {
    const x = nx * offset - ny * t;
    const y = ny * offset + nx * t;
    for (let d = -band; d <= band; d++) {
      const gradient = gradientAcross(gradients, x + nx * d, y + ny * d, nx, ny);
      if (gradient > 0) fit.add(t, d, (gradient / (gradient + fullGradient)) ** 2);
    }
  }
  const solution = fit.solve();
  if (!solution || Math.abs(solution.slope) > 0.05) return line;
  return turned(line, solution);
}

/** With its direction (−ny, nx) turned by a slope, through the point `start` pixels along its normal. */
function turned({ nx, ny, offset }: Line, { start, slope }: { start: number; slope: number }): Line {
  const norm = Math.hypot(1, slope);
  const turnedX = (nx + slope * ny) / norm;
  const turnedY = (ny - slope * nx) / norm;
  return { nx: turnedX, ny: turnedY, offset: (turnedX * nx + turnedY * ny) * (offset + start) };
}

/** Within so many pixels of each other at both ends of the frame. */
function isSame(a: Line, b: Line, within: number, { width, height }: Gradients): boolean {
  const cosine = a.nx * b.nx + a.ny * b.ny;
  if (Math.abs(cosine) < 0.995) return false;
  const [first, last] = clipToFrame(a, width, height);
  for (const t of [first, last]) {
    const x = a.nx * a.offset - a.ny * t;
    const y = a.ny * a.offset + a.nx * t;
    if (Math.abs(b.nx * x + b.ny * y - b.offset) >= within) return false;
  }
  return true;
}
