import { cardFormats, recoverShape } from '../geometry/card-formats.js';
import { homography, project } from '../geometry/perspective.js';
import { frameQuad, growQuad, mapQuad, orderCorners, sideLengths, signedArea } from '../geometry/plane.js';
import { cutOut } from '../kernels/cut-out.js';
import { warp } from '../kernels/warp.js';
import { type DocumentMaps, mapDocument } from '../network/document-maps.js';
import { documentNetwork } from '../network/document-network.js';
import { boundsOfDocument } from '../propose/network-quads.js';
import { insideTuning as tuning } from '../tuning.js';
import type { Candidate, Quad, Region, RgbImage, Size } from '../types.js';

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
  const page = warp(image, map, size);
  for (const { region, presence, masked } of views(size)) {
    const part = cutOut(page, region);
    const seen = mapDocument(documentNetwork(), part);
    const bounds = boundsOfDocument(seen);
    if (bounds === null || seen.presence < presence || !isSmall(bounds, region, masked)) continue;
    const found = search(part, seen);
    if (found === undefined || found.score < tuning.score || isStrip(found.quad)) continue;
    const quad = mapQuad(found.quad, ([x, y]) => [x + region.left, y + region.top]);
    if (!isSmall(quad, size, tuning.area) || isCutOff(quad, region, size)) continue;
    return { ...found, quad: mapQuad(quad, (point) => project(map, point)) };
  }
  return null;
}

interface View {
  readonly region: Region;
  /** That a search asks for at least. */
  readonly presence: number;
  /** Share of it that the document's bounds have in the network's mask at most. */
  readonly masked: number;
}

/** All of the page; then halves of it, as the network takes a page with its rims for a document. */
function views({ width, height }: Size): View[] {
  const long = Math.max(width, height);
  const half = Math.ceil(long / 2);
  const halves = [0, long - half, Math.floor((long - half) / 2)].map((start) =>
    width > height
      ? { left: start, top: 0, width: half, height }
      : { left: 0, top: start, width, height: half },
  );
  const { presence, masked } = tuning;
  return [
    { region: { left: 0, top: 0, width, height }, presence, masked },
    ...halves.map((region) => ({ region, ...tuning.half })),
  ];
}

/** By the end of a half: the card goes on in another one. */
function isCutOff(quad: Quad, { left, top, width, height }: Region, page: Size): boolean {
  const near = tuning.rim * Math.max(width, height);
  return quad.some(
    ([x, y]) =>
      (left > 0 && x < left + near) ||
      (top > 0 && y < top + near) ||
      (left + width < page.width && x > left + width - near) ||
      (top + height < page.height && y > top + height - near),
  );
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

/** All or most of what was found is the document itself. */
const isSmall = (quad: Quad, { width, height }: Size, most: number) =>
  signedArea(quad) <= most * width * height;

/** Such as the lines for machines on the back of a card. */
function isStrip(quad: Quad): boolean {
  const [top, right, bottom, left] = sideLengths(quad);
  const aspect = (top + bottom) / (right + left);
  return Math.max(aspect, 1 / aspect) > tuning.aspect;
}
