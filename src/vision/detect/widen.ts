import { proposeOuterSides } from '../propose/outer-sides.js';
import { keepPlausible } from '../propose/proposers.js';
import { refineQuad } from '../refine/refine.js';
import type { Scorer } from '../score/score.js';
import { detectionTuning as tuning } from '../tuning.js';
import type { Candidate } from '../types.js';
import { distinct, type RankedProposal, type RatedCandidate, rankProposals, rate } from './shortlist.js';

/** Moves sides of the best few out to fainter edges, and rates what ranks best of that. */
export function widenBest(
  scorer: Scorer,
  candidates: readonly Candidate[],
  most: number = tuning.widened.rated,
): RatedCandidate[] {
  return distinct(proposeWider(scorer, candidates.slice(0, tuning.widened.best)), { most }).flatMap(
    ({ quad }) => rateWider(scorer, quad),
  );
}

/** Best first. */
export function proposeWider(scorer: Scorer, candidates: readonly Candidate[]): RankedProposal[] {
  const { view } = scorer;
  const quads = candidates.flatMap(({ quad }) => proposeOuterSides(view.opponent, view.toView(quad)));
  return rankProposals(scorer, keepPlausible(quads, 'outer-sides', view));
}

/** As it is and refined, within so little that no side goes back to the stronger edge. */
export function rateWider(scorer: Scorer, quad: RankedProposal['quad']): RatedCandidate[] {
  const { view } = scorer;
  const found = view.toImage(quad);
  const refined = refineQuad(view.image, found, tuning.widened.reach);
  return [found, refined].map((each) => rate(scorer, each, 'outer-sides'));
}
