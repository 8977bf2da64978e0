import { refineQuad } from '../refine/refine.js';
import { detectionTuning as tuning } from '../tuning.js';
import type { Candidate, RgbImage } from '../types.js';
import type { Evidence } from '../view/search-view.js';
import { frameQuad, looksCropped } from './cropped-before.js';
import { reconstructSides } from './reconstruct-sides.js';
import { byScore, distinct, rate, refineReach } from './shortlist.js';
import { exchangeSides } from './swap-sides.js';

/** Ends the best few where an ID-1 card would, and refines what looks best of that. */
export function reconstructBest(
  image: RgbImage,
  evidence: Evidence,
  candidates: readonly Candidate[],
): Candidate[] {
  const rebuilt = candidates
    .slice(0, tuning.reconstructedBest)
    .flatMap(({ quad }) => reconstructSides(quad, image.width, image.height))
    .map((quad) => ({ quad, source: 'reconstruct', score: rate(evidence, quad) }))
    .sort(byScore)
    .slice(0, tuning.refinedReconstructed);
  const refined = rebuilt.map(({ quad, source }) => {
    const fine = refineQuad(image, quad, refineReach(image));
    return { quad: fine, source, score: rate(evidence, fine) };
  });
  return [...rebuilt, ...refined];
}

/** Lets the best few take single sides from the others, which lie no better than they were found: it has to be worth it. */
export function exchangeBest(evidence: Evidence, candidates: readonly Candidate[]): Candidate[] {
  const pool = candidates.slice(0, tuning.exchangePool).map(({ quad }) => quad);
  const exchanged = candidates
    .slice(0, tuning.exchangedBest)
    .flatMap(({ quad }) => exchangeSides(quad, pool))
    .map((quad) => ({ quad, source: 'exchange', score: rate(evidence, quad) }));
  const least = tuning.exchangeGain * odds(candidates[0]?.score ?? 0);
  return distinct([...candidates, ...exchanged.filter(({ score }) => odds(score) >= least)]);
}

function odds(probability: number): number {
  return probability / (1 - probability);
}

/** A card that was cropped before fills the picture, and none of its own borders is to be seen. */
export function considerFrame(image: RgbImage, evidence: Evidence, rated: readonly Candidate[]): Candidate[] {
  const crop = looksCropped(evidence.image);
  if (crop === 'no') return [...rated];
  const score = tuning.croppedConfidence[crop];
  const frame = { quad: frameQuad(image.width, image.height), source: 'frame', score };
  return [frame, ...rated].sort(byScore);
}
