import { distance } from '../geometry/plane.js';
import type { Point } from '../types.js';
import type { Evidence } from '../view/search-view.js';
import { type Colour, ColourTally } from './colour.js';
import { continuation } from './continuation.js';
import { parallelEdge } from './parallel-edge.js';
import { dominance, readProfile, startSide, stepAtSide, stripValue, wideContrast } from './side-profile.js';

/** What is measured along one side of a quad; shares are 0 to 1, colours in levels. */
export interface SideEvidence {
  readonly edge: number;
  /** The edge along the worst quarter of the side: a side that leaves the border halfway shows here. */
  readonly quarterEdge: number;
  readonly strongEdge: number;
  /** Whether inside and outside differ the same way all along. */
  readonly coherence: number;
  readonly contrast: number;
  /** The same farther away from the border: a printed line has paper on both of its sides. */
  readonly wideContrast: number;
  readonly dominance: number;
  readonly innerRest: number;
  readonly outerRest: number;
  readonly startEdge: number;
  readonly endEdge: number;
  readonly continuation: number;
  readonly outerParallel: number;
  readonly innerParallel: number;
  /** Share of the side that lies outside the frame. */
  readonly outside: number;
  /** Mean colours just inside and just outside; `null` for a side outside the frame. */
  readonly strips: { readonly inner: Colour; readonly outer: Colour } | null;
}

/** What a side outside the frame counts for: neither evidence for the card nor against it. */
const neutral = 0.45;
/** Share of a side left out at each end: rounded corners. */
const margin = 0.06;
/** Share of the samples that belong to either end. */
const endShare = 0.15;

/** `shortSide` is that of the whole quad, in pixels of the evidence's picture like the rest. */
export function measureSide(evidence: Evidence, from: Point, to: Point, shortSide: number): SideEvidence {
  const length = Math.max(1, distance(from, to));
  const tx = (to[0] - from[0]) / length;
  const ty = (to[1] - from[1]) / length;
  const walk = walkAlong(evidence, from, tx, ty, length);
  const share = walk.seen / walk.count;
  if (walk.seen < 3) return unseenSide(1 - share);
  const inner = walk.inner.mean();
  const outer = walk.outer.mean();
  const direction: Colour = [inner[0] - outer[0], inner[1] - outer[1], inner[2] - outer[2]];
  const contrast = Math.hypot(...direction);
  const ofSeen = (value: number): number => neutral + (value - neutral) * share;
  return {
    edge: ofSeen(walk.edge / walk.seen),
    quarterEdge: ofSeen(walk.worstQuarter()),
    strongEdge: ofSeen(walk.strong / walk.seen),
    coherence: ofSeen(contrast / Math.max(1e-6, walk.difference / walk.seen)),
    contrast,
    wideContrast: wideContrast(walk.seen),
    dominance: dominance(walk.seen),
    innerRest: walk.inner.spread(),
    outerRest: walk.outer.spread(),
    startEdge: walk.startCount > 0 ? walk.start / walk.startCount : neutral,
    endEdge: walk.endCount > 0 ? walk.end / walk.endCount : neutral,
    continuation: continuation(evidence, from, to, direction, contrast),
    outerParallel: parallelEdge(evidence, from, to, [ty, -tx], shortSide),
    innerParallel: parallelEdge(evidence, from, to, [-ty, tx], shortSide),
    outside: 1 - share,
    strips: { inner, outer },
  };
}

/** What is summed up on the way along a side. */
class Walk {
  seen = 0;
  edge = 0;
  strong = 0;
  start = 0;
  startCount = 0;
  end = 0;
  endCount = 0;
  /** Of the differences between inside and outside, whichever way they point. */
  difference = 0;
  readonly inner = new ColourTally();
  readonly outer = new ColourTally();
  readonly count: number;
  readonly #quarters = [0, 0, 0, 0];
  readonly #quarterCounts = [0, 0, 0, 0];

  constructor(count: number) {
    this.count = count;
  }

  addEdge(sample: number, share: number): void {
    const ends = Math.max(2, Math.round(this.count * endShare));
    const quarter = Math.floor((4 * sample) / this.count);
    this.seen++;
    this.edge += share;
    this.#quarters[quarter]! += share;
    this.#quarterCounts[quarter]!++;
    if (sample < ends) {
      this.start += share;
      this.startCount++;
    }
    if (sample >= this.count - ends) {
      this.end += share;
      this.endCount++;
    }
  }

  addStrips(): void {
    const [i0, i1, i2] = [stripValue(1, 0), stripValue(1, 1), stripValue(1, 2)];
    const [o0, o1, o2] = [stripValue(-1, 0), stripValue(-1, 1), stripValue(-1, 2)];
    this.inner.add(i0, i1, i2);
    this.outer.add(o0, o1, o2);
    this.difference += Math.sqrt((i0 - o0) ** 2 + (i1 - o1) ** 2 + (i2 - o2) ** 2);
  }

  worstQuarter(): number {
    let worst = 1;
    for (let quarter = 0; quarter < 4; quarter++) {
      const seen = this.#quarterCounts[quarter]!;
      if (seen >= 2) worst = Math.min(worst, this.#quarters[quarter]! / seen);
    }
    return worst;
  }
}

function walkAlong({ image, edgeStep }: Evidence, from: Point, tx: number, ty: number, length: number): Walk {
  const { width, height } = image;
  const walk = new Walk(Math.max(14, Math.min(32, Math.round(length / 6))));
  startSide();
  for (let sample = 0; sample < walk.count; sample++) {
    const along = (margin + ((1 - 2 * margin) * sample) / (walk.count - 1)) * length;
    const x = from[0] + tx * along;
    const y = from[1] + ty * along;
    if (!(x >= 2 && y >= 2 && x <= width - 3 && y <= height - 3)) continue;
    readProfile(image, x, y, -ty, tx);
    const step = stepAtSide();
    if (step > edgeStep) walk.strong++;
    walk.addEdge(sample, Math.min(1, step / edgeStep));
    walk.addStrips();
  }
  return walk;
}

function unseenSide(outside: number): SideEvidence {
  return {
    edge: neutral,
    quarterEdge: neutral,
    strongEdge: neutral,
    coherence: neutral,
    contrast: 10,
    wideContrast: 10,
    dominance: neutral,
    innerRest: 5,
    outerRest: 5,
    startEdge: neutral,
    endEdge: neutral,
    continuation: 0.1,
    outerParallel: 0.1,
    innerParallel: 0.1,
    outside,
    strips: null,
  };
}
