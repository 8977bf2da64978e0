import { cardFormats } from '../geometry/card-formats.js';
import { assumedCamera, type Camera, rectangleBehind } from '../geometry/perspective.js';
import { sideLengths } from '../geometry/plane.js';
import type { Quad, Size } from '../types.js';

/**
 * How far, as a share, the recovered proportion of an ID-1 card may be off. 85 of the 90 drawn cards used for
 * development lie within; the next common format (ID-2, ID-3, A series: 1.42) is 10 % away.
 */
const snapTolerance = 0.07;

/** How large a card's crop becomes. */
export interface CropSize extends Size {
  /** Photo pixels per crop pixel along the card's longer side, at least 1: pixels are left out, never invented. */
  readonly reduction: number;
}

/**
 * The crop's size: the card's own proportion, and along its longer side as many pixels as the photo has there, at
 * most `maxSide`. `corners` in pixels of the upright photo, whose size is `photo`.
 */
export function planCropSize(corners: Quad, photo: Size, maxSide: number): CropSize {
  const aspect = recoverAspect(corners, photo);
  const [top, right, bottom, left] = sideLengths(corners);
  const sourceSide = aspect >= 1 ? Math.max(top, bottom) : Math.max(left, right);
  const side = Math.max(1, Math.round(Math.min(sourceSide, maxSide)));
  const otherSide = Math.max(1, Math.round(side / Math.max(aspect, 1 / aspect)));
  const [width, height] = aspect >= 1 ? [side, otherSide] : [otherSide, side];
  return { width, height, reduction: Math.max(1, sourceSide / side) };
}

/** Top side over left side of the card itself; that of ID-1, lying or standing, where it is close to that. */
function recoverAspect(corners: Quad, photo: Size): number {
  const rectangle = rectangleBehind(corners, cameraBehind(corners, photo));
  if (rectangle === null) throw new RangeError('three corners of the card lie in one line');
  const { aspect } = rectangle;
  const id1 = aspect >= 1 ? cardFormats.id1 : 1 / cardFormats.id1;
  return Math.abs(aspect / id1 - 1) <= snapTolerance ? id1 : aspect;
}

/** Long side over short side. What is longer is no picture that one camera took, but a strip of one, or several in a row. */
const longestPicture = 4;
const usualPicture = 1.5;

/** Of a strip, the camera that took an ordinary picture of the card's part of it. */
function cameraBehind(corners: Quad, photo: Size): Camera {
  const [long, short] = [Math.max(photo.width, photo.height), Math.min(photo.width, photo.height)];
  if (long <= longestPicture * short) return assumedCamera(photo);
  const { focalLength } = assumedCamera({ width: usualPicture * short, height: short });
  const axis = photo.width >= photo.height ? 0 : 1;
  const middle = corners.reduce((sum, corner) => sum + corner[axis] / 4, 0);
  return { focalLength, centre: axis === 0 ? [middle, (short - 1) / 2] : [(short - 1) / 2, middle] };
}
