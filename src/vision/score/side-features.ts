import { distance } from '../geometry/plane.js';
import type { Point } from '../types.js';
import { type SearchView, unseenEdge } from '../view/search-view.js';
import { type Colour, ColourTally } from './colour.js';
import { continuation } from './continuation.js';
import { ParallelEdgeFinder } from './parallel-edge.js';
import { SideProfile } from './side-profile.js';

/** What is measured along one side of a quad; shares are 0 to 1, colours in levels. */
export interface SideMeasures {
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

/** Share of a side left out at each end: rounded corners. */
const margin = 0.06;
/** Share of the samples that belong to either end. */
const endShare = 0.15;

/** Measures the sides of quads, one after the other, in one view. */
export class SideMeter {
  readonly #view: SearchView;
  readonly #profile = new SideProfile();
  readonly #parallels = new ParallelEdgeFinder();

  constructor(view: SearchView) {
    this.#view = view;
  }

  /** `shortSide` is that of the whole quad, in pixels of the view like the rest. */
  measure(from: Point, to: Point, shortSide: number): SideMeasures {
    const view = this.#view;
    const profile = this.#profile;
    const length = Math.max(1, distance(from, to));
    const tx = (to[0] - from[0]) / length;
    const ty = (to[1] - from[1]) / length;
    const walk = walkAlong(view, profile, from, tx, ty, length);
    const share = walk.seen / walk.count;
    if (walk.seen < 3) return unseenSide(1 - share);
    const inner = walk.inner.mean();
    const outer = walk.outer.mean();
    const direction: Colour = [inner[0] - outer[0], inner[1] - outer[1], inner[2] - outer[2]];
    const contrast = Math.hypot(...direction);
    const ofSeen = (value: number): number => unseenEdge + (value - unseenEdge) * share;
    return {
      edge: ofSeen(walk.edge / walk.seen),
      quarterEdge: ofSeen(walk.worstQuarter()),
      strongEdge: ofSeen(walk.strong / walk.seen),
      coherence: ofSeen(contrast / Math.max(1e-6, walk.difference / walk.seen)),
      contrast,
      wideContrast: profile.wideContrast(),
      dominance: profile.dominance(),
      innerRest: walk.inner.spread(),
      outerRest: walk.outer.spread(),
      startEdge: walk.startCount > 0 ? walk.start / walk.startCount : unseenEdge,
      endEdge: walk.endCount > 0 ? walk.end / walk.endCount : unseenEdge,
      continuation: continuation(view, from, to, direction, contrast),
      outerParallel: this.#parallels.strongest(view, from, to, [ty, -tx], shortSide),
      innerParallel: this.#parallels.strongest(view, from, to, [-ty, tx], shortSide),
      outside: 1 - share,
      strips: { inner, outer },
    };
  }
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

  addStrips(profile: SideProfile): void {
    const [i0, i1, i2] = [profile.stripHere(1, 0), profile.stripHere(1, 1), profile.stripHere(1, 2)];
    const [o0, o1, o2] = [profile.stripHere(-1, 0), profile.stripHere(-1, 1), profile.stripHere(-1, 2)];
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

function walkAlong(
  { opponent, edgeStep }: SearchView,
  profile: SideProfile,
  from: Point,
  tx: number,
  ty: number,
  length: number,
): Walk {
  const { width, height } = opponent;
  const walk = new Walk(Math.max(14, Math.min(32, Math.round(length / 6))));
  profile.begin();
  for (let sample = 0; sample < walk.count; sample++) {
    const along = (margin + ((1 - 2 * margin) * sample) / (walk.count - 1)) * length;
    const x = from[0] + tx * along;
    const y = from[1] + ty * along;
    if (!(x >= 2 && y >= 2 && x <= width - 3 && y <= height - 3)) continue;
    profile.read(opponent, x, y, -ty, tx);
    const step = profile.stepHere();
    if (step > edgeStep) walk.strong++;
    walk.addEdge(sample, Math.min(1, step / edgeStep));
    walk.addStrips(profile);
  }
  return walk;
}

function unseenSide(outside: number): SideMeasures {
  return {
    edge: unseenEdge,
    quarterEdge: unseenEdge,
    strongEdge: unseenEdge,
    coherence: unseenEdge,
    contrast: 10,
    wideContrast: 10,
    dominance: unseenEdge,
    innerRest: 5,
    outerRest: 5,
    startEdge: unseenEdge,
    endEdge: unseenEdge,
    continuation: 0.1,
    outerParallel: 0.1,
    innerParallel: 0.1,
    outside,
    strips: null,
  };
}
