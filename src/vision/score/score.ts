import type { Quad } from '../types.js';
import type { Evidence } from '../view/search-view.js';
import { type BoostedTrees, evaluateTrees, parseTrees } from './boosted-trees.js';
import { measureQuad } from './features.js';
import { calibration, rankingTrees, ratingTrees } from './scorer-model.js';

const ranking = parseTrees(rankingTrees);
const rating = parseTrees(ratingTrees);

/** How much a proposed quad deserves refining, 0 to 1. In pixels of the evidence's picture, clockwise. */
export function scoreQuad(evidence: Evidence, quad: Quad): number {
  return logistic(odds(ranking, evidence, quad));
}

/** The share of refined quads with such evidence that are the card, 0 to 1. */
export function rateQuad(evidence: Evidence, quad: Quad): number {
  return logistic(calibration.slope * odds(rating, evidence, quad) + calibration.shift);
}

function odds(trees: BoostedTrees, evidence: Evidence, quad: Quad): number {
  return evaluateTrees(trees, measureQuad(evidence, quad));
}

function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
