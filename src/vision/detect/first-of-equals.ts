import { growQuad, mapQuad, signedArea } from '../geometry/plane.js';
import { intersectionOverUnion } from '../geometry/polygon.js';
import { cutOut } from '../kernels/cut-out.js';
import { type DocumentMaps, mapDocument } from '../network/document-maps.js';
import { documentNetwork } from '../network/document-network.js';
import { equalsTuning as tuning } from '../tuning.js';
import type { Candidate, Quad, Region, RgbImage } from '../types.js';

/**
 * Of two documents of one size, such as both sides of a card on a page, the upper one is answered, or the left one of two beside each other.
 *
 * @param best what was found
 * @param search finds the best candidate in a part of the image, in pixels of that
 * @returns the one before `best`; null where there is none
 */
export function findEqualBefore(
  image: RgbImage,
  best: Candidate,
  search: (part: RgbImage, seen: DocumentMaps) => Candidate | undefined,
): Candidate | null {
  const area = signedArea(best.quad);
  for (const region of partsBefore(best.quad, image)) {
    const part = cutOut(image, region);
    const seen = mapDocument(documentNetwork(), part);
    if (!showsDocument(seen, area)) continue;
    const found = search(part, seen);
    if (found === undefined || found.score < tuning.score || !isAlike(signedArea(found.quad), area)) continue;
    const quad = mapQuad(found.quad, ([x, y]) => [x + region.left, y + region.top]);
    if (liesApart(quad, best.quad)) return { ...found, quad };
  }
  return null;
}

/** What lies wholly above of it, and what lies wholly left of it, where there is room for another one. */
function partsBefore(quad: Quad, { width, height }: RgbImage): Region[] {
  const xs = quad.map(([x]) => x);
  const ys = quad.map(([, y]) => y);
  const left = Math.floor(Math.min(...xs));
  const top = Math.floor(Math.min(...ys));
  const isRoom = (room: number, ends: readonly number[]) =>
    room >= tuning.room * (Math.max(...ends) - Math.min(...ends));
  return [
    ...(isRoom(top, ys) ? [{ left: 0, top: 0, width, height: top }] : []),
    ...(isRoom(left, xs) ? [{ left: 0, top: 0, width: left, height }] : []),
  ];
}

function showsDocument({ presence, maskArea, scale }: DocumentMaps, area: number): boolean {
  return presence >= tuning.presence && isAlike(maskArea * scale[0] * scale[1], area, tuning.masked);
}

/** Pages of an open passport touch; they are one document. */
function liesApart(quad: Quad, other: Quad): boolean {
  return intersectionOverUnion(growQuad(quad, 1 + 2 * tuning.gap), other) === 0;
}

function isAlike(a: number, b: number, least: number = tuning.alike): boolean {
  return Math.min(a, b) >= least * Math.max(a, b);
}
