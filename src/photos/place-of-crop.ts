import { homography } from '../vision/geometry/perspective.js';
import { frameQuad, mapQuad, scaleQuad, sideLengths, signedArea } from '../vision/geometry/plane.js';
import type { Point, Quad, Size } from '../vision/types.js';

/** One value for each pixel, row by row. */
export interface GreyImage extends Size {
  readonly data: Uint8Array;
}

export interface Place {
  /** Where the picture's corners lie in the photo, from its own top-left clockwise. */
  readonly quad: Quad;
  /** Correlation of the picture with what the photo shows there: 1 is the same but for brightness and contrast. */
  readonly correlation: number;
}

/** Cells along each side of the picture, in which it is compared: coarse first, so that a start far off is led home. */
const grids = [12, 24, 48] as const;
/** Steps in shares of the quad's mean side, likewise. */
const steps = [
  [0.12, 0.06, 0.03],
  [0.03, 0.015, 0.008],
  [0.008, 0.004, 0.002, 0.001],
] as const;
/** Starts that are followed on each grid, the most like ones. */
const followed = [6, 3, 1] as const;
const pixelsPerCell = 1.3;

/** The photo at a share of its size, so that a cell is about a pixel. */
export type Shrink = (scale: number) => Promise<GreyImage>;

/**
 * Where in a photo a picture was cut out: the quad that, made straight, is most like it. Brightness and contrast do not count.
 *
 * @param shrink gives the photo
 * @param picture as a square, however long its sides are: shrunk to as many pixels as the finest grid has cells
 * @param size of the photo
 * @param documents corners of what may have been cut out, in the photo's pixels
 */
export async function placeOfCrop(
  shrink: Shrink,
  picture: GreyImage,
  size: Size,
  documents: readonly Quad[],
): Promise<Place> {
  let quads = startsAround(documents, size);
  let best: Place = { quad: quads[0]!, correlation: -1 };
  for (const [level, cells] of grids.entries()) {
    const scale = Math.min(1, (cells * pixelsPerCell) / meanSide(documents[0]!));
    const photo = await shrink(scale);
    const wanted = normalize(cellsOf(picture, cells));
    const rate = (quad: Quad) => correlate(photo, quad, cells, wanted);
    const places = ranked(quads.map((quad) => rated(scaleQuad(quad, scale), rate)));
    const climbed = ranked(
      places.slice(0, followed[level]).map((place) => climb(place, steps[level]!, rate)),
    );
    quads = climbed.map(({ quad }) => scaleQuad(quad, 1 / scale));
    best = { quad: quads[0]!, correlation: climbed[0]!.correlation };
  }
  return best;
}

const rated = (quad: Quad, rate: Rate): Place => ({ quad, correlation: rate(quad) });
const ranked = (places: readonly Place[]) => places.toSorted((a, b) => b.correlation - a.correlation);

/** Each document, what is a little or much larger than it, the whole photo, and all of that turned. */
function startsAround(documents: readonly Quad[], photo: Size): Quad[] {
  const shapes = documents.flatMap((quad) => [
    quad,
    ...[0.85, 1.25, 1.6].map((factor) => grow(quad, factor)),
    ...[0, 1, 2, 3].map((side) => doubled(quad, side)),
  ]);
  return [...shapes, ...hullOf(documents), frameQuad(photo)].flatMap((quad) =>
    [0, 1, 2, 3].map((n) => turned(quad, n)),
  );
}

const turned = (quad: Quad, quarters: number): Quad => mapQuad(quad, (_, i) => quad[(i + quarters) % 4]!);

function hullOf(documents: readonly Quad[]): Quad[] {
  const [xs, ys] = [0, 1].map((axis) => documents.flatMap((quad) => quad.map((corner) => corner[axis]!)));
  const [left, right] = [Math.min(...xs!), Math.max(...xs!)];
  const [top, bottom] = [Math.min(...ys!), Math.max(...ys!)];
  const box: Quad = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  return documents.length > 1 ? [box] : [];
}

function grow(quad: Quad, factor: number): Quad {
  const [x, y] = middleOf(quad);
  return mapQuad(quad, (corner) => [x + (corner[0] - x) * factor, y + (corner[1] - y) * factor]);
}

const middleOf = (quad: Quad): Point => [
  quad.reduce((sum, [x]) => sum + x, 0) / 4,
  quad.reduce((sum, [, y]) => sum + y, 0) / 4,
];

/** Twice as far beyond one of its sides: the other page of a passport. */
function doubled(quad: Quad, side: number): Quad {
  const beyond = (near: number, far: number): Point => {
    const [a, b] = [quad[near]!, quad[far]!];
    return [2 * a[0] - b[0], 2 * a[1] - b[1]];
  };
  const next = (side + 1) % 4;
  return mapQuad(quad, (corner, i) => {
    if (i === side) return beyond(side, (side + 3) % 4);
    return i === next ? beyond(next, (next + 1) % 4) : corner;
  });
}

type Rate = (quad: Quad) => number;

/** Moves corners, sides and the whole for as long as the likeness grows. */
function climb(start: Place, shares: readonly number[], rate: Rate): Place {
  let best = start;
  for (const share of shares) {
    const step = share * meanSide(best.quad);
    for (let sweep = 0, found = true; found && sweep < 6; sweep++) {
      found = false;
      for (const move of moves) {
        for (const by of [step, -step]) {
          const quad = mapQuad(best.quad, ([x, y], i) => [x + by * move[i]![0], y + by * move[i]![1]]);
          const correlation = signedArea(quad) > 0 ? rate(quad) : -1;
          if (correlation > best.correlation) {
            best = { quad, correlation };
            found = true;
          }
        }
      }
    }
  }
  return best;
}

const meanSide = (quad: Quad) => sideLengths(quad).reduce((sum, side) => sum + side, 0) / 4;

type Move = readonly [Point, Point, Point, Point];
const still: Point = [0, 0];
const along = (corners: readonly number[], by: Point): Move =>
  [0, 1, 2, 3].map((i) => (corners.includes(i) ? by : still)) as unknown as Move;
const axes: readonly Point[] = [
  [1, 0],
  [0, 1],
];
const groups = [[0, 1, 2, 3], [0, 1], [1, 2], [2, 3], [3, 0], [0], [1], [2], [3]];
const moves: readonly Move[] = [
  ...groups.flatMap((corners) => axes.map((axis) => along(corners, axis))),
  // larger or smaller about its middle
  [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
];

/** The picture in so many cells each way. */
function cellsOf({ data, width, height }: GreyImage, cells: number): Float64Array {
  const sums = new Float64Array(cells * cells);
  const counts = new Float64Array(cells * cells);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const cell = Math.floor((y * cells) / height) * cells + Math.floor((x * cells) / width);
      sums[cell]! += data[y * width + x]!;
      counts[cell]! += 1;
    }
  return sums.map((sum, i) => sum / counts[i]!);
}

/** Of mean 0 and length 1; of one grey all 0. */
function normalize(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return values.map((value) => (length > 0 ? (value - mean) / length : 0));
}

function correlate(photo: GreyImage, quad: Quad, cells: number, wanted: Float64Array): number {
  const shown = sampleQuad(photo, quad, cells);
  if (shown === null) return -1;
  let [sum, squares, product] = [0, 0, 0];
  for (let i = 0; i < shown.length; i++) {
    const value = shown[i]!;
    sum += value;
    squares += value * value;
    product += value * wanted[i]!;
  }
  const length = Math.sqrt(squares - (sum * sum) / shown.length);
  return length > 1e-6 ? product / length : 0;
}

const unit: Quad = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** What the photo shows in the middle of each of so many cells each way; beyond its frame its last pixels go on. Null for a quad that is none. */
export function sampleQuad(
  { data, width, height }: GreyImage,
  quad: Quad,
  cells: number,
): Float64Array | null {
  const map = homography(unit, quad);
  if (map === null) return null;
  const values = new Float64Array(cells * cells);
  for (let j = 0, cell = 0; j < cells; j++) {
    const t = (j + 0.5) / cells;
    for (let i = 0; i < cells; i++, cell++) {
      const s = (i + 0.5) / cells;
      const w = map[6] * s + map[7] * t + map[8];
      const u = Math.min(width - 1.001, Math.max(0, (map[0] * s + map[1] * t + map[2]) / w));
      const v = Math.min(height - 1.001, Math.max(0, (map[3] * s + map[4] * t + map[5]) / w));
      const column = Math.floor(u);
      const row = Math.floor(v);
      const at = row * width + column;
      const top = data[at]! + (data[at + 1]! - data[at]!) * (u - column);
      const below = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * (u - column);
      values[cell] = top + (below - top) * (v - row);
    }
  }
  return values;
}
