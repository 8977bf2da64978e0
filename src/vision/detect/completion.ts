import type { Scorer } from '../score/score.js';
import { detectionTuning as tuning } from '../tuning.js';
import type { Candidate } from '../types.js';
import { reconstructSides } from './reconstruct-sides.js';
import { byScore, type RatedCandidate, rate, refine } from './shortlist.js';

/** Ends the best few where an ID-1 card would, and refines what looks best of that. */
export function reconstructBest(scorer: Scorer, candidates: readonly Candidate[]): RatedCandidate[] {
  const { image } = scorer.view;
  const rebuilt = candidates
    .slice(0, tuning.reconstructedBest)
    .flatMap(({ quad }) => reconstructSides(quad, image))
    .map((quad) => rate(scorer, quad, 'reconstruct'))
    .sort(byScore)
    .slice(0, tuning.refinedReconstructed);
  const refined = rebuilt.map(({ quad, source }) => rate(scorer, refine(scorer.view, quad), source));
  return [...rebuilt, ...refined];
}
