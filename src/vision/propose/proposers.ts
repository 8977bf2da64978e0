import { detectionTuning as tuning } from '../tuning.js';
import type { Candidate, Quad } from '../types.js';
import type { Evidence } from '../view/search-view.js';
import type { EdgeLine } from './edge-line.js';
import { findLines } from './edge-lines.js';
import { computeGradients } from './gradients.js';
import { proposeFromLines } from './line-quads.js';
import { proposeFromContours } from './outlines.js';
import { isPlausible } from './plausible.js';
import { proposeFromRegions } from './regions.js';

export type Proposal = Pick<Candidate, 'quad' | 'source'>;

/** Everything that any proposer puts forward and that could be a card; in pixels of the evidence's picture. */
export function propose(evidence: Evidence): Proposal[] {
  const lines = searchLines(evidence);
  return [...proposeCheaply(evidence), ...joinAll(lines, evidence), ...proposeRegions(evidence)];
}

export function proposeCheaply(evidence: Evidence): Proposal[] {
  const { image, noise } = evidence;
  const { faintEdges, strongEdges } = tuning;
  const faint = [Math.max(faintEdges[0], noise), Math.max(faintEdges[1], 2.5 * noise)] as const;
  const quads = proposeFromContours(image, { thresholds: [faint, strongEdges], half: true });
  return keepPlausible(quads, 'contours', evidence);
}

export function searchLines({ image, edgeStep }: Evidence): EdgeLine[] {
  return findLines(computeGradients(image), { fullGradient: edgeStep, maxLines: tuning.maxLines });
}

/** A card that stands out is among the first lines, and joining half as many takes a sixteenth of the time. */
export function joinBoldest(lines: readonly EdgeLine[], evidence: Evidence): Proposal[] {
  const { lines: most, quads } = tuning.boldest;
  return joinLines(lines.slice(0, most), quads, evidence);
}

export function joinAll(lines: readonly EdgeLine[], evidence: Evidence): Proposal[] {
  return joinLines(lines, tuning.maxQuads, evidence);
}

function joinLines(lines: readonly EdgeLine[], maxQuads: number, evidence: Evidence): Proposal[] {
  const { width, height } = evidence.image;
  return keepPlausible(proposeFromLines(lines, { width, height, maxQuads }), 'lines', evidence);
}

export function proposeRegions(evidence: Evidence): Proposal[] {
  return keepPlausible(proposeFromRegions(evidence.image), 'regions', evidence);
}

export function keepPlausible(quads: readonly Quad[], source: string, { image }: Evidence): Proposal[] {
  return quads
    .filter((quad) => isPlausible(quad, image.width, image.height))
    .map((quad) => ({ quad, source }));
}
