import { mapQuad } from '../geometry/plane.js';
import { cutOut } from '../kernels/cut-out.js';
import { mapDocument } from '../network/document-maps.js';
import { documentNetwork } from '../network/document-network.js';
import { stretchTuning as tuning } from '../tuning.js';
import type { Candidate, Finding, Quad, Region, RgbImage, Size } from '../types.js';
import { decide, type FindOptions, search } from './detect.js';

/** Pixels that the sides of an image may have that is searched in stretches. */
export const stretchImage = { shortSide: tuning.shortSide, longSide: tuning.longSide };

/**
 * Whether a picture is so wide, or so tall, that its long side, which the search's pixels are counted by, says little of the size of what
 * lies in it.
 */
export function isElongated({ width, height }: Size): boolean {
  return Math.max(width, height) > tuning.elongated * Math.min(width, height);
}

/**
 * Searches a very wide or very tall picture one stretch at a time, those first in which the network sees a document. The stretches overlap by
 * more than an ID-1 card as high as the picture, so that each card lies whole in one of them.
 *
 * @param image upright, its short side at most 400 pixels
 * @returns as `findCard`
 */
export function findCardInStretches(image: RgbImage, options: FindOptions): Finding {
  const looks = planStretches(image)
    .map((region) => lookAt(image, region))
    .sort((a, b) => b.maps.presence - a.maps.presence)
    .slice(0, tuning.searched);
  const candidates: Candidate[] = [];
  for (const { region, part, maps } of looks) {
    candidates.push(...searchStretch(part, maps, region, image));
    if (candidates.some(({ score }) => score >= tuning.sureEnough)) break;
  }
  candidates.sort((a, b) => b.score - a.score);
  return decide({ candidates, presence: looks[0]?.maps.presence ?? 0 }, options);
}

/** Equally long, from one end to the other. */
export function planStretches({ width, height }: Size): Region[] {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const length = Math.min(long, Math.max(Math.round(tuning.length * short), Math.ceil(long / tuning.most)));
  const steps = Math.ceil((long - length) / (length * (1 - tuning.overlap)));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const start = steps === 0 ? 0 : Math.round(((long - length) * i) / steps);
    return width >= height
      ? { left: start, top: 0, width: length, height }
      : { left: 0, top: start, width, height: length };
  });
}

function lookAt(image: RgbImage, region: Region) {
  const part = cutOut(image, region);
  return { region, part, maps: mapDocument(documentNetwork(), part) };
}

/** Candidates in pixels of the whole image. */
function searchStretch(
  part: RgbImage,
  maps: ReturnType<typeof mapDocument>,
  { left, top }: Region,
  image: RgbImage,
): Candidate[] {
  return search(part, maps)
    .candidates.map((candidate) => ({
      ...candidate,
      quad: mapQuad(candidate.quad, ([x, y]) => [x + left, y + top]),
    }))
    .filter(({ quad }) => !isCutOff(quad, { left, top, width: part.width, height: part.height }, image));
}

/** Whether it reaches an end of the stretch that is none of the picture: that may be part of something larger, which lies whole in the next stretch. */
function isCutOff(quad: Quad, { left, top, width, height }: Region, image: Size): boolean {
  const near = tuning.nearEnd * Math.max(width, height);
  return quad.some(
    ([x, y]) =>
      (left > 0 && x < left + near) ||
      (top > 0 && y < top + near) ||
      (left + width < image.width && x > left + width - near) ||
      (top + height < image.height && y > top + height - near),
  );
}
