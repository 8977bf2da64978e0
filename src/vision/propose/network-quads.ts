import { distance, isConvexClockwise, orderCorners, signedArea } from '../geometry/plane.js';
import { agreeWithMaps } from '../network/agreement.js';
import { type DocumentMaps, toImagePixels } from '../network/document-maps.js';
import { MatScope } from '../opencv/mats.js';
import { callOpenCv, type Mat, type OpenCv } from '../opencv/opencv.js';
import type { Point, Quad } from '../types.js';
import { quadAround } from './hull-quad.js';
import { refitSides } from './map-sides.js';
import { isPlausible } from './plausible.js';
import { smallestRectangle } from './smallest-rectangle.js';

/** From what probability on a pixel belongs to the document: a sure one loses its margins, an unsure one takes in what lies beside it. */
const thresholds = [0.35, 0.5, 0.7] as const;
/** So many pixels of the map are shaved off and put back, to cut off a finger or a second document that touches the first. */
const shavings = [3, 7] as const;
/** Areas of one threshold that are outlined, largest first, and the smallest, as a share of the map and of the largest. */
const mostAreas = 2;
const leastArea = { map: 0.015, largest: 0.25 } as const;
/** An area whose hull fills less of its quad has no four sides. Half hidden documents are ragged. */
const minFill = 0.75;
/** Corners this near each other, in pixels of the map, are the same. */
const sameCorner = 1.5;
/** From this share of the map on, the frame itself may be the document's edge. */
const frameFilled = 0.85;
const mostQuads = 6;

/** Quads that the maps suggest, best first, in pixels of the image that they were made of. */
export function proposeFromMaps(maps: DocumentMaps): Quad[] {
  const rough = [...outlineMask(maps), ...wholeFrame(maps)];
  const quads = distinct(rough.map((quad) => refitSides(maps, quad)).concat(wholeFrame(maps)))
    .filter((quad) => isConvexClockwise(quad) && isPlausible(quad, maps))
    .map((quad) => toImagePixels(maps, orderCorners(quad)));
  return quads
    .map((quad) => ({ quad, fit: fitOf(maps, quad) }))
    .sort((a, b) => b.fit - a.fit)
    .slice(0, mostQuads)
    .map(({ quad }) => quad);
}

/** The upright rectangle around the largest area of the mask, in pixels of the image; null where there is none worth a quad. */
export function boundsOfDocument(maps: DocumentMaps): Quad | null {
  const { mask, width, height } = maps;
  const outlines = callOpenCv((cv) => {
    using mats = new MatScope();
    return traceOutlines(cv, mats.from(cut(mask, 0.5), height, width, 1));
  });
  const largest = outlines
    .map((points) => ({ points, size: Math.abs(signedArea(points)) }))
    .reduce((a, b) => (b.size > a.size ? b : a), { points: [] as Point[], size: 0 });
  if (largest.size < leastArea.map * mask.length) return null;
  const xs = largest.points.map(([x]) => x);
  const ys = largest.points.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return toImagePixels(maps, [
    [left - 0.5, top - 0.5],
    [right + 0.5, top - 0.5],
    [right + 0.5, bottom + 0.5],
    [left - 0.5, bottom + 0.5],
  ]);
}

/** Only to put the quads in order; what they are worth is for others to say. */
function fitOf(maps: DocumentMaps, quad: Quad): number {
  const { overlap, borderMean, borderWorst } = agreeWithMaps(maps, quad);
  return overlap + 0.35 * borderMean + 0.15 * borderWorst;
}

function wholeFrame({ mask, width, height }: DocumentMaps): Quad[] {
  let filled = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i]! >= 0.5) filled++;
  if (filled < frameFilled * mask.length) return [];
  const [right, bottom] = [width - 0.5, height - 0.5];
  return [
    [
      [-0.5, -0.5],
      [right, -0.5],
      [right, bottom],
      [-0.5, bottom],
    ],
  ];
}

function distinct(quads: readonly Quad[]): Quad[] {
  const kept: Quad[] = [];
  for (const quad of quads) {
    const isKnown = kept.some((other) => quad.every((corner, i) => distance(corner, other[i]!) < sameCorner));
    if (!isKnown) kept.push(quad);
  }
  return kept;
}

/** Quads around the largest areas of the mask, in pixels of the maps. */
function outlineMask({ mask, width, height }: DocumentMaps): Quad[] {
  return callOpenCv((cv) => {
    using mats = new MatScope();
    const quads: Quad[] = [];
    for (const threshold of thresholds) {
      const area = mats.from(cut(mask, threshold), height, width, 1);
      quads.push(...outlineAreas(cv, area));
      if (threshold !== 0.5) continue;
      for (const pixels of shavings) {
        shave(cv, mats, area, pixels);
        quads.push(...outlineAreas(cv, area));
      }
    }
    return distinct(quads.map(orderCorners));
  });
}

function cut(mask: Float32Array, threshold: number): Uint8Array {
  const area = new Uint8Array(mask.length); // `Uint8Array.from` with a function takes ten times as long
  for (let i = 0; i < mask.length; i++) area[i] = mask[i]! >= threshold ? 255 : 0;
  return area;
}

/** Morphological opening. */
function shave(cv: OpenCv, mats: MatScope, area: Mat, pixels: number): void {
  const kernel = mats.empty();
  const widen = (): void => {
    for (let i = 0; i < pixels; i++) cv.dilate(area, area, kernel);
  };
  const invert = (): void => {
    const { data } = area;
    for (let i = 0; i < data.length; i++) data[i] = 255 - data[i]!;
  };
  invert();
  widen();
  invert();
  widen();
}

function outlineAreas(cv: OpenCv, area: Mat): Quad[] {
  const least = leastArea.map * area.rows * area.cols;
  const outlines = traceOutlines(cv, area)
    .map((points) => ({ points, size: Math.abs(signedArea(points)) }))
    .filter(({ size }) => size >= least)
    .sort((a, b) => b.size - a.size)
    .slice(0, mostAreas);
  return outlines
    .filter(({ size }) => size >= leastArea.largest * outlines[0]!.size)
    .flatMap(({ points }) => [quadAround(points, minFill), smallestRectangle(points)])
    .filter((quad) => quad !== null);
}

function traceOutlines(cv: OpenCv, area: Mat): Point[][] {
  using mats = new MatScope();
  const contours = mats.vector();
  cv.findContours(area, contours, mats.empty(), cv.RETR_EXTERNAL, cv.CHAIN_APPROX_SIMPLE);
  return Array.from({ length: contours.size() }, (_, index) => {
    const { data32S } = mats.own(contours.get(index));
    return Array.from(
      { length: data32S.length / 2 },
      (_, i): Point => [data32S[2 * i]!, data32S[2 * i + 1]!],
    );
  });
}
