import { overlapBy } from '../geometry/polygon.js';
import { logistic, logOdds } from '../odds.js';
import type { Scorer } from '../score/score.js';
import { detectionTuning, correctTuning as tuning } from '../tuning.js';
import type { Quad } from '../types.js';
import { distinct, type RatedCandidate, rate, refine } from './shortlist.js';

/**
 * Where the verifier sees the document that the best few lie on, and that refined: for sides without an edge to refine to, such as those of
 * a bleached photocopy. None where the network is not sure of a document: whatever is there, the verifier would draw a card's outline round it.
 */
export function correctBest(scorer: Scorer, candidates: readonly RatedCandidate[]): RatedCandidate[] {
  if (scorer.maps.presence < tuning.presence) return [];
  const corrected = candidates.slice(0, tuning.best).flatMap((candidate) => correct(scorer, candidate));
  // what was found on edges lies more exactly than what nearly coincides with it
  return corrected.filter(
    ({ quad }) => !candidates.some((found) => overlapBy(found.quad, quad, detectionTuning.sameOverlap)),
  );
}

/** The verifier learned from quads that lie a little off; what it says of its own answer is nearer still. */
function correct(scorer: Scorer, { document }: RatedCandidate): RatedCandidate[] {
  const corrected: RatedCandidate[] = [];
  for (let step = 0, next: Quad | null = document; step < tuning.steps && next !== null; step++) {
    const candidate = rate(scorer, next, 'verifier');
    corrected.push(candidate);
    next = candidate.document;
  }
  const [best] = distinct(corrected);
  if (!best) return [];
  return [...corrected.map(handicapped), rate(scorer, refine(scorer.view, best.quad), 'verifier')];
}

/** Who says where it is rates it highly: what lies on edges is the more exact one of two that are rated alike. */
function handicapped(candidate: RatedCandidate): RatedCandidate {
  return { ...candidate, score: logistic(logOdds(candidate.score) - tuning.handicap) };
}
