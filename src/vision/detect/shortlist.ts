import { scaleQuad } from '../geometry/plane.js';
import { overlapBy } from '../geometry/polygon.js';
import { isPlausible } from '../propose/plausible.js';
import type { Proposal } from '../propose/proposers.js';
import { refineQuad } from '../refine/refine.js';
import { rateQuad, scoreQuad } from '../score/score.js';
import { detectionTuning as tuning } from '../tuning.js';
import type { Candidate, Quad, RgbImage } from '../types.js';
import type { Evidence } from '../view/search-view.js';

export function rank(proposals: readonly Proposal[], evidence: Evidence): Candidate[] {
  return proposals
    .map((proposal) => ({ ...proposal, score: scoreQuad(evidence, proposal.quad) }))
    .sort(byScore);
}

export function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score;
}

/** How far a side may lie off before refining: the proposers see a quarter of the picture's detail. */
export function refineReach({ width, height }: RgbImage): number {
  return tuning.refineReach * Math.hypot(width, height);
}

/** Refines the first `count` on the full picture and rates them; results are in pixels of `image`. */
export function refineBest(
  image: RgbImage,
  evidence: Evidence,
  ranked: readonly Candidate[],
  count: number,
): Candidate[] {
  const { scaleX, scaleY } = evidence.image;
  const refined = distinct(ranked, { most: count }).map(({ quad, source }) => {
    const fine = refineQuad(image, scaleQuad(quad, 1 / scaleX, 1 / scaleY), refineReach(image));
    return { quad: fine, source, score: rate(evidence, fine) };
  });
  return distinct(refined);
}

/** `quad` in pixels of the full picture. */
export function rate(evidence: Evidence, quad: Quad): number {
  const { scaleX, scaleY, width, height } = evidence.image;
  const small = scaleQuad(quad, scaleX, scaleY);
  return isPlausible(small, width, height) ? rateQuad(evidence, small) : 0;
}

/** Best first; of near duplicates only the best. */
export function distinct(
  candidates: readonly Candidate[],
  { most = Number.POSITIVE_INFINITY, overlap = tuning.sameOverlap as number } = {},
): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of [...candidates].sort(byScore)) {
    if (kept.length >= most) break;
    const isNew = !kept.some((other) => overlapBy(other.quad, candidate.quad, overlap));
    if (isNew) kept.push(candidate);
  }
  return kept;
}
