import { orderCorners, scaleQuad, signedArea } from '../geometry/plane.js';
import { defaultCropOptions } from '../options.js';
import { proposeFromBoldOutlines } from '../propose/bold-outlines.js';
import {
  joinAll,
  joinBoldest,
  keepPlausible,
  type Proposal,
  proposeCheaply,
  proposeRegions,
  searchLines,
} from '../propose/proposers.js';
import { featureNames, measureQuad } from '../score/features.js';
import { detectionTuning as tuning } from '../tuning.js';
import type { Candidate, Detection, RgbImage } from '../types.js';
import { OpponentImage } from '../view/opponent-image.js';
import { type Evidence, gatherEvidence } from '../view/search-view.js';
import { considerFrame, exchangeBest, reconstructBest } from './completion.js';
import { byScore, distinct, rank, refineBest } from './shortlist.js';

export interface FindOptions {
  /** Answers below this confidence come back with `corners: null`. */
  readonly minConfidence?: number;
  /** How many of the best candidates to return; none by default. */
  readonly keepCandidates?: number;
}

/**
 * Finds the most prominent card (or sheet) in a picture.
 *
 * @param image upright; a long side of about 1200 pixels is enough, more is not looked at
 * @returns corners in pixels of `image`, clockwise from top-left as seen; they may lie a little outside the frame
 * @throws Error where OpenCV fails, after which the process should not use OpenCV again
 */
export function findCard(image: RgbImage, options: FindOptions = {}): Detection {
  const candidates = searchCandidates(image);
  const best = candidates[0];
  const confidence = best?.score ?? 0;
  const minConfidence = options.minConfidence ?? defaultCropOptions.minConfidence;
  return {
    corners: best && confidence >= minConfidence ? orderCorners(best.quad) : null,
    confidence,
    ...(options.keepCandidates ? { candidates: candidates.slice(0, options.keepCandidates) } : {}),
  };
}

/** Rated candidates in pixels of `image`, best first; each look costs several times the one before it. */
function searchCandidates(image: RgbImage): Candidate[] {
  using shrunk = new OpponentImage(image, tuning.scoringSide);
  const evidence = gatherEvidence(shrunk, 'glance');
  for (const view of ['luma', 'colour'] as const) {
    const found = glanceAt(image, view, evidence);
    if (isBeyondDoubt(found[0], evidence)) return found;
  }
  return searchWith(image, gatherEvidence(shrunk.complete(), 'search'));
}

/** As `findCard` searches where a glance is not enough. For the trainer: it learns from what the search has to decide between. */
export function searchWith(image: RgbImage, evidence: Evidence): Candidate[] {
  const cheap = refineBest(image, evidence, rank(proposeCheaply(evidence), evidence), tuning.refinedCheaply);
  if (isBeyondDoubt(cheap[0], evidence)) return cheap;
  const lines = searchLines(evidence);
  const bold = refineBest(
    image,
    evidence,
    rank(joinBoldest(lines, evidence), evidence),
    tuning.boldest.refined,
  );
  if (isBeyondDoubt(bold[0], evidence)) return bold;
  const proposals = rank([...joinAll(lines, evidence), ...proposeRegions(evidence)], evidence);
  const refined = refineBest(image, evidence, proposals, tuning.refinedThoroughly);
  const found = distinct([...cheap, ...refined]);
  if (isBeyondDoubt(found[0], evidence)) return found;
  const completed = distinct([...found, ...reconstructBest(image, evidence, found)]);
  const rated = exchangeBest(evidence, completed);
  return considerFrame(image, evidence, rated);
}

/** A rating forgives a side that lies on a card's shadow or printed frame: then there is a stronger edge beside it. */
function isBeyondDoubt(best: Candidate | undefined, evidence: Evidence): boolean {
  if (!best || best.score < tuning.sureEnough) return false;
  const { scaleX, scaleY } = evidence.image;
  const features = measureQuad(evidence, scaleQuad(best.quad, scaleX, scaleY));
  return features[featureNames.indexOf('dominanceWorst')]! >= tuning.leastDominance;
}

/** The picture as the scoring sees it. */
export function lookAt(image: RgbImage): Evidence {
  return gatherEvidence(new OpponentImage(image, tuning.scoringSide).complete(), 'search');
}

/** Enough for a plain photo: strong outlines, and of the evidence only what lies along their sides. */
function glanceAt(image: RgbImage, view: 'luma' | 'colour', evidence: Evidence): Candidate[] {
  const { scaleX, scaleY } = evidence.image;
  const { refined, sameOverlap } = tuning.glance;
  const quads = proposeFromBoldOutlines(image, view, tuning.glance).map((quad) =>
    scaleQuad(quad, scaleX, scaleY),
  );
  const proposals = largestFirst(keepPlausible(quads, 'bold-outlines', evidence));
  const apart = distinct(proposals, { overlap: sameOverlap });
  return refineBest(image, evidence, apart.length > refined ? rank(apart, evidence) : apart, refined);
}

/** An outline's outer and inner edge, and its doubles, begin the same side. */
function largestFirst(proposals: readonly Proposal[]): Candidate[] {
  return proposals.map((proposal) => ({ ...proposal, score: signedArea(proposal.quad) })).sort(byScore);
}
