import type { Line } from './geometry.js';
import type { Gradients } from './gradients.js';

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

export interface LineOptions {
  /** Gradient (over two pixels) that counts as a full edge. */
  readonly fullGradient: number;
  readonly maxLines: number;
}

const angleBins = 180;
const angleStep = Math.PI / angleBins;
const offsetStep = 1.5;
/** How far off the gradient's direction may be from the line's normal, in bins of a degree. */
const angleSlack = 3;
/** Weakest gradient that votes, as a share of a full one: faint borders are found by their length. */
const weakest = 0.3;
/** Mean support of a line drawn anywhere through texture or text. */
const textureSupport = 0.25;

/**
 * Straight edges by a Hough transform in which every edge pixel votes with its saturated strength, and only for the
 * directions that its own gradient allows: a tenth of the votes of the classical one, and faint but long borders win
 * over short strong ones (after Ballard 1981 and the "advanced Hough" of Tropin et al. 2021). Lines are ranked twice,
 * for faint edges and for strong ones, and taken in turn: a card's short strong side must not drown in wood grain.
 */
export function findLines(gradients: Gradients, options: LineOptions): EdgeLine[] {
  if (Math.min(gradients.width, gradients.height) < 16) return [];
  const { fullGradient, maxLines } = options;
  const least = 0.02 * Math.max(gradients.width, gradients.height);
  const rankings = vote(gradients, fullGradient).map((space) =>
    spreadOverDirections(findPeaks(space, least), 1.6 * maxLines),
  );
  const found: EdgeLine[] = [];
  for (const peak of rankings.flat()) {
    const sharp = sharpen(gradients, peak, fullGradient);
    if (found.some((other) => isSame(sharp, other, gradients))) continue;
    const line = traceLine(gradients, sharp, fullGradient);
    if (line) found.push(line);
  }
  return takeInTurn(
    [[...found].sort((a, b) => b.covered - a.covered), [...found].sort((a, b) => b.strong - a.strong)].map(
      (sorted) => spreadOverDirections(sorted, maxLines),
    ),
    maxLines,
  );
}

/** A strong edge is one of so many times the strength that counts at all. */
const strongGain = 6;

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

interface VoteSpace {
  readonly votes: Float32Array;
  readonly offsetBins: number;
  /** Bins of opposite offsets add up to this. */
  readonly mirror: number;
  /** Offset of the first bin. */
  readonly lowest: number;
}

const cosines = Float64Array.from({ length: angleBins }, (_, bin) => Math.cos(bin * angleStep));
const sines = Float64Array.from({ length: angleBins }, (_, bin) => Math.sin(bin * angleStep));

/** Two spaces: one in which faint edges count, one for strong ones. */
function vote({ x: gx, y: gy, width, height }: Gradients, fullGradient: number): [VoteSpace, VoteSpace] {
  const reach = Math.hypot(width, height);
  const lowest = -reach;
  const offsetBins = Math.ceil((2 * reach) / offsetStep) + 2;
  const faint = new Float32Array(angleBins * offsetBins);
  const strong = new Float32Array(angleBins * offsetBins);
  const least = (weakest * fullGradient) ** 2;
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2, i = y * width + 2; x < width - 2; x++, i++) {
      const dx = gx[i]!;
      const dy = gy[i]!;
      const squared = dx * dx + dy * dy;
      if (squared < least || !isRidge(gx, gy, i, width, dx, dy, squared)) continue;
      const size = Math.sqrt(squared);
      const faintVote = size / (size + fullGradient);
      const strongVote = size / (size + strongGain * fullGradient);
      const middle = Math.round(Math.atan2(dy, dx) / angleStep) + angleBins;
      for (let slack = -angleSlack; slack <= angleSlack; slack++) {
        const bin = (middle + slack) % angleBins;
        const offset = (x * cosines[bin]! + y * sines[bin]! - lowest) / offsetStep;
        const cell = bin * offsetBins + (offset | 0);
        const share = offset - (offset | 0);
        faint[cell]! += faintVote * (1 - share);
        faint[cell + 1]! += faintVote * share;
        strong[cell]! += strongVote * (1 - share);
        strong[cell + 1]! += strongVote * share;
      }
    }
  }
  const rest = { offsetBins, mirror: Math.round((2 * reach) / offsetStep), lowest };
  return [
    { votes: faint, ...rest },
    { votes: strong, ...rest },
  ];
}

/** Is the gradient no weaker than at both neighbours across the edge? */
function isRidge(
  gx: Float32Array,
  gy: Float32Array,
  i: number,
  width: number,
  dx: number,
  dy: number,
  squared: number,
): boolean {
  const ax = Math.abs(dx);
  const ay = Math.abs(dy);
  const horizontal = ay > 2.414 * ax ? 0 : dx > 0 ? 1 : -1;
  const vertical = ax > 2.414 * ay ? 0 : dy > 0 ? width : -width;
  const ahead = i + horizontal + vertical;
  const behind = i - horizontal - vertical;
  return (
    gx[ahead]! * gx[ahead]! + gy[ahead]! * gy[ahead]! <= squared &&
    gx[behind]! * gx[behind]! + gy[behind]! * gy[behind]! < squared
  );
}

interface Peak {
  readonly angle: number;
  readonly offset: number;
  readonly strength: number;
}

function findPeaks(space: VoteSpace, least: number): Peak[] {
  const { votes, offsetBins, lowest } = space;
  const peaks: Peak[] = [];
  for (let bin = 0; bin < angleBins; bin++) {
    for (let cell = 2; cell < offsetBins - 2; cell++) {
      const strength = votes[bin * offsetBins + cell]!;
      if (strength < least || !isPeak(space, bin, cell, strength)) continue;
      peaks.push({ angle: bin * angleStep, offset: lowest + cell * offsetStep, strength });
    }
  }
  return peaks.sort((a, b) => b.strength - a.strength);
}

function isPeak(
  { votes, offsetBins, mirror }: VoteSpace,
  bin: number,
  cell: number,
  strength: number,
): boolean {
  for (let da = -2; da <= 2; da++) {
    const other = bin + da;
    const flipped = other < 0 || other >= angleBins; // half a turn on, offsets change their sign
    const row = ((other + angleBins) % angleBins) * offsetBins;
    for (let d = -2; d <= 2; d++) {
      if (da === 0 && d === 0) continue;
      const at = flipped ? mirror - (cell + d) : cell + d;
      if (at < 0 || at >= offsetBins) continue;
      const neighbour = votes[row + at]!;
      if (neighbour > strength || (neighbour === strength && (da > 0 || (da === 0 && d > 0)))) return false;
    }
  }
  return true;
}

/** Refits a peak to the edge pixels near it, twice. */
function sharpen(gradients: Gradients, peak: Peak, fullGradient: number): Line {
  let line: Line = { nx: Math.cos(peak.angle), ny: Math.sin(peak.angle), offset: peak.offset };
  for (const band of [3, 2]) line = refit(gradients, line, band, fullGradient);
  return line;
}

function refit(gradients: Gradients, line: Line, band: number, fullGradient: number): Line {
  const { nx, ny, offset } = line;
  const [first, last] = clipToFrame(line, gradients.width, gradients.height);
  let [sw, st, stt, sd, std] = [0, 0, 0, 0, 0];
  for (let t = first; t <= last; t += 4) {
    const x = nx * offset - ny * t;
    const y = ny * offset + nx * t;
    for (let d = -band; d <= band; d++) {
      const gradient = gradientAcross(gradients, x + nx * d, y + ny * d, nx, ny);
      const weight = (gradient / (gradient + fullGradient)) ** 2;
      sw += weight;
      st += weight * t;
      stt += weight * t * t;
      sd += weight * d;
      std += weight * d * t;
    }
  }
  const determinant = sw * stt - st * st;
  if (!(determinant > 1e-3 * sw * sw) || sw === 0) return line;
  const slope = (sw * std - st * sd) / determinant;
  const shift = (sd - slope * st) / sw;
  if (Math.abs(slope) > 0.05) return line;
  // direction (−ny, nx) turned by the slope, through the point shifted along the normal at t = 0
  const norm = Math.hypot(1, slope);
  const turnedX = (nx + slope * ny) / norm;
  const turnedY = (ny - slope * nx) / norm;
  const x = nx * (offset + shift);
  const y = ny * (offset + shift);
  return { nx: turnedX, ny: turnedY, offset: turnedX * x + turnedY * y };
}

/** Gradient along the normal at a pixel; nothing where it points elsewhere (more than 30° off). */
function gradientAcross(gradients: Gradients, x: number, y: number, nx: number, ny: number): number {
  const px = Math.round(x);
  const py = Math.round(y);
  if (px < 0 || py < 0 || px >= gradients.width || py >= gradients.height) return 0;
  const i = py * gradients.width + px;
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

/** Measures the edge support along a line; `null` where little of it lies in the frame. */
function traceLine(gradients: Gradients, line: Line, fullGradient: number): EdgeLine | null {
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
  const first = Math.min(cells, Math.max(0, Math.round(from - line.start)));
  const last = Math.min(cells, Math.max(0, Math.round(to - line.start)));
  const seen = last - first;
  return (
    (line.sums[last]! - line.sums[first]! + neutral * Math.max(0, length - seen)) / Math.max(length, seen)
  );
}

/** The same edge: within two pixels of each other at both ends of the frame. */
function isSame(a: Line, b: Line, { width, height }: Gradients): boolean {
  const cosine = a.nx * b.nx + a.ny * b.ny;
  if (Math.abs(cosine) < 0.995) return false;
  const [first, last] = clipToFrame(a, width, height);
  return [first, last].every((t) => {
    const x = a.nx * a.offset - a.ny * t;
    const y = a.ny * a.offset + a.nx * t;
    return Math.abs(b.nx * x + b.ny * y - b.offset) < 2.5;
  });
}
