import { extentAcross, secondLeast, shortestSide } from '../geometry/plane.js';
import { agreeWithMaps } from '../network/agreement.js';
import type { DocumentMaps } from '../network/document-maps.js';
import type { Quad } from '../types.js';
import type { Verdict } from '../verify/verifier.js';
import { faintEdgesBeside } from '../view/faint-edges.js';
import type { SearchView, ViewQuad } from '../view/search-view.js';
import {
  compareColours,
  describePlace,
  describeShape,
  lightness,
  relativeDifference,
  separation,
  tintDifference,
} from './quad-features.js';
import { type SideMeasures, SideMeter } from './side-features.js';

/** A quad whose sides have been measured. */
interface MeasuredQuad {
  readonly view: SearchView;
  /** What the network sees in the image that is searched. */
  readonly maps: DocumentMaps;
  /** What it sees from nearer. */
  readonly closer: DocumentMaps;
  readonly quad: ViewQuad;
  /** Top, right, bottom, left. */
  readonly sides: readonly SideMeasures[];
}

/** Columns of the scorer's input that are measured together; `measure` gives one value for each name. */
interface Columns<Name extends string = string> {
  readonly names: readonly Name[];
  readonly measure: (quad: MeasuredQuad) => readonly number[];
}

/** What is measured of one quad. The order is the scorer's: it was trained on these columns. */
const table = [
  lowIsBad('edge', (side) => side.edge),
  lowIsBad('strongEdge', (side) => side.strongEdge),
  lowIsBad('coherence', (side) => side.coherence),
  lowIsBad('contrast', (side) => Math.log1p(side.contrast)),
  lowIsBad('dominance', (side) => side.dominance),
  highIsBad('innerRest', (side) => Math.log1p(side.innerRest)),
  highIsBad('outerRest', (side) => Math.log1p(side.outerRest)),
  lowIsBad('cornerEdge', (side, { sides }, index) =>
    Math.min(side.startEdge, sides[(index + 3) % 4]!.endEdge),
  ),
  highIsBad('continuation', (side) => side.continuation),
  leastLast('outerParallel', (side) => side.outerParallel),
  leastLast('innerParallel', (side) => side.innerParallel),
  columns(
    ['innerSpread', 'outerSpread', 'ringContrast', 'ringContrastLeast', 'interiorRest', 'insideOutside'],
    ({ view, quad, sides }) => compareColours(view.opponent, quad, sides),
  ),
  columns(['id1Misfit', 'id2Misfit', 'aspect', 'skew', 'opposite', 'angle'], ({ view, quad }) =>
    describeShape(view.opponent, quad),
  ),
  columns(
    ['area', 'shortSide', 'outOfFrame', 'sidesOutOfFrame', 'offCentre', 'noise', 'frameAspect'],
    ({ view, quad, sides }) => describePlace(view, quad, sides),
  ),
  lowIsBad('quarterEdge', (side) => side.quarterEdge),
  lowIsBad('separation', (side, { view }) => separation(side, view)),
  lowIsBad('relative', relativeDifference),
  lowIsBad('tint', tintDifference),
  columns(['lightness'], ({ sides }) => ({ lightness: lightness(sides) })),
  lowIsBad('wideContrast', (side) => Math.log1p(side.wideContrast)),
  lowIsBad('persistence', (side, { view }) => side.wideContrast / (1 + side.contrast + view.noise)),
  columns(
    ['overlap', 'inside', 'outside', 'borderWorst', 'borderSecond', 'borderMean', 'presence'],
    ({ view, maps, quad }) => agreeWithMaps(maps, view.toImage(quad)),
  ),
  columns(
    [
      'closerOverlap',
      'closerInside',
      'closerOutside',
      'closerBorderWorst',
      'closerBorderSecond',
      'closerBorderMean',
      'closerPresence',
    ],
    ({ view, closer, quad }) => agreeFromNearer(closer, view.toImage(quad)),
  ),
];

export type FeatureName = (typeof table)[number]['names'][number];

export const featureNames = table.flatMap(({ names }): readonly FeatureName[] => names);

/** What the verifier says of a refined quad. */
const verdictNames = ['right', 'onDocument', 'offMean', 'offWorst'] as const satisfies readonly Exclude<
  keyof Verdict,
  'corners'
>[];

/** Columns behind those of `featureNames`, for the rating alone: what it costs too much to ask of every proposal. */
export const closeNames = [
  ...verdictNames,
  'faintOutsideMean',
  'faintOutsideSecond',
  'faintOutsideLeast',
] as const;

/** A few points are enough where the edge need not be found exactly. */
const faintEdges = { samples: 24, tilts: [-0.15, 0, 0.15] } as const;

/** Fills the last part of the room that `measure` left. */
export function lookOutside(features: Float64Array, { opponent }: SearchView, quad: ViewQuad): Float64Array {
  const outside = quad.map((from, side) => {
    const to = quad[(side + 1) % 4]!;
    const [strongest] = faintEdgesBeside(opponent, from, to, extentAcross(quad, side), faintEdges);
    return strongest ? Math.log(strongest.strength) : 0;
  });
  const [a = 0, b = 0, c = 0, d = 0] = outside;
  const values = [(a + b + c + d) / 4, secondLeast(a, b, c, d), Math.min(a, b, c, d)];
  features.set(values, featureNames.length + verdictNames.length);
  return features;
}

/** Fills the rest of it, once or anew. */
export function noteVerdict(
  features: Float64Array,
  verdict: Pick<Verdict, (typeof verdictNames)[number]>,
): Float64Array {
  features.set(
    verdictNames.map((name) => verdict[name]),
    featureNames.length,
  );
  return features;
}

/** Measures the quads of one view, one after the other. */
export class QuadMeter {
  readonly #view: SearchView;
  readonly #maps: DocumentMaps;
  readonly #closer: DocumentMaps;
  readonly #sides: SideMeter;

  constructor(view: SearchView, maps: DocumentMaps, closer: DocumentMaps) {
    this.#view = view;
    this.#maps = maps;
    this.#closer = closer;
    this.#sides = new SideMeter(view);
  }

  /** One value for each of `featureNames`, in their order, and room for `closeNames` behind them. */
  measure(quad: ViewQuad): Float64Array {
    const shortSide = shortestSide(quad);
    const sides = quad.map((corner, index) => this.#sides.measure(corner, quad[(index + 1) % 4]!, shortSide));
    const measured = { view: this.#view, maps: this.#maps, closer: this.#closer, quad, sides };
    const features = new Float64Array(featureNames.length + closeNames.length);
    let column = 0;
    for (const { measure } of table) {
      for (const value of measure(measured)) features[column++] = value;
    }
    return features;
  }
}

function agreeFromNearer(closer: DocumentMaps, quad: Quad) {
  const { overlap, inside, outside, borderWorst, borderSecond, borderMean, presence } = agreeWithMaps(
    closer,
    quad,
  );
  return {
    closerOverlap: overlap,
    closerInside: inside,
    closerOutside: outside,
    closerBorderWorst: borderWorst,
    closerBorderSecond: borderSecond,
    closerBorderMean: borderMean,
    closerPresence: presence,
  };
}

/** Measures that a function gives by name. */
function columns<Name extends string>(
  names: readonly Name[],
  measure: (quad: MeasuredQuad) => Readonly<Record<Name, number>>,
): Columns<Name> {
  return {
    names,
    measure: (quad) => {
      const values = measure(quad);
      return names.map((name) => values[name]);
    },
  };
}

type OfSide = (side: SideMeasures, quad: MeasuredQuad, index: number) => number;

/** Mean, lowest and second lowest of what is measured at the four sides. */
function lowIsBad<Name extends string>(name: Name, ofSide: OfSide) {
  return ofSides([`${name}Mean`, `${name}Worst`, `${name}Second`], ofSide, (a, b, c, d) => [
    (a + b + c + d) / 4,
    Math.min(a, b, c, d),
    secondLeast(a, b, c, d),
  ]);
}

/** Mean, highest and second highest. */
function highIsBad<Name extends string>(name: Name, ofSide: OfSide) {
  return ofSides([`${name}Mean`, `${name}Worst`, `${name}Second`], ofSide, (a, b, c, d) => [
    (a + b + c + d) / 4,
    Math.max(a, b, c, d),
    -secondLeast(-a, -b, -c, -d),
  ]);
}

/** Mean, second lowest and lowest. */
function leastLast<Name extends string>(name: Name, ofSide: OfSide) {
  return ofSides([`${name}Mean`, `${name}Second`, `${name}Least`], ofSide, (a, b, c, d) => [
    (a + b + c + d) / 4,
    secondLeast(a, b, c, d),
    Math.min(a, b, c, d),
  ]);
}

function ofSides<Name extends string>(
  names: readonly [Name, Name, Name],
  ofSide: OfSide,
  summarise: (a: number, b: number, c: number, d: number) => [number, number, number],
): Columns<Name> {
  const of = (quad: MeasuredQuad, index: number) => ofSide(quad.sides[index]!, quad, index);
  return { names, measure: (quad) => summarise(of(quad, 0), of(quad, 1), of(quad, 2), of(quad, 3)) };
}
