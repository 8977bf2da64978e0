import { cardFormats, recoverShape } from './card-formats.js';
import { distance, signedArea } from './geometry.js';
import type { OpponentImage } from './opponent.js';
import type { Point, Quad } from './types.js';

/** A blurred picture and how strong a step has to be to stand out in it. */
export interface Evidence {
  readonly image: OpponentImage;
  /** Median colour step over four pixels. */
  readonly noise: number;
  /** A step of this size counts as a full edge. */
  readonly edgeStep: number;
}

/** What is measured of one quad. The order is the scorer's: it was trained on these columns. */
export const featureNames = [
  ...[
    'edge',
    'strongEdge',
    'coherence',
    'contrast',
    'dominance',
    'innerRest',
    'outerRest',
    'cornerEdge',
  ].flatMap((name) => [`${name}Mean`, `${name}Worst`, `${name}Second`]),
  ...['continuationMean', 'continuationWorst', 'continuationSecond'],
  ...['outerParallelMean', 'outerParallelSecond', 'outerParallelLeast'],
  ...['innerParallelMean', 'innerParallelSecond', 'innerParallelLeast'],
  ...['innerSpread', 'outerSpread', 'ringContrast', 'ringContrastLeast', 'interiorRest', 'insideOutside'],
  ...['id1Misfit', 'id2Misfit', 'aspect', 'skew', 'opposite', 'angle'],
  ...['area', 'shortSide', 'outOfFrame', 'sidesOutOfFrame', 'offCentre', 'noise', 'frameAspect'],
  ...['quarterEdgeMean', 'quarterEdgeWorst', 'quarterEdgeSecond'],
] as const;

const near = 10; // offsets −10 … 10 pixels across a side
const taps = 2 * near + 1;
const farTaps = 14;

/** Median step of a coarse grid; `edgeStep` keeps within what a faint and a strong edge look like (8-bit levels). */
export function gatherEvidence(image: OpponentImage): Evidence {
  const noise = medianStep(image);
  return { image, noise, edgeStep: Math.min(28, Math.max(3, 2.5 * noise)) };
}

function medianStep({ data, width, height }: OpponentImage): number {
  const reach = 4;
  const steps: number[] = [];
  const stride = Math.max(2, Math.round(Math.max(width, height) / 64));
  for (let y = 0; y + reach < height; y += stride) {
    for (let x = 0; x + reach < width; x += stride) {
      const i = (y * width + x) * 3;
      const j = i + 3 * ((x + y) % (2 * stride) < stride ? reach : reach * width);
      const d0 = data[j]! - data[i]!;
      const d1 = data[j + 1]! - data[i + 1]!;
      const d2 = data[j + 2]! - data[i + 2]!;
      steps.push(Math.sqrt(d0 * d0 + d1 * d1 + d2 * d2));
    }
  }
  return Float64Array.from(steps).sort()[steps.length >> 1] ?? 0;
}

interface SideEvidence {
  edge: number;
  /** The edge along the worst quarter of the side: a side that leaves the border halfway shows here. */
  quarterEdge: number;
  strongEdge: number;
  coherence: number;
  contrast: number;
  dominance: number;
  innerRest: number;
  outerRest: number;
  startEdge: number;
  endEdge: number;
  continuation: number;
  outerParallel: number;
  innerParallel: number;
  outside: number;
  inner: Colour;
  outer: Colour;
}

type Colour = [number, number, number];

// Scratch space: scoring is synchronous and runs once per candidate.
const profile = new Float64Array(taps * 3);
const meanProfile = new Float64Array(taps * 3);
const quarters = new Float64Array(8); // sums, then counts

/** The feature vector of a quad given in pixels of `evidence.image`; same order as `featureNames`. */
export function measureQuad(evidence: Evidence, quad: Quad): Float64Array {
  const sides = quad.map((corner, index) =>
    measureSide(evidence, corner, quad[(index + 1) % 4]!, shortestSide(quad)),
  );
  const features: number[] = [];
  const lowest = (pick: (side: SideEvidence) => number): void => summarise(features, sides.map(pick), 1);
  const highest = (pick: (side: SideEvidence) => number): void => summarise(features, sides.map(pick), -1);
  lowest((side) => side.edge);
  lowest((side) => side.strongEdge);
  lowest((side) => side.coherence);
  lowest((side) => Math.log1p(side.contrast));
  lowest((side) => side.dominance);
  highest((side) => Math.log1p(side.innerRest));
  highest((side) => Math.log1p(side.outerRest));
  summarise(
    features,
    sides.map((side, index) => Math.min(side.startEdge, sides[(index + 3) % 4]!.endEdge)),
    1,
  );
  highest((side) => side.continuation);
  parallels(
    features,
    sides.map((side) => side.outerParallel),
  );
  parallels(
    features,
    sides.map((side) => side.innerParallel),
  );
  pushRings(features, evidence, quad, sides);
  pushShape(features, evidence, quad);
  pushPlace(features, evidence, quad, sides);
  lowest((side) => side.quarterEdge);
  return Float64Array.from(features);
}

/** Mean, worst and second worst; `direction` 1 where small values are bad, −1 where large ones are. */
function summarise(features: number[], values: number[], direction: 1 | -1): void {
  const sorted = [...values].sort((a, b) => direction * (a - b));
  features.push((values[0]! + values[1]! + values[2]! + values[3]!) / 4, sorted[0]!, sorted[1]!);
}

function parallels(features: number[], values: number[]): void {
  const sorted = [...values].sort((a, b) => a - b);
  features.push((values[0]! + values[1]! + values[2]! + values[3]!) / 4, sorted[1]!, sorted[0]!);
}

function shortestSide(quad: Quad): number {
  return Math.min(...quad.map((corner, index) => distance(corner, quad[(index + 1) % 4]!)));
}

function measureSide(evidence: Evidence, from: Point, to: Point, shortSide: number): SideEvidence {
  const { image, edgeStep } = evidence;
  const { width, height } = image;
  const length = Math.max(1, distance(from, to));
  const tx = (to[0] - from[0]) / length;
  const ty = (to[1] - from[1]) / length;
  const nx = -ty; // inward
  const ny = tx;
  const count = Math.max(14, Math.min(32, Math.round(length / 6)));
  const margin = 0.06;
  const ends = Math.max(2, Math.round(count * 0.15));
  meanProfile.fill(0);
  quarters.fill(0);
  const sum = { edge: 0, strong: 0, start: 0, end: 0, startN: 0, endN: 0, vector: 0, seen: 0 };
  const inner: Colour = [0, 0, 0];
  const outer: Colour = [0, 0, 0];
  const innerSquares: Colour = [0, 0, 0];
  const outerSquares: Colour = [0, 0, 0];
  for (let s = 0; s < count; s++) {
    const along = (margin + ((1 - 2 * margin) * s) / (count - 1)) * length;
    const x = from[0] + tx * along;
    const y = from[1] + ty * along;
    if (!(x >= 2 && y >= 2 && x <= width - 3 && y <= height - 3)) continue;
    readProfile(image, x, y, nx, ny);
    const step = strongestStep(near - 1, near + 1);
    const share = Math.min(1, step / edgeStep);
    sum.seen++;
    sum.edge += share;
    const quarter = Math.floor((4 * s) / count);
    quarters[quarter]! += share;
    quarters[4 + quarter]!++;
    if (step > edgeStep) sum.strong++;
    if (s < ends) {
      sum.start += share;
      sum.startN++;
    }
    if (s >= count - ends) {
      sum.end += share;
      sum.endN++;
    }
    let squared = 0;
    for (let c = 0; c < 3; c++) {
      const inside =
        (profile[(near + 2) * 3 + c]! + profile[(near + 3) * 3 + c]! + profile[(near + 4) * 3 + c]!) / 3;
      const outside =
        (profile[(near - 2) * 3 + c]! + profile[(near - 3) * 3 + c]! + profile[(near - 4) * 3 + c]!) / 3;
      inner[c]! += inside;
      outer[c]! += outside;
      innerSquares[c]! += inside * inside;
      outerSquares[c]! += outside * outside;
      squared += (inside - outside) ** 2;
    }
    sum.vector += Math.sqrt(squared);
    for (let i = 0; i < profile.length; i++) meanProfile[i]! += profile[i]!;
  }
  const seen = sum.seen;
  const share = seen / count;
  if (seen < 3) return unseenSide(1 - share);
  for (let c = 0; c < 3; c++) {
    inner[c]! /= seen;
    outer[c]! /= seen;
  }
  for (let i = 0; i < profile.length; i++) meanProfile[i]! /= seen;
  const direction: Colour = [inner[0] - outer[0], inner[1] - outer[1], inner[2] - outer[2]];
  const contrast = Math.hypot(...direction);
  const centre = meanStep(near - 2, near + 2);
  const beside = Math.max(meanStep(2, near - 3), meanStep(near + 3, taps - 3));
  return {
    edge: neutral + (sum.edge / seen - neutral) * share,
    quarterEdge: neutral + (worstQuarter() - neutral) * share,
    strongEdge: neutral + (sum.strong / seen - neutral) * share,
    coherence: neutral + (contrast / Math.max(1e-6, sum.vector / seen) - neutral) * share,
    contrast,
    dominance: centre / Math.max(1e-6, centre + beside),
    innerRest: spread(inner, innerSquares, seen),
    outerRest: spread(outer, outerSquares, seen),
    startEdge: sum.startN > 0 ? sum.start / sum.startN : neutral,
    endEdge: sum.endN > 0 ? sum.end / sum.endN : neutral,
    continuation: continuation(evidence, from, to, [nx, ny], direction, contrast),
    outerParallel: parallelEdge(evidence, from, to, [-nx, -ny], shortSide),
    innerParallel: parallelEdge(evidence, from, to, [nx, ny], shortSide),
    outside: 1 - share,
    inner,
    outer,
  };
}

function worstQuarter(): number {
  let worst = 1;
  for (let quarter = 0; quarter < 4; quarter++) {
    const seen = quarters[4 + quarter]!;
    if (seen >= 2) worst = Math.min(worst, quarters[quarter]! / seen);
  }
  return worst;
}

/** What a side outside the frame counts for: neither evidence for the card nor against it. */
const neutral = 0.45;

function unseenSide(outside: number): SideEvidence {
  return {
    edge: neutral,
    quarterEdge: neutral,
    strongEdge: neutral,
    coherence: neutral,
    contrast: 10,
    dominance: neutral,
    innerRest: 5,
    outerRest: 5,
    startEdge: neutral,
    endEdge: neutral,
    continuation: 0.1,
    outerParallel: 0.1,
    innerParallel: 0.1,
    outside,
    inner: [Number.NaN, 0, 0],
    outer: [Number.NaN, 0, 0],
  };
}

function readProfile(
  { data, width, height }: OpponentImage,
  x: number,
  y: number,
  nx: number,
  ny: number,
): void {
  // 0.5 rounds, the truncation that follows needs positive numbers: positions are clamped first
  for (let k = 0, at = 0; k < taps; k++, at += 3) {
    const px = Math.min(width - 1, Math.max(0, x + nx * (k - near) + 0.5)) | 0;
    const py = Math.min(height - 1, Math.max(0, y + ny * (k - near) + 0.5)) | 0;
    const i = (py * width + px) * 3;
    profile[at] = data[i]!;
    profile[at + 1] = data[i + 1]!;
    profile[at + 2] = data[i + 2]!;
  }
}

function strongestStep(first: number, last: number): number {
  let strongest = 0;
  for (let k = first; k <= last; k++) {
    const a = (k + 2) * 3;
    const b = (k - 2) * 3;
    const d0 = profile[a]! - profile[b]!;
    const d1 = profile[a + 1]! - profile[b + 1]!;
    const d2 = profile[a + 2]! - profile[b + 2]!;
    const squared = d0 * d0 + d1 * d1 + d2 * d2;
    if (squared > strongest) strongest = squared;
  }
  return Math.sqrt(strongest);
}

/** Strongest step over two pixels of the side's mean profile. */
function meanStep(first: number, last: number): number {
  let strongest = 0;
  for (let k = first; k <= last; k++) {
    const a = (k + 1) * 3;
    const b = (k - 1) * 3;
    const d0 = meanProfile[a]! - meanProfile[b]!;
    const d1 = meanProfile[a + 1]! - meanProfile[b + 1]!;
    const d2 = meanProfile[a + 2]! - meanProfile[b + 2]!;
    const squared = d0 * d0 + d1 * d1 + d2 * d2;
    if (squared > strongest) strongest = squared;
  }
  return Math.sqrt(strongest);
}

function spread(mean: Colour, squares: Colour, count: number): number {
  let variance = 0;
  for (let c = 0; c < 3; c++) variance += Math.max(0, squares[c]! / count - mean[c]! * mean[c]!);
  return Math.sqrt(variance);
}

/**
 * How far the edge of a side runs on past its corners, with the same change of colour: 0 to 1, the worse of both
 * ends. A card's does not; a table's, a tile's or a ruled sheet's does.
 */
function continuation(
  { image, edgeStep }: Evidence,
  from: Point,
  to: Point,
  [nx, ny]: readonly [number, number],
  direction: Colour,
  contrast: number,
): number {
  const { data, width, height } = image;
  const length = Math.max(1, distance(from, to));
  const tx = (to[0] - from[0]) / length;
  const ty = (to[1] - from[1]) / length;
  const count = 8;
  const reach = Math.max(12, 0.2 * length);
  const full = Math.min(edgeStep, Math.max(3, 0.7 * contrast));
  let worst = 0;
  for (const end of [-1, 1]) {
    let total = 0;
    let seen = 0;
    for (let s = 0; s < count; s++) {
      const along = (end > 0 ? length : 0) + end * (4 + (reach * s) / count);
      const x = from[0] + tx * along;
      const y = from[1] + ty * along;
      if (!(x >= 3 && y >= 3 && x <= width - 4 && y <= height - 4)) continue;
      seen++;
      let best = 0;
      for (let shift = -1; shift <= 1; shift++) {
        const i = 3 * (((y + ny * (shift + 2) + 0.5) | 0) * width + ((x + nx * (shift + 2) + 0.5) | 0));
        const j = 3 * (((y + ny * (shift - 2) + 0.5) | 0) * width + ((x + nx * (shift - 2) + 0.5) | 0));
        let same = 0;
        for (let c = 0; c < 3; c++) same += (data[i + c]! - data[j + c]!) * direction[c]!;
        best = Math.max(best, same / Math.max(1e-6, contrast));
      }
      total += Math.min(1, best / full);
    }
    if (seen >= 3) worst = Math.max(worst, total / seen);
  }
  return worst;
}

const parallelSamples = 14;
const farProfile = new Float64Array(parallelSamples * (farTaps + 2) * 3);

/**
 * The strongest unbroken edge that runs parallel to a side within about an eighth of the card's short side, 0 to 1.
 * On the outside it suggests that this side is only a printed frame; on the inside, that it is the card's rim.
 */
function parallelEdge(
  { image, edgeStep }: Evidence,
  from: Point,
  to: Point,
  [nx, ny]: readonly [number, number],
  shortSide: number,
): number {
  const { data, width, height } = image;
  const spacing = Math.max(0.8, shortSide / 110);
  let rows = 0;
  for (let s = 0; s < parallelSamples; s++) {
    const t = 0.08 + (0.84 * s) / (parallelSamples - 1);
    const x = from[0] + (to[0] - from[0]) * t;
    const y = from[1] + (to[1] - from[1]) * t;
    const farX = x + nx * (3 + spacing * (farTaps + 2));
    const farY = y + ny * (3 + spacing * (farTaps + 2));
    if (!(x >= 1 && y >= 1 && x < width - 1 && y < height - 1)) continue;
    if (!(farX >= 0 && farY >= 0 && farX < width - 1 && farY < height - 1)) continue;
    for (let k = 0; k < farTaps + 2; k++) {
      const reach = 3 + spacing * k;
      const i = 3 * (((y + ny * reach + 0.5) | 0) * width + ((x + nx * reach + 0.5) | 0));
      const at = (rows * (farTaps + 2) + k) * 3;
      farProfile[at] = data[i]!;
      farProfile[at + 1] = data[i + 1]!;
      farProfile[at + 2] = data[i + 2]!;
    }
    rows++;
  }
  if (rows < 4) return 0.1;
  let strongest = 0;
  for (let k = 0; k < farTaps; k++) strongest = Math.max(strongest, columnEdge(rows, k, edgeStep));
  return strongest;
}

function columnEdge(rows: number, k: number, edgeStep: number): number {
  let total = 0;
  let v0 = 0;
  let v1 = 0;
  let v2 = 0;
  for (let row = 0; row < rows; row++) {
    const a = (row * (farTaps + 2) + k) * 3;
    const d0 = farProfile[a + 6]! - farProfile[a]!;
    const d1 = farProfile[a + 7]! - farProfile[a + 1]!;
    const d2 = farProfile[a + 8]! - farProfile[a + 2]!;
    const size = Math.sqrt(d0 * d0 + d1 * d1 + d2 * d2);
    total += Math.min(1, size / edgeStep);
    const weight = 1 / Math.max(size, edgeStep);
    v0 += d0 * weight;
    v1 += d1 * weight;
    v2 += d2 * weight;
  }
  const coherence = total > 0 ? Math.sqrt(v0 * v0 + v1 * v1 + v2 * v2) / total : 0;
  return (total / rows) * coherence;
}

/** Whether the four inner strips look like one material, the outer strips like one table, and the two differ. */
function pushRings(features: number[], evidence: Evidence, quad: Quad, sides: readonly SideEvidence[]): void {
  const seen = sides.filter((side) => !Number.isNaN(side.inner[0]));
  const inner = seen.map((side) => side.inner);
  const outer = seen.map((side) => side.outer);
  const between = seen.map((side) => colourDistance(side.inner, side.outer));
  const interior = sampleInterior(evidence.image, quad);
  const outerMean = meanColour(outer);
  features.push(
    Math.log1p(widest(inner)),
    Math.log1p(widest(outer)),
    Math.log1p(colourDistance(meanColour(inner), outerMean)),
    Math.log1p(between.length > 0 ? Math.min(...between) : 0),
    Math.log1p(interior.rest),
    Math.log1p(colourDistance(interior.mean, outerMean)),
  );
}

function colourDistance(a: Colour, b: Colour): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function meanColour(colours: readonly Colour[]): Colour {
  const count = Math.max(1, colours.length);
  const mean = (c: 0 | 1 | 2): number => colours.reduce((sum, colour) => sum + colour[c], 0) / count;
  return [mean(0), mean(1), mean(2)];
}

function widest(colours: readonly Colour[]): number {
  let most = 0;
  for (const a of colours) for (const b of colours) most = Math.max(most, colourDistance(a, b));
  return most;
}

function sampleInterior({ data, width, height }: OpponentImage, quad: Quad): { mean: Colour; rest: number } {
  const sum: Colour = [0, 0, 0];
  const squares: Colour = [0, 0, 0];
  let seen = 0;
  const cells = 7;
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const u = (column + 1) / (cells + 1);
      const v = (row + 1) / (cells + 1);
      const x = Math.round(bilinear(quad, u, v, 0));
      const y = Math.round(bilinear(quad, u, v, 1));
      if (!(x >= 0 && y >= 0 && x < width && y < height)) continue;
      seen++;
      for (let c = 0; c < 3; c++) {
        const value = data[(y * width + x) * 3 + c]!;
        sum[c]! += value;
        squares[c]! += value * value;
      }
    }
  }
  const count = Math.max(1, seen);
  const mean: Colour = [sum[0] / count, sum[1] / count, sum[2] / count];
  return { mean, rest: spread(mean, squares, count) };
}

function bilinear(quad: Quad, u: number, v: number, axis: 0 | 1): number {
  const top = quad[0][axis] + (quad[1][axis] - quad[0][axis]) * u;
  const bottom = quad[3][axis] + (quad[2][axis] - quad[3][axis]) * u;
  return top + (bottom - top) * v;
}

function pushShape(features: number[], { image }: Evidence, quad: Quad): void {
  const shape = recoverShape(quad, image.width, image.height);
  const lengths = quad.map((corner, index) => Math.max(1e-6, distance(corner, quad[(index + 1) % 4]!)));
  features.push(
    Math.abs(Math.log(shape.aspect / cardFormats.id1)),
    Math.abs(Math.log(shape.aspect / cardFormats.id2)),
    Math.min(4, shape.aspect),
    shape.skew,
    Math.max(Math.abs(Math.log(lengths[0]! / lengths[2]!)), Math.abs(Math.log(lengths[1]! / lengths[3]!))),
    Math.max(...quad.map((_, index) => Math.abs(cornerCosine(quad, index)))),
  );
}

/** Cosine of the angle at a corner: 0 where it is right. */
export function cornerCosine(quad: Quad, index: number): number {
  const corner = quad[index]!;
  const next = quad[(index + 1) % 4]!;
  const previous = quad[(index + 3) % 4]!;
  const [ax, ay] = [next[0] - corner[0], next[1] - corner[1]];
  const [bx, by] = [previous[0] - corner[0], previous[1] - corner[1]];
  return (ax * bx + ay * by) / Math.max(1e-9, Math.hypot(ax, ay) * Math.hypot(bx, by));
}

function pushPlace(features: number[], evidence: Evidence, quad: Quad, sides: readonly SideEvidence[]): void {
  const { width, height } = evidence.image;
  const centreX = (quad[0][0] + quad[1][0] + quad[2][0] + quad[3][0]) / 4;
  const centreY = (quad[0][1] + quad[1][1] + quad[2][1] + quad[3][1]) / 4;
  features.push(
    Math.sqrt(Math.abs(signedArea(quad)) / (width * height)),
    shortestSide(quad) / Math.max(width, height),
    sides.reduce((total, side) => total + side.outside, 0),
    sides.filter((side) => side.outside > 0.7).length,
    Math.hypot(centreX / width - 0.5, centreY / height - 0.5),
    Math.log1p(evidence.noise),
    Math.max(width, height) / Math.min(width, height),
  );
}
