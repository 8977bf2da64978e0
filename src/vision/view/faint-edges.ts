import { distance } from '../geometry/plane.js';
import type { Point } from '../types.js';
import type { OpponentImage } from './opponent-image.js';

/** An edge beside a side, outside of the quad; distances from the side in pixels of the view. */
export interface FaintEdge {
  /** Where the side begins. */
  readonly atStart: number;
  readonly atEnd: number;
  /** The step of the mean colours across it, over what such steps are where there is no edge. */
  readonly strength: number;
}

/** How closely is looked. */
export interface FaintEdgeOptions {
  /** Points along the side. */
  readonly samples: number;
  /** How much farther out one end may lie than the other, as shares of the reach. */
  readonly tilts: readonly number[];
}

const thorough: FaintEdgeOptions = { samples: 64, tilts: [-0.2, -0.1, 0, 0.1, 0.2] };
/** Share of a side left out at each end: rounded corners. */
const margin = 0.08;
/** How far out is looked, as shares of the quad's extent across the side; at least `leastReach` pixels. */
const reachShare = 0.13;
const leastReach = 10;
const mostReach = 48;
/** The nearest, in pixels: nearer, the side's own edge answers. */
const nearest = 3;
/** In units of the median step. */
const leastStrength = 2.5;
/** In levels: below, it is rounding. */
const leastNoise = 0.15;
/** Pixels between two edges that count as two. */
const apart = 3;

/** Strongest first. Colours are averaged along the whole side, so that an edge of a level or two shows in the noise of the picture. */
export function faintEdgesBeside(
  image: OpponentImage,
  from: Point,
  to: Point,
  depth: number,
  { samples, tilts } = thorough,
): FaintEdge[] {
  const reach = Math.ceil(Math.min(mostReach, Math.max(leastReach, reachShare * depth)));
  const length = Math.max(1e-6, distance(from, to));
  const normal: Point = [(to[1] - from[1]) / length, -(to[0] - from[0]) / length];
  const found: FaintEdge[] = [];
  for (const tilt of tilts) {
    const lean = tilt * reach;
    // neither end may come near the side's own edge
    const first = nearest + Math.abs(lean) / 2;
    const steps = stepsAcross(image, from, to, normal, { first, reach, lean, samples });
    const noise = Math.max(leastNoise, median(steps));
    for (let k = 1; k < steps.length; k++) {
      const strength = steps[k]! / noise;
      if (strength < leastStrength || strength * noise < 3 * leastNoise) continue;
      if (steps[k]! < steps[k - 1]! || steps[k]! < (steps[k + 1] ?? 0)) continue;
      const middle = first + k;
      found.push({ atStart: middle - lean / 2, atEnd: middle + lean / 2, strength });
    }
  }
  return strongestApart(found);
}

function strongestApart(found: FaintEdge[]): FaintEdge[] {
  const kept: FaintEdge[] = [];
  for (const edge of found.sort((a, b) => b.strength - a.strength)) {
    const middle = edge.atStart + edge.atEnd;
    if (kept.every((other) => Math.abs(other.atStart + other.atEnd - middle) >= 2 * apart)) kept.push(edge);
  }
  return kept;
}

interface Across {
  /** The least distance, in pixels. */
  readonly first: number;
  readonly reach: number;
  readonly lean: number;
  readonly samples: number;
}

/** The step of the mean colours, over four pixels, at each distance from `first` on; shorter where the frame ends. */
function stepsAcross(
  image: OpponentImage,
  from: Point,
  to: Point,
  [nx, ny]: Point,
  { first, reach, lean, samples }: Across,
): Float64Array {
  const taps = reach + 5;
  const sums = new Float64Array(3 * taps);
  const counts = new Float64Array(taps);
  const { data, width, height } = image;
  for (let sample = 0; sample < samples; sample++) {
    const share = margin + ((1 - 2 * margin) * sample) / (samples - 1);
    const start = first - 2 + lean * (share - 0.5);
    let x = from[0] + (to[0] - from[0]) * share + nx * start + 0.5;
    let y = from[1] + (to[1] - from[1]) * share + ny * start + 0.5;
    for (let k = 0; k < taps; k++, x += nx, y += ny) {
      if (!(x >= 0 && y >= 0 && x < width && y < height)) break;
      const i = image.at(x | 0, y | 0);
      sums[3 * k]! += data[i]!;
      sums[3 * k + 1]! += data[i + 1]!;
      sums[3 * k + 2]! += data[i + 2]!;
      counts[k]!++;
    }
  }
  const steps: number[] = [];
  for (let k = 0; k + 4 < taps; k++) {
    if (counts[k + 4]! < samples / 3) break;
    let squared = 0;
    for (let c = 0; c < 3; c++) {
      squared += (sums[3 * (k + 4) + c]! / counts[k + 4]! - sums[3 * k + c]! / counts[k]!) ** 2;
    }
    steps.push(Math.sqrt(squared));
  }
  return Float64Array.from(steps);
}

function median(values: Float64Array): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}
