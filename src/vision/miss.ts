import { sideLengths, signedArea } from './geometry/plane.js';
import type { Candidate, Finding, Size } from './types.js';

/**
 * For the log, why there is no card: what was measured, and what would have passed.
 *
 * @param finding in pixels of the upright photo, whose size is `photo`
 */
export function describeMiss(
  { best, confidence, presence }: Finding,
  photo: Size,
  minConfidence: number,
): string {
  const measured = `no card: confidence ${confidence.toFixed(2)}, at least ${minConfidence} passes (min-confidence)`;
  const seen = `the network sees a document with ${presence.toFixed(2)} of 1`;
  return `${measured}; ${best ? describeCandidate(best, photo) : 'nothing had the shape of one'}; ${seen}`;
}

function describeCandidate({ quad, source }: Candidate, photo: Size): string {
  if (source === 'frame') return 'the best candidate was the whole picture';
  const [top, right, bottom, left] = sideLengths(quad);
  const size = `${Math.round(Math.max(top, bottom))} × ${Math.round(Math.max(left, right))} pixels`;
  const share = (100 * Math.abs(signedArea(quad))) / (photo.width * photo.height);
  const [x, y] = quad[0];
  return `the best candidate, by ${source}, had ${size} at (${Math.round(x)}, ${Math.round(y)}), ${share.toFixed(0)} % of the picture`;
}
