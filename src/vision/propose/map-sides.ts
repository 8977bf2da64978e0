import { LineFit } from '../geometry/line-fit.js';
import { distance, type Line, lineThrough, quadFromLines } from '../geometry/plane.js';
import { type DocumentMaps, readMap } from '../network/document-maps.js';
import type { Quad } from '../types.js';

/** Where along a side the maps say that it is: how far outside the side. */
interface Hint {
  /** Along the side, in pixels of the maps. */
  readonly along: number;
  readonly outward: number;
  readonly weight: number;
}

const samplesPerSide = 24;
/** Near a corner the other side's border is as near, and the card's may be round. */
const cornerShare = 0.06;
/** Fewer hints do not move a side: of a side along the frame's rim the maps show next to nothing. */
const fewestHints = 7;
/** How far from a side hints are looked for, in pixels of the maps: round by round. */
const reaches = [5, 2] as const;
/** A border map's peak below that is no border. */
const faintest = 0.25;
/** Rim: a side so near it, without hints, is where the frame cuts the document. */
const rim = 1.5;

/**
 * The quad with each side moved to where the mask ends and the border map has its ridge: a line by most of what they say, so
 * that a finger or a corner that the frame cuts off does not bend it. In pixels of the maps, as `quad` is.
 */
export function refitSides(maps: DocumentMaps, quad: Quad): Quad {
  let fitted = quad;
  for (const reach of reaches) {
    const lines = fitted.map((corner, side) => refitSide(maps, corner, fitted[(side + 1) % 4]!, reach));
    const [top, right, bottom, left] = lines;
    const next = top && right && bottom && left && quadFromLines([top, right, bottom, left]);
    if (!next || !isNear(next, fitted, 3 * reach)) return fitted;
    fitted = next;
  }
  return fitted;
}

function isNear(a: Quad, b: Quad, most: number): boolean {
  return a.every((corner, index) => distance(corner, b[index]!) <= most);
}

function refitSide(maps: DocumentMaps, from: Quad[number], to: Quad[number], reach: number): Line | null {
  const line = lineThrough(from, to);
  if (!line) return null;
  const hints = findHints(maps, from, to, line, reach);
  const fit = hints.length >= fewestHints ? fitMost(hints) : null;
  if (!fit) return snapToRim(maps, line, from, to);
  const length = distance(from, to);
  const place = (along: number): Quad[number] => {
    const outward = fit.start + fit.slope * along;
    const share = along / length;
    return [
      from[0] + (to[0] - from[0]) * share - line.nx * outward,
      from[1] + (to[1] - from[1]) * share - line.ny * outward,
    ];
  };
  return lineThrough(place(0), place(length));
}

function findHints(
  maps: DocumentMaps,
  from: Quad[number],
  to: Quad[number],
  line: Line,
  reach: number,
): Hint[] {
  const length = distance(from, to);
  const hints: Hint[] = [];
  for (let i = 0; i < samplesPerSide; i++) {
    const share = cornerShare + ((1 - 2 * cornerShare) * i) / (samplesPerSide - 1);
    const x = from[0] + (to[0] - from[0]) * share;
    const y = from[1] + (to[1] - from[1]) * share;
    const read = (map: Float32Array): number[] =>
      Array.from({ length: 2 * reach + 1 }, (_, step) => {
        const outward = step - reach;
        return readMap(map, maps, x - line.nx * outward, y - line.ny * outward);
      });
    const along = share * length;
    const end = findEnd(read(maps.mask));
    if (end !== null) hints.push({ along, outward: end - reach, weight: 1 });
    const ridge = findRidge(read(maps.border));
    if (ridge) hints.push({ along, outward: ridge.at - reach, weight: ridge.height });
  }
  return hints;
}

/** Where a profile falls below one half, nearest its middle; `null` where it does not within the frame. */
function findEnd(profile: readonly number[]): number | null {
  const middle = (profile.length - 1) / 2;
  let nearest: number | null = null;
  for (let i = 0; i + 1 < profile.length; i++) {
    const here = profile[i]!;
    const next = profile[i + 1]!;
    if (!(here >= 0.5 && next < 0.5)) continue;
    const at = i + (here - 0.5) / (here - next);
    if (nearest === null || Math.abs(at - middle) < Math.abs(nearest - middle)) nearest = at;
  }
  return nearest;
}

/** The highest place of a profile that falls on both sides. */
function findRidge(profile: readonly number[]): { at: number; height: number } | null {
  let best = 0;
  for (let i = 1; i + 1 < profile.length; i++) {
    const height = profile[i]!;
    if (
      height >= faintest &&
      height >= profile[i - 1]! &&
      height >= profile[i + 1]! &&
      !(profile[best]! > height && best > 0)
    )
      best = i;
  }
  if (best === 0) return null;
  const [before, height, after] = [profile[best - 1]!, profile[best]!, profile[best + 1]!];
  const bend = 2 * height - before - after;
  return { at: best + (bend > 1e-6 ? (0.5 * (after - before)) / bend : 0), height };
}

/** A line through most of the hints: least squares, again and again with less weight for what lies far from it (Cauchy). */
function fitMost(hints: readonly Hint[]): { start: number; slope: number } | null {
  let line = { start: median(hints.map(({ outward }) => outward)), slope: 0 };
  for (let round = 0; round < 4; round++) {
    const errors = hints.map(({ along, outward }) => Math.abs(outward - line.start - line.slope * along));
    const usual = Math.max(0.25, 1.5 * median(errors));
    const fit = new LineFit();
    hints.forEach(({ along, outward, weight }, index) => {
      fit.add(along, outward, weight / (1 + (errors[index]! / usual) ** 2));
    });
    const next = fit.solve();
    if (!next) return null;
    line = next;
  }
  return line;
}

function median(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}

/** A side along the rim of the frame goes to its very edge. */
function snapToRim({ width, height }: DocumentMaps, line: Line, from: Quad[number], to: Quad[number]): Line {
  const lies = (axis: 0 | 1, at: number): boolean =>
    Math.abs(from[axis] - at) < rim && Math.abs(to[axis] - at) < rim;
  for (const [axis, at] of [
    [0, -0.5],
    [0, width - 0.5],
    [1, -0.5],
    [1, height - 0.5],
  ] as const) {
    if (!lies(axis, at)) continue;
    const nx = axis === 0 ? Math.sign(line.nx) : 0;
    const ny = axis === 1 ? Math.sign(line.ny) : 0;
    return { nx, ny, offset: (nx + ny) * at };
  }
  return line;
}
