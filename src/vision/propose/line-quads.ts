import { clockwise, isConvexClockwise, secondLeast } from '../geometry/plane.js';
import type { Point, Quad } from '../types.js';
import { unseenEdge, type ViewQuad } from '../view/search-view.js';
import { BestQuads } from './best-quads.js';
import { type Crossings, crossAll, turn, turnBetween } from './crossings.js';
import { type EdgeLine, supportBetween } from './edge-line.js';

export interface AssemblyOptions {
  readonly width: number;
  readonly height: number;
  readonly maxQuads: number;
}

/** Opposite sides of a card in perspective converge by no more than this, in radians. */
const maxConvergence = 0.6;
/** A side with less support than this is no side. */
const minSupport = 0.2;
/** And all four together need this much, worst sides weighing most. */
const minCombined = 0.27;
/** What an edge that runs on past one end of a side costs. */
const runOnCost = 0.09;
/** Shortest side, as a share of the frame's long side. */
const minSide = 0.07;
/** Quads whose corners are all this near those of a better one are left out; a share of the frame's long side. */
const nearCorner = 0.012;
/** So many times the wanted number are kept until near duplicates are left out. */
const spare = 8;

/**
 * Joins lines to quads: pairs of roughly parallel lines, crossed by other such pairs. Support along a side is read
 * off the running sums, so that a quad costs about fifty operations; sides that a finger or the frame's edge hides
 * in part are still lines. The best `maxQuads` without near duplicates, clockwise.
 */
export function proposeFromLines(lines: readonly EdgeLine[], options: AssemblyOptions): ViewQuad[] {
  const { width, height, maxQuads } = options;
  const crossings = crossAll(lines, width, height);
  const shortest = minSide * Math.max(width, height);
  const found = new BestQuads(spare * maxQuads);
  const across = new CrossingSides(lines.length);
  for (let i = 0; i < lines.length; i++) {
    for (let j = i + 1; j < lines.length; j++) {
      if (turnBetween(lines[i]!, lines[j]!) > maxConvergence) continue;
      across.collect(lines, crossings, i, j, shortest);
      joinPairs(lines, i, j, across, found, options);
    }
  }
  return withoutDuplicates(lines, crossings, found, options);
}

/** The lines that could be a third side between two others; filled anew for each pair. */
class CrossingSides {
  count = 0;
  readonly line: Int32Array;
  readonly angle: Float64Array;
  /** Where it meets either of the two, as positions along those. */
  readonly onI: Float64Array;
  readonly onJ: Float64Array;
  readonly support: Float64Array;
  readonly length: Float64Array;
  /** How far the edge runs on past both ends, 0 to 1. */
  readonly beyond: Float64Array;

  constructor(most: number) {
    this.line = new Int32Array(most);
    this.angle = new Float64Array(most);
    this.onI = new Float64Array(most);
    this.onJ = new Float64Array(most);
    this.support = new Float64Array(most);
    this.length = new Float64Array(most);
    this.beyond = new Float64Array(most);
  }

  /** Only lines after i: the same quad is met again with both pairs swapped. */
  collect(
    lines: readonly EdgeLine[],
    { at, count }: Crossings,
    i: number,
    j: number,
    shortest: number,
  ): void {
    this.count = 0;
    for (let k = i + 1; k < count; k++) {
      const a = at[k * count + i]!;
      const b = at[k * count + j]!;
      if (!(Math.abs(a - b) >= shortest)) continue;
      const support = supportBetween(lines[k]!, Math.min(a, b), Math.max(a, b), unseenEdge);
      if (support < minSupport) continue;
      this.line[this.count] = k;
      this.angle[this.count] = lines[k]!.angle;
      this.onI[this.count] = at[i * count + k]!;
      this.onJ[this.count] = at[j * count + k]!;
      this.support[this.count] = support;
      this.length[this.count] = Math.abs(a - b);
      this.beyond[this.count] = runOn(lines[k]!, a, b);
      this.count++;
    }
  }
}

function joinPairs(
  lines: readonly EdgeLine[],
  i: number,
  j: number,
  across: CrossingSides,
  found: BestQuads,
  { width, height }: AssemblyOptions,
): void {
  const shortest = minSide * Math.max(width, height);
  const a = lines[i]!;
  const b = lines[j]!;
  const { count, line, angle, onI, onJ, support, length, beyond } = across;
  for (let p = 0; p < count; p++) {
    const ik = onI[p]!;
    const jk = onJ[p]!;
    for (let q = p + 1; q < count; q++) {
      const il = onI[q]!;
      const jl = onJ[q]!;
      const lengthI = Math.abs(ik - il);
      const lengthJ = Math.abs(jk - jl);
      if (lengthI < shortest || lengthJ < shortest) continue;
      if (turn(angle[p]!, angle[q]!) > maxConvergence) continue;
      const size = Math.sqrt((lengthI + lengthJ) * (length[p]! + length[q]!)) / (2 * width + 2 * height);
      const besides = 0.3 * size - runOnCost * (beyond[p]! + beyond[q]!);
      if (mostCombined(support[p]!, support[q]!) + besides <= found.floor) continue;
      const supportI = supportBetween(a, Math.min(ik, il), Math.max(ik, il), unseenEdge);
      if (supportI < minSupport) continue;
      const supportJ = supportBetween(b, Math.min(jk, jl), Math.max(jk, jl), unseenEdge);
      const combined = combineSupport(supportI, supportJ, support[p]!, support[q]!);
      if (combined < minCombined) continue;
      const promise = combined + besides;
      if (promise <= found.floor) continue;
      const score = promise - runOnCost * (runOn(a, ik, il) + runOn(b, jk, jl));
      if (score > found.floor) found.add(i, j, line[p]!, line[q]!, score);
    }
  }
}

/** A quad is about as good as its worst sides. */
function combineSupport(a: number, b: number, c: number, d: number): number {
  const sum = a + b + c + d;
  const least = Math.min(a, b, c, d);
  const most = Math.max(a, b, c, d);
  return 0.17 * sum + 0.18 * least + 0.13 * secondLeast(a, b, c, d) - 0.02 * most;
}

/** The same with two perfect sides: most quads have no chance even so. */
function mostCombined(c: number, d: number): number {
  return 0.32 + 0.17 * (c + d) + (c < d ? 0.18 * c + 0.13 * d : 0.13 * c + 0.18 * d);
}

/** How much edge there is right behind both ends of a side: 0 to 1. */
function runOn(line: EdgeLine, a: number, b: number): number {
  const from = Math.min(a, b);
  const to = Math.max(a, b);
  const reach = Math.max(10, 0.15 * (to - from));
  return (
    (supportBetween(line, from - reach, from - 4, 0.15) + supportBetween(line, to + 4, to + reach, 0.15)) / 2
  );
}

function withoutDuplicates(
  lines: readonly EdgeLine[],
  { at, count }: Crossings,
  found: BestQuads,
  { width, height, maxQuads }: AssemblyOptions,
): ViewQuad[] {
  const within = nearCorner * Math.max(width, height);
  const kept: ViewQuad[] = [];
  for (const [i, j, k, l] of found.sorted()) {
    if (kept.length >= maxQuads) break;
    const corner = (line: number, other: number): Point => pointAt(lines[line]!, at[line * count + other]!);
    const quad = clockwise([corner(i, k), corner(i, l), corner(j, l), corner(j, k)]) as ViewQuad;
    if (isConvexClockwise(quad) && !kept.some((other) => isNear(quad, other, within))) kept.push(quad);
  }
  return kept;
}

function pointAt({ nx, ny, offset }: EdgeLine, position: number): Point {
  return [nx * offset - ny * position, ny * offset + nx * position];
}

/** Every corner of one lies near some corner of the other. */
function isNear(a: Quad, b: Quad, within: number): boolean {
  for (let corner = 0; corner < 4; corner++) if (!hasCornerNear(b, a[corner]!, within)) return false;
  return true;
}

function hasCornerNear(quad: Quad, corner: Point, within: number): boolean {
  for (let other = 0; other < 4; other++) {
    const point = quad[other]!;
    if (Math.abs(corner[0] - point[0]) < within && Math.abs(corner[1] - point[1]) < within) return true;
  }
  return false;
}
