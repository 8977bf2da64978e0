import { scaleQuad } from '../geometry/plane.js';
import type { Quad } from '../types.js';
import { darkest, type OpponentImage } from '../view/opponent-image.js';
import type { ViewQuad } from '../view/search-view.js';
import { AreaFinder } from './connected-areas.js';
import { quadAround } from './hull-quad.js';

/** Side of the square of pixels that is averaged to one: print and texture vanish, areas stay. */
const cell = 3;
/** How much of its quad a region's hull has to fill; regions are rougher than outlines. */
const minFill = 0.87;
/** Shorter side of a region's bounding box, as a share of the picture's long side. */
const minExtent = 0.1;
/** Quads whose corners lie this near each other count as one, in cells. */
const sameCorner = 1.6;
/** Each plane is cut half-way between the values below which these shares of its cells lie: between two materials. */
const shares = [0.04, 0.14, 0.25, 0.37, 0.5, 0.63, 0.75, 0.86, 0.96] as const;
/** Every so many cells are looked at for those values. */
const sampling = 8;

/**
 * Quads around areas of one lightness or one tint, whatever their borders look like: each plane of a small copy is cut
 * at several levels, and the regions above and below are outlined. Tint is chroma by lightness, which neither shading nor
 * shadows change. In pixels of `image`.
 */
export function proposeFromRegions(image: OpponentImage): ViewQuad[] {
  const width = Math.floor(image.width / cell);
  const height = Math.floor(image.height / cell);
  if (width < 8 || height < 8) return [];
  const finder = new AreaFinder(width, height);
  const least = minExtent * Math.max(width, height);
  const quads: Quad[] = [];
  for (const plane of averageCells(image, width, height)) {
    const smooth = blur(plane, width);
    for (const level of levelsOf(smooth)) {
      for (const area of finder.find(smooth, level, least)) {
        const quad = quadAround(area, minFill);
        if (quad && !quads.some((other) => isSame(other, quad))) quads.push(quad);
      }
    }
  }
  return quads.map((quad) => scaleQuad(quad, cell) as ViewQuad);
}

/** The same area, cut at the next level. */
function isSame(a: Quad, b: Quad): boolean {
  return a.every(([x, y]) =>
    b.some(([u, v]) => Math.abs(x - u) < sameCorner && Math.abs(y - v) < sameCorner),
  );
}

/** Lightness, and red against green and yellow against blue as shares of it. */
function averageCells(image: OpponentImage, width: number, height: number): Float32Array[] {
  const { data, width: stride } = image.complete();
  const planes = [0, 1, 2].map(() => new Float32Array(width * height)) as Planes;
  const [lightness, redGreen, yellowBlue] = planes;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      let [s0, s1, s2] = [darkest * cell * cell, 0, 0];
      for (let row = y * cell; row < (y + 1) * cell; row++) {
        const end = (row * stride + (x + 1) * cell) * 3;
        for (let at = end - 3 * cell; at < end; at += 3) {
          s0 += data[at]!;
          s1 += data[at + 1]!;
          s2 += data[at + 2]!;
        }
      }
      lightness[to] = s0;
      redGreen[to] = s1 / s0;
      yellowBlue[to] = s2 / s0;
    }
  }
  return planes;
}

type Planes = [Float32Array, Float32Array, Float32Array];

/** Binomial 3 × 3. */
function blur(plane: Float32Array, width: number): Float32Array {
  const across = plane.slice();
  for (let i = 1; i < plane.length - 1; i++)
    across[i] = 0.25 * (plane[i - 1]! + plane[i + 1]!) + 0.5 * plane[i]!;
  const out = across.slice();
  for (let i = width; i < plane.length - width; i++)
    out[i] = 0.25 * (across[i - width]! + across[i + width]!) + 0.5 * across[i]!;
  return out;
}

function levelsOf(plane: Float32Array): number[] {
  const sample = new Float32Array(Math.ceil(plane.length / sampling));
  for (let i = 0; i < sample.length; i++) sample[i] = plane[i * sampling]!;
  sample.sort();
  const values = shares.map((share) => sample[Math.floor(share * sample.length)]!);
  return values.slice(1).map((value, index) => (values[index]! + value) / 2);
}
