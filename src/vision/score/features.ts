import { shortestSide } from '../geometry/plane.js';
import type { Quad } from '../types.js';
import type { Evidence } from '../view/search-view.js';
import { compareColours, compareSides, describePlace, describeShape } from './quad-features.js';
import { measureSide, type SideEvidence } from './side-features.js';

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
  ...['quarterEdge', 'separation', 'relative', 'tint'].flatMap((name) => [
    `${name}Mean`,
    `${name}Worst`,
    `${name}Second`,
  ]),
  'lightness',
  ...['wideContrast', 'persistence'].flatMap((name) => [`${name}Mean`, `${name}Worst`, `${name}Second`]),
] as const;

/** The feature vector of a quad given in pixels of `evidence.image`; same order as `featureNames`. */
export function measureQuad(evidence: Evidence, quad: Quad): Float64Array {
  const shortSide = shortestSide(quad);
  const sides = quad.map((corner, index) => measureSide(evidence, corner, quad[(index + 1) % 4]!, shortSide));
  const of = (pick: (side: SideEvidence) => number): number[] => sides.map(pick);
  const compared = compareSides(sides, evidence.noise);
  const cornerEdge = sides.map((side, index) => Math.min(side.startEdge, sides[(index + 3) % 4]!.endEdge));
  return Float64Array.from([
    ...lowIsBad(of((side) => side.edge)),
    ...lowIsBad(of((side) => side.strongEdge)),
    ...lowIsBad(of((side) => side.coherence)),
    ...lowIsBad(of((side) => Math.log1p(side.contrast))),
    ...lowIsBad(of((side) => side.dominance)),
    ...highIsBad(of((side) => Math.log1p(side.innerRest))),
    ...highIsBad(of((side) => Math.log1p(side.outerRest))),
    ...lowIsBad(cornerEdge),
    ...highIsBad(of((side) => side.continuation)),
    ...leastLast(of((side) => side.outerParallel)),
    ...leastLast(of((side) => side.innerParallel)),
    ...compareColours(evidence.image, quad, sides),
    ...describeShape(evidence.image, quad),
    ...describePlace(evidence, quad, sides),
    ...lowIsBad(of((side) => side.quarterEdge)),
    ...lowIsBad(compared.separation),
    ...lowIsBad(compared.relative),
    ...lowIsBad(compared.tint),
    compared.lightness,
    ...lowIsBad(of((side) => Math.log1p(side.wideContrast))),
    ...lowIsBad(of((side) => side.wideContrast / (1 + side.contrast + evidence.noise))),
  ]);
}

type Summary = readonly [number, number, number];

/** Mean, lowest and second lowest of four. */
function lowIsBad(values: readonly number[]): Summary {
  const [a, b, c, d] = values as [number, number, number, number];
  return [(a + b + c + d) / 4, Math.min(a, b, c, d), secondLeast(a, b, c, d)];
}

/** Mean, highest and second highest of four. */
function highIsBad(values: readonly number[]): Summary {
  const [a, b, c, d] = values as [number, number, number, number];
  return [(a + b + c + d) / 4, Math.max(a, b, c, d), -secondLeast(-a, -b, -c, -d)];
}

/** Mean, second lowest and lowest of four. */
function leastLast(values: readonly number[]): Summary {
  const [mean, least, second] = lowIsBad(values);
  return [mean, second, least];
}

function secondLeast(a: number, b: number, c: number, d: number): number {
  return Math.min(Math.max(a, b), Math.max(c, d), Math.max(Math.min(a, b), Math.min(c, d)));
}
