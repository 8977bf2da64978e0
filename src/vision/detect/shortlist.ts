import { overlapBy } from '../geometry/polygon.js';
import { isPlausible } from '../propose/plausible.js';
import type { Proposal } from '../propose/proposers.js';
import { refineQuad } from '../refine/refine.js';
import type { Scorer } from '../score/score.js';
import { detectionTuning as tuning } from '../tuning.js';
import type { Candidate, CandidateSource, Quad } from '../types.js';
import type { SearchView } from '../view/search-view.js';

/** A proposal with how much it deserves refining. */
export interface RankedProposal extends Proposal {
  readonly score: number;
}

export function rankProposals(scorer: Scorer, proposals: readonly Proposal[]): RankedProposal[] {
  return proposals.map((proposal) => ({ ...proposal, score: scorer.rank(proposal.quad) })).sort(byScore);
}

export function byScore(a: { readonly score: number }, b: { readonly score: number }): number {
  return b.score - a.score;
}

/** Refines the first `count` on the full image and rates them; none after one of which there is no doubt at all. */
export function refineBest(
  scorer: Scorer,
  ranked: readonly RankedProposal[],
  count: number,
): RatedCandidate[] {
  const { view } = scorer;
  const refined: RatedCandidate[] = [];
  for (const { quad, source } of distinct(ranked, { most: count })) {
    const candidate = rate(scorer, refine(view, view.toImage(quad)), source);
    refined.push(candidate);
    if (candidate.score >= scorer.ifDoubted(tuning.noDoubt)) break;
  }
  return distinct(refined);
}

/** Both in pixels of the image that is searched. */
export function refine({ image }: SearchView, quad: Quad): Quad {
  // how far a side may lie off before: the proposers see a quarter of the picture's detail
  const reach = tuning.refineReach * Math.hypot(image.width, image.height);
  return refineQuad(image, quad, reach);
}

/** A candidate with where the verifier sees the document that it lies on, in the same pixels; null where it was not asked. */
export interface RatedCandidate extends Candidate {
  readonly document: Quad | null;
}

/** `quad` in pixels of the image that is searched. */
export function rate(scorer: Scorer, quad: Quad, source: CandidateSource): RatedCandidate {
  const { view } = scorer;
  const seen = view.toView(quad);
  if (!isPlausible(seen, view.opponent)) return { quad, source, score: 0, document: null };
  const { rating, document } = scorer.judge(seen);
  return { quad, source, score: rating, document };
}

/** Best first; of near duplicates only the best. */
export function distinct<T extends { readonly quad: Quad; readonly score: number }>(
  candidates: readonly T[],
  { most = Number.POSITIVE_INFINITY, overlap = tuning.sameOverlap as number } = {},
): T[] {
  const kept: T[] = [];
  for (const candidate of [...candidates].sort(byScore)) {
    if (kept.length >= most) break;
    const isNew = !kept.some((other) => overlapBy(other.quad, candidate.quad, overlap));
    if (isNew) kept.push(candidate);
  }
  return kept;
}
