import { proposeFromContours } from './candidates/contours.js';
import { proposeFromLines } from './candidates/lines.js';
import { cornerCosine, type Evidence, gatherEvidence } from './features.js';
import {
  distance,
  intersectionOverUnion,
  isConvexClockwise,
  orderCorners,
  scaleQuad,
  signedArea,
} from './geometry.js';
import { computeGradients } from './gradients.js';
import { findLines } from './lines.js';
import { blur, toOpponent } from './opponent.js';
import { refineQuad } from './refine.js';
import { rateQuad, scoreQuad } from './score.js';
import { defaultCropOptions } from './tuning.js';
import type { Candidate, Detection, Quad, RgbImage } from './types.js';

export interface FindOptions {
  /** Answers below this confidence come back with `corners: null`. */
  readonly minConfidence?: number;
  /** How many of the best candidates to return; none by default. */
  readonly keepCandidates?: number;
}

const scoringSide = 600;

/**
 * Finds the most prominent card (or sheet) in a picture.
 *
 * @param image upright; a long side of about 1200 pixels is enough, more is not looked at
 * @returns corners in pixels of `image`, clockwise from top-left as seen; they may lie a little outside the frame
 * @throws Error where OpenCV fails, after which the process should not use OpenCV again
 */
export function findCard(image: RgbImage, options: FindOptions = {}): Detection {
  const evidence = lookAt(image);
  const candidates = rank(propose(evidence), evidence);
  const refined = refineBest(image, evidence, candidates.slice(0, 24));
  const best = refined[0];
  const confidence = best?.score ?? 0;
  const isCard =
    best !== undefined && confidence >= (options.minConfidence ?? defaultCropOptions.minConfidence);
  return {
    corners: isCard ? orderCorners(best.quad) : null,
    confidence,
    ...(options.keepCandidates ? { candidates: refined.slice(0, options.keepCandidates) } : {}),
  };
}

/** The picture as the scoring sees it. */
export function lookAt(image: RgbImage): Evidence {
  return gatherEvidence(blur(toOpponent(image, scoringSide)));
}

export type Proposal = Pick<Candidate, 'quad' | 'source'>;

/** Everything that any proposer puts forward and that could be a card; in pixels of the evidence's picture. */
export function propose(evidence: Evidence): Proposal[] {
  return [...proposeCheaply(evidence), ...proposeThoroughly(evidence)];
}

function proposeCheaply(evidence: Evidence): Proposal[] {
  const { image, noise } = evidence;
  const thresholds: [number, number][] = [
    [Math.max(4, noise), Math.max(10, 2.5 * noise)],
    [20, 50],
  ];
  return keepPlausible(proposeFromContours(image, { thresholds, half: true }), 'contours', evidence);
}

function proposeThoroughly(evidence: Evidence): Proposal[] {
  const { image, edgeStep } = evidence;
  const lines = findLines(computeGradients(image), { fullGradient: edgeStep, maxLines: 110 });
  const quads = proposeFromLines(lines, { width: image.width, height: image.height, maxQuads: 250 });
  return keepPlausible(quads, 'lines', evidence);
}

function keepPlausible(quads: readonly Quad[], source: string, evidence: Evidence): Proposal[] {
  return quads.filter((quad) => isPlausible(quad, evidence)).map((quad) => ({ quad, source }));
}

export function rank(proposals: readonly Proposal[], evidence: Evidence): Candidate[] {
  return proposals
    .map(({ quad, source }) => ({ quad, source, score: scoreQuad(evidence, quad) }))
    .sort((a, b) => b.score - a.score);
}

/** How far a side may lie off before refining: the proposers see a quarter of the picture's detail. */
export function refineReach({ width, height }: RgbImage): number {
  return 0.008 * Math.hypot(width, height);
}

/** Refines on the full picture and ranks again; near duplicates count once. Quads come back in pixels of `image`. */
export function refineBest(
  image: RgbImage,
  evidence: Evidence,
  candidates: readonly Candidate[],
): Candidate[] {
  const { scaleX, scaleY } = evidence.image;
  const reach = refineReach(image);
  const kept: Candidate[] = [];
  const refined = candidates
    .map(({ quad, source }) => {
      const fine = refineQuad(image, scaleQuad(quad, 1 / scaleX, 1 / scaleY), reach);
      return { quad: fine, source, score: rateQuad(evidence, scaleQuad(fine, scaleX, scaleY)) };
    })
    .sort((a, b) => b.score - a.score);
  for (const candidate of refined) {
    if (kept.every((other) => intersectionOverUnion(other.quad, candidate.quad) < 0.97)) kept.push(candidate);
  }
  return kept;
}

/** What no card in a photo looks like is not worth scoring. */
export function isPlausible(quad: Quad, { image }: Evidence): boolean {
  const { width, height } = image;
  const slack = 0.08 * Math.max(width, height);
  const area = signedArea(quad) / (width * height);
  const sides = quad.map((corner, index) => distance(corner, quad[(index + 1) % 4]!));
  return (
    isConvexClockwise(quad) &&
    area >= 0.015 &&
    area <= 1.1 &&
    Math.min(...sides) >= 0.06 * Math.max(width, height) &&
    Math.max(...sides) <= 6 * Math.min(...sides) &&
    quad.every(([x, y]) => x > -slack && y > -slack && x < width + slack && y < height + slack) &&
    quad.every((_, index) => Math.abs(cornerCosine(quad, index)) < 0.82)
  );
}
