import { cardFormats, recoverShape } from '../geometry/card-formats.js';
import { homography, project } from '../geometry/perspective.js';
import { frameQuad, growQuad, mapQuad, orderCorners, sideLengths, signedArea } from '../geometry/plane.js';
import { warp } from '../kernels/warp.js';
import { type DocumentMaps, mapDocument } from '../network/document-maps.js';
import { documentNetwork } from '../network/document-network.js';
import { boundsOfDocument } from '../propose/network-quads.js';
import { insideTuning as tuning } from '../tuning.js';
import type { Candidate, Quad, RgbImage, Size } from '../types.js';

/** Finds the best candidate in a part of the image, in pixels of that; `seen` is what the network says of it. */
type Search = (part: RgbImage, seen: DocumentMaps) => Candidate | undefined;

export interface Searches {
  /** Where the network sees something small. */
  readonly thorough: Search;
  /** Where it sees nothing smaller than the whole. */
  readonly cheap: Search;
}

/**
 * Of a card on a form or a magazine, in a wallet, a sleeve or a matte: the card, where what was found is that which it lies on. Laid straight and
 * without its surroundings, that is a page with a card on it, at more pixels than the network has for it in the whole photo.
 *
 * @param best what was found
 * @returns null where nothing like a card lies in it
 */
export function findInside(image: RgbImage, best: Candidate, search: Searches): Candidate | null {
  if (isCard(best, image)) return null;
  const quad = growQuad(orderCorners(best.quad), 1 - 2 * tuning.rim);
  const size = sizeOf(quad);
  const map = size && homography(frameQuad(size), quad);
  if (!map) return null;
  const part = warp(image, map, size);
  const seen = mapDocument(documentNetwork(), part);
  const masked = boundsOfDocument(seen);
  if (masked === null || seen.presence < tuning.presence) return null;
  const most = best.score < tuning.doubtful ? tuning.ofDoubtful : tuning.ofSure;
  const seesSmall = isSmall(masked, size, most.masked);
  if (!seesSmall && best.score >= tuning.sure) return null;
  const found = (seesSmall ? search.thorough : search.cheap)(part, seen);
  if (found === undefined || found.score < tuning.score) return null;
  const card = { ...found, quad: mapQuad(found.quad, (point) => project(map, point)) };
  if (seesSmall && isSmall(found.quad, size, most.area)) return isStrip(found.quad) ? null : card;
  const isInSleeve = found.score > best.score && isSmall(found.quad, size, tuning.inSleeve);
  return isInSleeve && isOfAFormat(card, image) ? card : null;
}

/** Nothing lies in it but what is printed there; a doubtful one may be anything. */
function isCard(found: Candidate, image: Size): boolean {
  return found.score >= tuning.doubtful && hasShape(found, image, cardFormats.id1);
}

const isOfAFormat = (found: Candidate, image: Size): boolean =>
  Object.values(cardFormats).some((aspect) => hasShape(found, image, aspect));

function hasShape({ quad }: Candidate, { width, height }: Size, aspect: number): boolean {
  return Math.abs(recoverShape(quad, width, height).aspect / aspect - 1) <= tuning.shape;
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
