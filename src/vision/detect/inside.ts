import { cardFormats, recoverShape } from '../geometry/card-formats.js';
import { homography, project } from '../geometry/perspective.js';
import { frameQuad, growQuad, mapQuad, orderCorners, sideLengths, signedArea } from '../geometry/plane.js';
import { warp } from '../kernels/warp.js';
import { type DocumentMaps, mapDocument } from '../network/document-maps.js';
import { documentNetwork } from '../network/document-network.js';
import { boundsOfDocument } from '../propose/network-quads.js';
import { insideTuning as tuning } from '../tuning.js';
import type { Candidate, Quad, RgbImage, Size } from '../types.js';

/**
 * Of a card on a form or a magazine, in a wallet or a matte: the card, where what was found is that which it lies on. Laid straight and
 * without its surroundings, that is a page with a card on it, at more pixels than the network has for it in the whole photo.
 *
 * @param best what was found
 * @param search finds the best candidate in a part of the image, in pixels of that
 * @returns null where nothing like a card lies in it
 */
export function findInside(
  image: RgbImage,
  best: Candidate,
  search: (part: RgbImage, seen: DocumentMaps) => Candidate | undefined,
): Candidate | null {
  if (isCard(best, image)) return null;
  const quad = growQuad(orderCorners(best.quad), 1 - 2 * tuning.rim);
  const size = sizeOf(quad);
  const map = size && homography(frameQuad(size), quad);
  if (!map) return null;
  const part = warp(image, map, size);
  const seen = mapDocument(documentNetwork(), part);
  const masked = boundsOfDocument(seen);
  const most = best.score < tuning.doubtful ? tuning.ofDoubtful : tuning.ofSure;
  if (masked === null || seen.presence < tuning.presence || !isSmall(masked, size, most.masked)) return null;
  const found = search(part, seen);
  if (found === undefined || found.score < tuning.score) return null;
  if (!isSmall(found.quad, size, most.area) || isStrip(found.quad)) return null;
  return { ...found, quad: mapQuad(found.quad, (point) => project(map, point)) };
}

/** Nothing lies in it but what is printed there; a doubtful one may be anything. */
function isCard({ quad, score }: Candidate, { width, height }: Size): boolean {
  const { aspect } = recoverShape(quad, width, height);
  return score >= tuning.doubtful && Math.abs(aspect / cardFormats.id1 - 1) <= tuning.id1;
}

/** As many pixels as it has in the image; null where nobody could see anything in them. */
function sizeOf(quad: Quad): Size | null {
  const [top, right, bottom, left] = sideLengths(quad);
  const width = Math.round(Math.max(top, bottom));
  const height = Math.round(Math.max(left, right));
  return Math.min(width, height) < tuning.leastSide ? null : { width, height };
}

/** What fills more of it is the document that was found, not one that lies on it. */
const isSmall = (quad: Quad, { width, height }: Size, most: number) =>
  signedArea(quad) <= most * width * height;

/** Such as the lines for machines on the back of a card. */
function isStrip(quad: Quad): boolean {
  const [top, right, bottom, left] = sideLengths(quad);
  const aspect = (top + bottom) / (right + left);
  return Math.max(aspect, 1 / aspect) > tuning.aspect;
}
