import { proposeFromBoldOutlines } from './candidates/bold-outlines.js';
import { proposeFromContours } from './candidates/contours.js';
import { frameQuad, looksCropped } from './candidates/frame.js';
import { proposeFromLines } from './candidates/lines.js';
import { exchangeSides } from './candidates/recombine.js';
import { reconstructSides } from './candidates/reconstruct.js';
import { proposeFromRegions } from './candidates/regions.js';
import type { EdgeLine } from './edge-line.js';
import { type Evidence, gatherEvidence } from './evidence.js';
import { featureNames, measureQuad } from './features.js';
import { orderCorners, overlapBy, scaleQuad, signedArea } from './geometry.js';
import { computeGradients } from './gradients.js';
import { findLines } from './lines.js';
import { OpponentImage } from './opponent.js';
import { isPlausible } from './plausible.js';
import { refineQuad } from './refine.js';
import { rateQuad, scoreQuad } from './score.js';
import { defaultCropOptions, detectionTuning as tuning } from './tuning.js';
import type { Candidate, Detection, Quad, RgbImage } from './types.js';

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

export type Proposal = Pick<Candidate, 'quad' | 'source'>;

/** Everything that any proposer puts forward and that could be a card; in pixels of the evidence's picture. */
export function propose(evidence: Evidence): Proposal[] {
  const lines = searchLines(evidence);
  return [...proposeCheaply(evidence), ...joinAll(lines, evidence), ...proposeRegions(evidence)];
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

function proposeCheaply(evidence: Evidence): Proposal[] {
  const { image, noise } = evidence;
  const { faintEdges, strongEdges } = tuning;
  const faint = [Math.max(faintEdges[0], noise), Math.max(faintEdges[1], 2.5 * noise)] as const;
  const quads = proposeFromContours(image, { thresholds: [faint, strongEdges], half: true });
  return keepPlausible(quads, 'contours', evidence);
}

function searchLines({ image, edgeStep }: Evidence): EdgeLine[] {
  return findLines(computeGradients(image), { fullGradient: edgeStep, maxLines: tuning.maxLines });
}

/** A card that stands out is among the first lines, and joining half as many takes a sixteenth of the time. */
function joinBoldest(lines: readonly EdgeLine[], evidence: Evidence): Proposal[] {
  const { lines: most, quads } = tuning.boldest;
  return joinLines(lines.slice(0, most), quads, evidence);
}

function joinAll(lines: readonly EdgeLine[], evidence: Evidence): Proposal[] {
  return joinLines(lines, tuning.maxQuads, evidence);
}

function joinLines(lines: readonly EdgeLine[], maxQuads: number, evidence: Evidence): Proposal[] {
  const { width, height } = evidence.image;
  return keepPlausible(proposeFromLines(lines, { width, height, maxQuads }), 'lines', evidence);
}

function proposeRegions(evidence: Evidence): Proposal[] {
  return keepPlausible(proposeFromRegions(evidence.image), 'regions', evidence);
}

function keepPlausible(quads: readonly Quad[], source: string, { image }: Evidence): Proposal[] {
  return quads
    .filter((quad) => isPlausible(quad, image.width, image.height))
    .map((quad) => ({ quad, source }));
}

function rank(proposals: readonly Proposal[], evidence: Evidence): Candidate[] {
  return proposals
    .map((proposal) => ({ ...proposal, score: scoreQuad(evidence, proposal.quad) }))
    .sort(byScore);
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score;
}

/** How far a side may lie off before refining: the proposers see a quarter of the picture's detail. */
export function refineReach({ width, height }: RgbImage): number {
  return tuning.refineReach * Math.hypot(width, height);
}

/** Refines the first `count` on the full picture and rates them; results are in pixels of `image`. */
function refineBest(
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
function rate(evidence: Evidence, quad: Quad): number {
  const { scaleX, scaleY, width, height } = evidence.image;
  const small = scaleQuad(quad, scaleX, scaleY);
  return isPlausible(small, width, height) ? rateQuad(evidence, small) : 0;
}

/** Best first; of near duplicates only the best. */
function distinct(
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

/** Ends the best few where an ID-1 card would, and refines what looks best of that. */
function reconstructBest(image: RgbImage, evidence: Evidence, candidates: readonly Candidate[]): Candidate[] {
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
function exchangeBest(evidence: Evidence, candidates: readonly Candidate[]): Candidate[] {
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
function considerFrame(image: RgbImage, evidence: Evidence, rated: readonly Candidate[]): Candidate[] {
  const crop = looksCropped(evidence.image);
  if (crop === 'no') return [...rated];
  const score = tuning.croppedConfidence[crop];
  const frame = { quad: frameQuad(image.width, image.height), source: 'frame', score };
  return [frame, ...rated].sort(byScore);
}
