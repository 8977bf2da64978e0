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

function compareAreas(
  { mask, maskArea, width, height }: DocumentMaps,
  quad: Quad,
): Pick<Agreement, 'overlap' | 'inside' | 'outside'> {
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
  for (let y = top - (top % rowStep); y < bottom; y += rowStep) {
    addRow(sums, mask, y * width, y, left, right, lines);
  }
  const union = maskArea + rowStep * (sums.area - sums.common);
  return {
    overlap: union > 0 ? (rowStep * sums.common) / union : 0,
    inside: sums.area > 0 ? sums.common / sums.area : 0,
    outside: sums.ring > 0 ? sums.ringMask / sums.ring : 0,
  };
}

/** Pixels from `left` to `right` of row `y`, which begins at `start`. */
function addRow(
  sums: Sums,
  mask: Float32Array,
  start: number,
  y: number,
  left: number,
  right: number,
  [a, b, c, d]: readonly (Line | null)[],
): void {
  if (!a || !b || !c || !d) return;
  const offsets = [a, b, c, d].map(({ ny, offset }) => ny * y - offset) as [number, number, number, number];
  const [a0, b0, c0, d0] = offsets;
  for (let x = left; x < right; x++) {
    // how far inside the nearest side: the normals point inwards
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
