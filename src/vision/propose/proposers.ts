import type { DocumentMaps } from '../network/document-maps.js';
import { detectionTuning as tuning } from '../tuning.js';
import type { CandidateSource } from '../types.js';
import type { SearchView, ViewQuad } from '../view/search-view.js';
import type { EdgeLine } from './edge-line.js';
import { findLines } from './edge-lines.js';
import { computeGradients } from './gradients.js';
import { proposeFromLines } from './line-quads.js';
import { proposeFromMaps } from './network-quads.js';
import { proposeFromContours } from './outlines.js';
import { isPlausible } from './plausible.js';

/** A quad that could be a card. */
export interface Proposal {
  readonly quad: ViewQuad;
  readonly source: CandidateSource;
}

interface NetworkLooks {
  readonly view: SearchView;
  readonly maps: DocumentMaps;
  readonly closer: DocumentMaps;
}

/** By both looks of the network, where it took two. */
export function proposeByNetwork({ view, maps, closer }: NetworkLooks): Proposal[] {
  const looks = closer === maps ? [maps] : [maps, closer];
  const quads = looks.flatMap((look) => proposeFromMaps(look)).map((quad) => view.toView(quad));
  return keepPlausible(quads, 'network', view);
}

export function proposeCheaply(view: SearchView): Proposal[] {
  const { opponent, noise } = view;
  const { faintEdges, strongEdges } = tuning;
  const faint = [Math.max(faintEdges[0], noise), Math.max(faintEdges[1], 2.5 * noise)] as const;
  const quads = proposeFromContours(opponent, { thresholds: [faint, strongEdges], half: true });
  return keepPlausible(quads, 'contours', view);
}

export function searchLines({ opponent, edgeStep }: SearchView): EdgeLine[] {
  return findLines(computeGradients(opponent), { fullGradient: edgeStep, maxLines: tuning.maxLines });
}

export function joinLines(lines: readonly EdgeLine[], view: SearchView): Proposal[] {
  const { width, height } = view.opponent;
  return keepPlausible(proposeFromLines(lines, { width, height, maxQuads: tuning.maxQuads }), 'lines', view);
}

export function keepPlausible(
  quads: readonly ViewQuad[],
  source: CandidateSource,
  { opponent }: SearchView,
): Proposal[] {
  return quads.filter((quad) => isPlausible(quad, opponent)).map((quad) => ({ quad, source }));
}
