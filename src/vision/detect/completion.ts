import { frameQuad } from '../geometry/plane.js';
import type { Scorer } from '../score/score.js';
import { detectionTuning as tuning } from '../tuning.js';
import type { Candidate } from '../types.js';
import { looksCroppedBefore } from './cropped-before.js';
import { reconstructSides } from './reconstruct-sides.js';
import { byScore, distinct, type RatedCandidate, rate, refine } from './shortlist.js';
import { swapSides } from './swap-sides.js';

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

/** Lets the best few take single sides from the others. A side that is taken is not refined again: to count, it has to raise the odds clearly. */
export function swapBest(scorer: Scorer, candidates: readonly RatedCandidate[]): RatedCandidate[] {
  const pool = candidates.slice(0, tuning.swapPool).map(({ quad }) => quad);
  const swapped = candidates
    .slice(0, tuning.swappedBest)
    .flatMap(({ quad }) => swapSides(quad, pool))
    .map((quad) => rate(scorer, quad, 'exchange'));
  const least = tuning.swapGain * odds(candidates[0]?.score ?? 0);
  return distinct([...candidates, ...swapped.filter(({ score }) => odds(score) >= least)]);
}

function odds(probability: number): number {
  return probability / (1 - probability);
}

/** A card that was cropped before fills the picture, and none of its own borders is to be seen. */
export function considerFrame({ view }: Scorer, rated: readonly Candidate[]): Candidate[] {
  const cropped = looksCroppedBefore(view.opponent);
  if (cropped === 'no') return [...rated];
  const score = tuning.croppedConfidence[cropped];
  const frame: Candidate = { quad: frameQuad(view.image), source: 'frame', score };
  return [frame, ...rated].sort(byScore);
}
