import { frameQuad, orderCorners, signedArea } from '../geometry/plane.js';
import { overlapBy } from '../geometry/polygon.js';
import { type DocumentMaps, mapCloser, mapDocument } from '../network/document-maps.js';
import { documentNetwork } from '../network/document-network.js';
import { logOdds } from '../odds.js';
import { defaultCropOptions } from '../options.js';
import { proposeFromBoldOutlines } from '../propose/bold-outlines.js';
import { boundsOfDocument } from '../propose/network-quads.js';
import {
  joinLines,
  keepPlausible,
  type Proposal,
  proposeByNetwork,
  proposeCheaply,
  searchLines,
} from '../propose/proposers.js';
import { Scorer } from '../score/score.js';
import { correctTuning, insideTuning, detectionTuning as tuning } from '../tuning.js';
import type { Candidate, Finding, RgbImage } from '../types.js';
import { Verifier } from '../verify/verifier.js';
import { OpponentImage } from '../view/opponent-image.js';
import { SearchView } from '../view/search-view.js';
import { correctBest } from './correct.js';
import { findEqualBefore } from './first-of-equals.js';
import { findInside } from './inside.js';
import { reconstructBest } from './reconstruct-sides.js';
import {
  byScore,
  distinct,
  type RankedProposal,
  type RatedCandidate,
  rankProposals,
  rate,
  refineBest,
} from './shortlist.js';
import { widenBest } from './widen.js';

export interface FindOptions {
  /** Answers below this confidence come back with `corners: null`. */
  readonly minConfidence?: number;
  /** How many of the best candidates to return; none by default. */
  readonly keepCandidates?: number;
}

/**
 * Finds the most prominent card (or sheet) in a picture.
 *
 * @param image upright; a long side of at most 1200 pixels: the search looks at half as many and only refining at all of them
 * @returns corners in pixels of `image`, clockwise from top-left as seen; they may lie a little outside the frame
 * @throws Error where OpenCV fails, after which the process should not use OpenCV again
 */
export function findCard(image: RgbImage, options: FindOptions = {}): Finding {
  return decide(search(image), options);
}

/**
 * What a search came to: rated candidates in pixels of the image, best first, but for a card on what was found, and for the first of two
 * equal documents, which lead whatever their rating; and the network's opinion of the image.
 */
export interface SearchResult {
  readonly candidates: readonly Candidate[];
  readonly presence: number;
}

/** The best candidate, if its confidence suffices. */
export function decide({ candidates, presence }: SearchResult, options: FindOptions): Finding {
  const best = candidates[0];
  const confidence = best?.score ?? 0;
  const minConfidence = options.minConfidence ?? defaultCropOptions.minConfidence;
  return {
    corners: best && confidence >= minConfidence ? orderCorners(best.quad) : null,
    confidence,
    best: best ? asCandidate(best) : null,
    presence,
    ...(options.keepCandidates
      ? { candidates: candidates.slice(0, options.keepCandidates).map(asCandidate) }
      : {}),
  };
}

/** Without what only the search asks for. */
function asCandidate({ quad, source, score }: Candidate): Candidate {
  return { quad, source, score };
}

/** `seen`: what the network says of `image`, where it was asked already. */
export function search(image: RgbImage, seen = mapDocument(documentNetwork(), image)): SearchResult {
  const candidates = searchOnce(image, seen, searchWith);
  const lookBy = (further: SearchFurther) => (part: RgbImage, maps: DocumentMaps) =>
    searchOnce(part, maps, further)[0];
  // A card may lie on what was found. Where that is too doubtful to be answered, but there is a document, it may be what the document lies on.
  const outer = onEdges(candidates);
  if (outer && (isAnswer(outer) || seen.presence >= insideTuning.presence)) {
    const inner = findInside(image, outer, {
      thorough: lookBy(searchThoroughly),
      cheap: lookBy(searchCheaply),
    });
    if (inner !== null) candidates.unshift(inner);
  }
  // Of two of one size in a picture the other one is as plain as this.
  const found = candidates[0];
  if (found && isAnswer(found)) {
    const before = findEqualBefore(image, found, lookBy(searchCheaply));
    if (before !== null) candidates.unshift(before);
  }
  return { candidates, presence: seen.presence };
}

/** The best one, or what lies on edges and is nearly that: laid straight, it has nothing beside it that it lies on. */
function onEdges([best, ...others]: readonly Candidate[]): Candidate | undefined {
  if (best?.source !== 'verifier') return best;
  const near = ({ quad, source }: Candidate) =>
    source !== 'verifier' && overlapBy(quad, best.quad, correctTuning.nearly);
  return others.find(near) ?? best;
}

const isAnswer = ({ score }: Candidate): boolean => score >= defaultCropOptions.minConfidence;

/** What is done where a glance is not enough. */
type SearchFurther = (scorer: Scorer) => Candidate[];

/** Each look costs several times the one before it. */
function searchOnce(image: RgbImage, maps: DocumentMaps, searchFurther: SearchFurther): Candidate[] {
  using opponent = new OpponentImage(image, tuning.scoringSide);
  const verifier = new Verifier(image);
  const scorer = new Scorer(new SearchView(opponent, 'glance'), verifier, maps);
  const glanced = glanceAt(scorer);
  const [best] = glanced;
  const isSure = isBeyondDoubt(best, scorer);
  if (isSure && standsOut(best, scorer)) return certain(scorer, glanced);
  const view = new SearchView(opponent.complete(), 'search');
  const searched = searchFurther(new Scorer(view, verifier, maps, lookCloser(image, maps)));
  return isSure ? distinct([...searched, best]) : searched;
}

/** The network's second look, at the surroundings of what it thinks the likeliest document. */
function lookCloser(image: RgbImage, maps: DocumentMaps): DocumentMaps {
  const bounds = boundsOfDocument(maps);
  return (bounds && mapCloser(documentNetwork(), image, bounds)) ?? maps;
}

/** As `findCard` searches where a glance is not enough. For the trainer: it learns from what the search has to decide between. */
export function searchWith(scorer: Scorer): Candidate[] {
  const found = searchThoroughly(scorer);
  if (isDecided(found[0], scorer, tuning.nothingToComplete)) return found;
  return distinct([...found, ...correctBest(scorer, found)]);
}

/** Without what the verifier would correct: of what lies on a document it makes cards. */
function searchThoroughly(scorer: Scorer): RatedCandidate[] {
  const { view } = scorer;
  const cheap = searchCheaply(scorer);
  if (isDecided(cheap[0], scorer, tuning.nothing)) return cheap;
  const joined = rankProposals(scorer, joinLines(searchLines(view), view));
  const found = distinct([...cheap, ...refineBest(scorer, joined, tuning.refinedThoroughly)]);
  if (isDecided(found[0], scorer, tuning.nothingToComplete)) return found;
  const rebuilt = distinct([...found, ...reconstructBest(scorer, found)]);
  if (isDecided(rebuilt[0], scorer, tuning.nothingToComplete)) return rebuilt;
  return distinct([...rebuilt, ...widenBest(scorer, rebuilt)]);
}

/** By the network's maps and by contours. */
function searchCheaply(scorer: Scorer): RatedCandidate[] {
  const { view } = scorer;
  const proposals = [...proposeByNetwork(scorer), ...proposeCheaply(view)];
  return distinct([
    ...refineBest(scorer, rankProposals(scorer, proposals), tuning.refinedCheaply),
    // a document that was cropped before has no borders to refine
    rate(scorer, frameQuad(view.image), 'frame'),
  ]);
}

/** The best candidate is beyond doubt, or neither the network nor any look so far has seen a document: both below `nothing`. */
function isDecided(
  best: Candidate | undefined,
  scorer: Scorer,
  nothing: { readonly presence: number; readonly score: number },
): boolean {
  const { maps, closer } = scorer;
  const score = best?.score ?? 0;
  if (score >= scorer.ifDoubted(tuning.sureEnough)) return true;
  return score < nothing.score && Math.max(maps.presence, closer.presence) < nothing.presence;
}

/** A glance sees outlines alone: where a stronger edge runs beside a side, this one may be the card's shadow. */
function standsOut({ quad }: Candidate, scorer: Scorer): boolean {
  return scorer.dominance(scorer.view.toView(quad)) >= tuning.leastDominance;
}

function isBeyondDoubt(best: Candidate | undefined, scorer: Scorer): best is Candidate {
  return best !== undefined && best.score >= scorer.ifDoubted(tuning.glance.sureEnough);
}

/** The picture as the search's scoring sees it. */
export function lookAt(image: RgbImage): Scorer {
  const view = new SearchView(new OpponentImage(image, tuning.scoringSide).complete(), 'search');
  const maps = mapDocument(documentNetwork(), image);
  return new Scorer(view, new Verifier(image), maps, lookCloser(image, maps));
}

/**
 * Of what a glance found a little less than certain, the best one is compared with what fainter edges around it make. Those that nearly
 * coincide with it have to be clearly better: the rating hardly tells them apart, and a glance's edges are the stronger ones.
 */
function certain(scorer: Scorer, found: Candidate[]): Candidate[] {
  const { certain, widened, clearly } = tuning.glance;
  const best = found[0]!;
  if (best.score >= scorer.ifDoubted(certain)) return found;
  const wider = widenBest(scorer, [best], widened).filter(
    ({ quad, score }) =>
      !overlapBy(quad, best.quad, tuning.sameOverlap) || logOdds(score) - logOdds(best.score) >= clearly,
  );
  return distinct([...found, ...wider]);
}

/** Enough for a plain photo: strong outlines, and of the view only what lies along their sides. */
function glanceAt(scorer: Scorer): Candidate[] {
  const { view } = scorer;
  const { refined, sameOverlap } = tuning.glance;
  const outlines = proposeFromBoldOutlines(view.image, tuning.glance);
  const proposals = keepPlausible(
    outlines.map((quad) => view.toView(quad)),
    'bold-outlines',
    view,
  );
  const apart = distinct(largestFirst(proposals), { overlap: sameOverlap });
  return refineBest(scorer, apart.length > refined ? rankProposals(scorer, apart) : apart, refined);
}

/** Of outlines that nearly coincide, such as both rims of one border, the largest stands for all: refining would take them to the same sides. */
function largestFirst(proposals: readonly Proposal[]): RankedProposal[] {
  return proposals.map((proposal) => ({ ...proposal, score: signedArea(proposal.quad) })).sort(byScore);
}
