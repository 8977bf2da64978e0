import { type Evidence, featureNames, measureQuad } from './features.js';
import type { Quad } from './types.js';

/** How sure we are that a quad is the card, 0 to 1. */
export function scoreQuad(evidence: Evidence, quad: Quad): number {
  return scoreFeatures(measureQuad(evidence, quad));
}

const column = Object.fromEntries(featureNames.map((name, index) => [name, index]));

export function scoreFeatures(f: Float64Array): number {
  const v = (name: (typeof featureNames)[number]): number => f[column[name]!]!;
  const sum =
    -6 +
    3 * v('edgeMean') +
    2.5 * v('edgeWorst') +
    2 * v('edgeSecond') +
    1.5 * v('coherenceMean') +
    1 * v('coherenceWorst') +
    0.6 * v('contrastWorst') +
    1.5 * v('cornerEdgeSecond') -
    2 * v('continuationMean') -
    1.5 * v('continuationWorst') -
    0.3 * v('innerRestMean') -
    2 * Math.min(v('id1Misfit'), v('id2Misfit') + 0.05, 0.5) -
    2 * v('skew') -
    1.5 * v('outerParallelSecond') +
    2 * v('area') -
    v('outOfFrame');
  return 1 / (1 + Math.exp(-sum));
}
