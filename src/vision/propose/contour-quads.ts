import { MatScope } from '../opencv/mats.js';
import type { Mat, OpenCv } from '../opencv/opencv.js';
import type { Point, Quad } from '../types.js';
import { quadAround } from './hull-quad.js';

/** A 3 × 3 Sobel filter answers a blurred step of one level with about three. */
export const sobelGain = 3;
/** Smallest outline, as a share of the frame's circumference. */
const minOutline = 0.12;
/** How much of its quad an outline's hull has to fill: 0.96 with rounded corners, less with a finger in the way. */
export const minFill = 0.86;

/** Quads around the contours of a binary picture, in its pixels. */
export function quadsAroundContours(cv: OpenCv, binary: Mat, fill: number): Quad[] {
  using mats = new MatScope();
  const contours = mats.vector();
  cv.findContours(binary, contours, mats.empty(), cv.RETR_LIST, cv.CHAIN_APPROX_SIMPLE);
  const smallest = minOutline * Math.max(binary.rows, binary.cols);
  const quads: Quad[] = [];
  for (let index = 0; index < contours.size(); index++) {
    const points = takePoints(contours.get(index), smallest);
    const quad = points && quadAround(points, fill);
    if (quad) quads.push(quad);
  }
  return quads;
}

/** Copies a contour out and frees it; `null` where its bounding box is small. */
function takePoints(contour: Mat, smallest: number): Point[] | null {
  const coordinates = contour.data32S;
  const points = contour.rows >= 4 && spans(coordinates, smallest) ? toPoints(coordinates) : null;
  contour.delete();
  return points;
}

function spans(coordinates: Int32Array, smallest: number): boolean {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < coordinates.length; i += 2) {
    const x = coordinates[i]!;
    const y = coordinates[i + 1]!;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return right - left >= smallest && bottom - top >= smallest;
}

function toPoints(coordinates: Int32Array): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < coordinates.length; i += 2) points.push([coordinates[i]!, coordinates[i + 1]!]);
  return points;
}
