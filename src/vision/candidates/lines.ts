import { type EdgeLine, supportBetween } from '../edge-line.js';
import { intersect, isConvexClockwise, signedArea } from '../geometry.js';
import type { Point, Quad } from '../types.js';

export interface AssemblyOptions {
  readonly width: number;
  readonly height: number;
  readonly maxQuads: number;
}

/** Opposite sides of a card in perspective converge by no more than this, in radians. */
const maxConvergence = 0.6;
/** Neighbouring sides meet at no less than this. */
const minMeeting = 0.87;
const neutral = 0.45;
/** A side with less support than this is no side. */
const minSupport = 0.2;
/** And all four together need this much, worst sides weighing most. */
const minCombined = 0.27;
/** What an edge that runs on past one end of a side costs. */
const continuationCost = 0.09;

/** Where the lines meet: positions along each of the two, in pixels. */
interface Crossings {
  /** `at[i * count + k]`: position along line i of its meeting with line k, NaN where there is none nearby. */
  readonly at: Float64Array;
  readonly count: number;
}

/** Four lines that may be the sides of a card: i and j opposite each other, k and l across. */
interface Assembled {
  readonly sides: readonly [i: number, j: number, k: number, l: number];
  readonly score: number;
}

/**
 * Joins lines to quads: pairs of roughly parallel lines, crossed by other such pairs. Support along a side is read
 * off the running sums, so that a quad costs about fifty operations; sides that a finger or the frame's edge hides
 * in part are still lines. The best `maxQuads` without near duplicates, clockwise.
 */
export function proposeFromLines(lines: readonly EdgeLine[], options: AssemblyOptions): Quad[] {
  const crossings = crossAll(lines, options);
  const found = new Best(8 * options.maxQuads);
  for (let i = 0; i < lines.length; i++) {
    for (let j = i + 1; j < lines.length; j++) {
      if (turnBetween(lines[i]!, lines[j]!) > maxConvergence) continue;
      const across = crossingSides(lines, crossings, i, j, options);
      joinPairs(lines, crossings, i, j, across, found, options);
    }
  }
  return withoutDuplicates(lines, crossings, found.sorted(), options);
}

/** Keeps the best few of very many, without sorting all of them. */
class Best {
  #items: Assembled[] = [];
  /** What scores no more than this has no chance any more. */
  floor = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(item: Assembled): void {
    this.#items.push(item);
    if (this.#items.length < 2 * this.#most) return;
    this.#items = this.sorted();
    this.floor = this.#items[this.#items.length - 1]!.score;
  }

  sorted(): Assembled[] {
    return this.#items.sort((a, b) => b.score - a.score).slice(0, this.#most);
  }
}

/** Angle between two undirected lines, 0 to π/2. */
function turnBetween(a: EdgeLine, b: EdgeLine): number {
  const difference = Math.abs(a.angle - b.angle);
  return Math.min(difference, Math.PI - difference);
}

function crossAll(lines: readonly EdgeLine[], { width, height }: AssemblyOptions): Crossings {
  const count = lines.length;
  const at = new Float64Array(count * count).fill(Number.NaN);
  const slack = 0.08 * Math.max(width, height);
  for (let i = 0; i < count; i++) {
    for (let k = i + 1; k < count; k++) {
      const a = lines[i]!;
      const b = lines[k]!;
      if (turnBetween(a, b) < minMeeting) continue;
      const point = intersect(a, b);
      if (!point) continue;
      const [x, y] = point;
      if (x < -slack || y < -slack || x > width + slack || y > height + slack) continue;
      at[i * count + k] = a.nx * y - a.ny * x;
      at[k * count + i] = b.nx * y - b.ny * x;
    }
  }
  return { at, count };
}

interface CrossingSide {
  readonly line: number;
  readonly support: number;
  readonly length: number;
  /** How far its edge runs on past both ends, 0 to 2. */
  readonly beyond: number;
}

/** The lines that could be a third side between lines i and j. */
function crossingSides(
  lines: readonly EdgeLine[],
  { at, count }: Crossings,
  i: number,
  j: number,
  { width, height }: AssemblyOptions,
): CrossingSide[] {
  const shortest = 0.07 * Math.max(width, height);
  const sides: CrossingSide[] = [];
  for (let k = 0; k < count; k++) {
    const a = at[k * count + i]!;
    const b = at[k * count + j]!;
    if (!(Math.abs(a - b) >= shortest)) continue;
    const support = supportBetween(lines[k]!, Math.min(a, b), Math.max(a, b), neutral);
    if (support < minSupport) continue;
    sides.push({ line: k, support, length: Math.abs(a - b), beyond: continuation(lines[k]!, a, b) });
  }
  return sides;
}

function joinPairs(
  lines: readonly EdgeLine[],
  { at, count }: Crossings,
  i: number,
  j: number,
  across: readonly CrossingSide[],
  found: Best,
  { width, height }: AssemblyOptions,
): void {
  const shortest = 0.07 * Math.max(width, height);
  const [a, b] = [lines[i]!, lines[j]!];
  for (let p = 0; p < across.length; p++) {
    const k = across[p]!.line;
    if (k < i) continue; // the same quad is met again with both pairs swapped
    const [ik, jk] = [at[i * count + k]!, at[j * count + k]!];
    for (let q = p + 1; q < across.length; q++) {
      const l = across[q]!.line;
      if (l < i) continue;
      const [il, jl] = [at[i * count + l]!, at[j * count + l]!];
      const lengthI = Math.abs(ik - il);
      const lengthJ = Math.abs(jk - jl);
      if (lengthI < shortest || lengthJ < shortest || turnBetween(lines[k]!, lines[l]!) > maxConvergence)
        continue;
      const supportI = supportBetween(a, Math.min(ik, il), Math.max(ik, il), neutral);
      if (supportI < minSupport) continue;
      const supportJ = supportBetween(b, Math.min(jk, jl), Math.max(jk, jl), neutral);
      const support = combineSupport(supportI, supportJ, across[p]!.support, across[q]!.support);
      if (support < minCombined) continue;
      const size =
        Math.sqrt((lengthI + lengthJ) * (across[p]!.length + across[q]!.length)) / (2 * width + 2 * height);
      const promise = support + 0.3 * size;
      const beyondAcross = across[p]!.beyond + across[q]!.beyond;
      if (promise - continuationCost * beyondAcross <= found.floor) continue;
      const beyond = beyondAcross + continuation(a, ik, il) + continuation(b, jk, jl);
      const score = promise - continuationCost * beyond;
      if (score > found.floor) found.add({ sides: [i, j, k, l], score });
    }
  }
}

/** A quad is about as good as its worst sides. */
function combineSupport(a: number, b: number, c: number, d: number): number {
  const sum = a + b + c + d;
  const least = Math.min(a, b, c, d);
  const most = Math.max(a, b, c, d);
  const secondLeast = Math.min(Math.max(a, b), Math.max(c, d), Math.max(Math.min(a, b), Math.min(c, d)));
  return 0.17 * sum + 0.18 * least + 0.13 * secondLeast - 0.02 * most;
}

/** How much edge there is right behind both ends of a side: 0 to 1. */
function continuation(line: EdgeLine, a: number, b: number): number {
  const from = Math.min(a, b);
  const to = Math.max(a, b);
  const reach = Math.max(10, 0.15 * (to - from));
  return (
    (supportBetween(line, from - reach, from - 4, 0.15) + supportBetween(line, to + 4, to + reach, 0.15)) / 2
  );
}

function pointAt({ nx, ny, offset }: EdgeLine, position: number): Point {
  return [nx * offset - ny * position, ny * offset + nx * position];
}

function clockwise(quad: Quad): Quad {
  return signedArea(quad) >= 0 ? quad : ([...quad].reverse() as unknown as Quad);
}

function withoutDuplicates(
  lines: readonly EdgeLine[],
  { at, count }: Crossings,
  sorted: readonly Assembled[],
  { width, height, maxQuads }: AssemblyOptions,
): Quad[] {
  const least = 0.012 * Math.max(width, height);
  const kept: Quad[] = [];
  for (const { sides } of sorted) {
    if (kept.length >= maxQuads) break;
    const [i, j, k, l] = sides;
    const corner = (line: number, across: number): Point => pointAt(lines[line]!, at[line * count + across]!);
    const quad = clockwise([corner(i, k), corner(i, l), corner(j, l), corner(j, k)]);
    if (isConvexClockwise(quad) && kept.every((other) => !isNear(quad, other, least))) kept.push(quad);
  }
  return kept;
}

/** Every corner of one lies near some corner of the other. */
function isNear(a: Quad, b: Quad, least: number): boolean {
  return a.every(([x, y]) => b.some(([u, v]) => Math.abs(x - u) < least && Math.abs(y - v) < least));
}
