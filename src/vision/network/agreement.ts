import { type Line, lineThrough } from '../geometry/plane.js';
import type { Quad } from '../types.js';
import { type DocumentMaps, readMap, toMapPixels } from './document-maps.js';

/** How well a quad fits what the network sees. All 0 to 1. */
export interface Agreement {
  /** Intersection over union of the quad and the mask, each pixel of which counts by its probability. */
  readonly overlap: number;
  /** Mean of the mask inside the quad. */
  readonly inside: number;
  /** Mean of the mask in a ring just outside; 0 where no such ring is in the picture. */
  readonly outside: number;
  /** Mean of the border map along a side: of the worst one, the next worse, and all four. */
  readonly borderWorst: number;
  readonly borderSecond: number;
  readonly borderMean: number;
  readonly presence: number;
}

/** Where the ring begins and ends, in pixels of the maps outside the quad: a mask is blurred by about one. */
const ring = { from: 1, to: 5 } as const;
/** Every other row of the maps tells as much, in half the time. */
const rowStep = 2;
const samplesPerSide = 24;
/** What a stretch of a side that lies outside the picture counts for: neither found nor missed. */
const unseenBorder = 0.35;

/** @param quad clockwise, in pixels of the image that the maps were made of */
export function agreeWithMaps(maps: DocumentMaps, quad: Quad): Agreement {
  const onMap = toMapPixels(maps, quad);
  const [worst, second, third, best] = sideBorders(maps, onMap);
  return {
    ...compareAreas(maps, onMap),
    borderWorst: worst,
    borderSecond: second,
    borderMean: (worst + second + third + best) / 4,
    presence: maps.presence,
  };
}

/** Means of the border map along the sides, the smallest first. */
function sideBorders(maps: DocumentMaps, quad: Quad): [number, number, number, number] {
  const means = quad.map((_, side) => {
    const [ax, ay] = quad[side]!;
    const [bx, by] = quad[(side + 1) % 4]!;
    let sum = 0;
    for (let i = 0; i < samplesPerSide; i++) {
      // corners are rounded, and the other side's border is near
      const share = 0.04 + (0.92 * i) / (samplesPerSide - 1);
      const border = readMap(maps.border, maps, ax + (bx - ax) * share, ay + (by - ay) * share);
      sum += Number.isNaN(border) ? unseenBorder : border;
    }
    return sum / samplesPerSide;
  });
  return means.sort((a, b) => a - b) as [number, number, number, number];
}

interface Sums {
  /** Pixels of the quad, those half covered by half, and the mask in them. */
  area: number;
  common: number;
  ring: number;
  ringMask: number;
}

function compareAreas(maps: DocumentMaps, quad: Quad): Pick<Agreement, 'overlap' | 'inside' | 'outside'> {
  const { maskArea, width, height } = maps;
  const sums: Sums = { area: 0, common: 0, ring: 0, ringMask: 0 };
  const lines = quad.map((corner, side) => lineThrough(corner, quad[(side + 1) % 4]!));
  const reach = (values: number[], size: number): [number, number] => [
    Math.max(0, Math.floor(Math.min(...values) - ring.to)),
    Math.min(size, Math.ceil(Math.max(...values) + ring.to) + 1),
  ];
  const [left, right] = reach(
    quad.map(([x]) => x),
    width,
  );
  const [top, bottom] = reach(
    quad.map(([, y]) => y),
    height,
  );
  if (lines.every((line) => line !== null)) {
    for (let y = top - (top % rowStep); y < bottom; y += rowStep) addRow(sums, maps, y, left, right, lines);
  }
  const union = maskArea + rowStep * (sums.area - sums.common);
  return {
    overlap: union > 0 ? (rowStep * sums.common) / union : 0,
    inside: sums.area > 0 ? sums.common / sums.area : 0,
    outside: sums.ring > 0 ? sums.ringMask / sums.ring : 0,
  };
}

/** Pixels from `left` to before `right` of row `y`: those near a side one by one, those that lie wholly inside at once. */
function addRow(
  sums: Sums,
  maps: DocumentMaps,
  y: number,
  left: number,
  right: number,
  lines: readonly Line[],
): void {
  const [seenFrom, seenTo] = deeperThan(lines, y, -ring.to, left, right);
  const [innerFrom, innerTo] = deeperThan(lines, y, 0.5, left, right);
  if (innerFrom >= innerTo) {
    addPixels(sums, maps, y, seenFrom, seenTo, lines);
    return;
  }
  addPixels(sums, maps, y, seenFrom, innerFrom, lines);
  const start = y * (maps.width + 1);
  sums.area += innerTo - innerFrom;
  sums.common += maps.maskSums[start + innerTo]! - maps.maskSums[start + innerFrom]!;
  addPixels(sums, maps, y, innerTo, seenTo, lines);
}

/** From which pixel of a row to before which one all are at least so deep inside all sides, whose normals point inwards. */
function deeperThan(
  lines: readonly Line[],
  y: number,
  depth: number,
  left: number,
  right: number,
): readonly [number, number] {
  let [from, to] = [left, right];
  for (const { nx, ny, offset } of lines) {
    const missing = depth - (ny * y - offset);
    if (nx > 0) from = Math.max(from, Math.ceil(missing / nx));
    else if (nx < 0) to = Math.min(to, Math.floor(missing / nx) + 1);
    else if (missing > 0) to = left;
  }
  return [from, Math.max(from, to)];
}

function addPixels(
  sums: Sums,
  { mask, width }: DocumentMaps,
  y: number,
  from: number,
  to: number,
  [a, b, c, d]: readonly Line[],
): void {
  if (!a || !b || !c || !d || from >= to) return;
  const [a0, b0, c0, d0] = [
    a.ny * y - a.offset,
    b.ny * y - b.offset,
    c.ny * y - c.offset,
    d.ny * y - d.offset,
  ];
  const start = y * width;
  for (let x = from; x < to; x++) {
    // how far inside the nearest side
    const depth = Math.min(a.nx * x + a0, b.nx * x + b0, c.nx * x + c0, d.nx * x + d0);
    const value = mask[start + x]!;
    if (depth > -0.5) {
      const covered = Math.min(1, depth + 0.5);
      sums.area += covered;
      sums.common += covered * value;
    } else if (depth <= -ring.from && depth >= -ring.to) {
      sums.ring++;
      sums.ringMask += value;
    }
  }
}
