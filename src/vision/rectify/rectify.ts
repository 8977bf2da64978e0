import { homography } from '../geometry/perspective.js';
import { frameQuad, mapQuad } from '../geometry/plane.js';
import { fillOutside } from '../kernels/fill-outside.js';
import { warp } from '../kernels/warp.js';
import type { Quad, Region, RgbImage, Size } from '../types.js';

/** Decoded pixels of a region of the stored photo, as many as the region has or fewer; or of any other picture. */
export interface Patch {
  readonly image: RgbImage;
  readonly region: Region;
}

/** Room around the corners for the neighbours that interpolation looks at. */
const margin = 2;
/** So far outside of the photo its outermost pixels still stand in: more than rounding, less than one can see. */
const tolerance = 2;

/** The smallest part of the photo that holds all that `rectify` looks at. */
export function regionAround(corners: Quad, photo: Size): Region {
  const [left, right] = extent(
    corners.map(([x]) => x),
    photo.width,
  );
  const [top, bottom] = extent(
    corners.map(([, y]) => y),
    photo.height,
  );
  return { left, top, width: right - left, height: bottom - top };
}

/**
 * The card as if scanned: `size` pixels of what lies between the corners, the outer edges of its outer pixels on the
 * card's sides. Where the card reaches out of the photo, the crop is white: what was not photographed is not made up.
 *
 * @param photo what the patch is of, and `corners` in pixels of it
 */
export function rectify(patch: Patch, photo: Size, corners: Quad, size: Size): RgbImage {
  const outline = frameQuad(size);
  const cropToStored = homography(outline, corners);
  const cropToPatch = homography(outline, cornersInPatch(corners, patch));
  if (cropToStored === null || cropToPatch === null) throw new RangeError('three corners lie in one line');
  const image = warp(patch.image, cropToPatch, size);
  if (!isInside(corners, photo)) fillOutside(image, cropToStored, photo, { tolerance, level: 255 });
  return image;
}

/** First and one past the last pixel, within 0 to `limit` and at least two pixels apart where there are two. */
function extent(positions: readonly number[], limit: number): [from: number, to: number] {
  const from = Math.min(Math.max(0, Math.floor(Math.min(...positions)) - margin), Math.max(0, limit - 2));
  const to = Math.max(
    Math.min(limit, Math.ceil(Math.max(...positions)) + margin + 1),
    Math.min(limit, from + 2),
  );
  return [from, to];
}

function cornersInPatch(corners: Quad, { image, region }: Patch): Quad {
  const scaleX = image.width / region.width;
  const scaleY = image.height / region.height;
  return mapQuad(corners, ([x, y]) => [
    (x - region.left + 0.5) * scaleX - 0.5,
    (y - region.top + 0.5) * scaleY - 0.5,
  ]);
}

function isInside(corners: Quad, photo: Size): boolean {
  return corners.every(
    ([x, y]) =>
      x >= -tolerance &&
      y >= -tolerance &&
      x <= photo.width - 1 + tolerance &&
      y <= photo.height - 1 + tolerance,
  );
}
