import type { Point, Quad, Size } from '../types.js';

/** A projective map of the plane: a 3 × 3 matrix row by row, up to a common factor. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** A camera without lens errors. */
export interface Camera {
  /** In pixels. */
  readonly focalLength: number;
  /** Where its axis meets the picture. */
  readonly centre: Point;
}

/** In long sides of the photo: main cameras of phones lie near 26 mm equivalent on a 36 × 24 mm frame. */
const assumedFocalLength = 1.05;

/** What is taken for the camera behind a picture of this size. */
export function assumedCamera({ width, height }: Size): Camera {
  return {
    focalLength: assumedFocalLength * Math.max(width, height),
    centre: [(width - 1) / 2, (height - 1) / 2],
  };
}

/** The rectangle that a quad is the picture of. */
export interface Rectangle {
  /** Top side over left side. */
  readonly aspect: number;
  /** Cosine of the angle between those sides; 0 where the quad really is the picture of a rectangle. */
  readonly skew: number;
}

/** Sine of the flattest corner that still counts as one; below, the map is worth nothing in 8-bit pixels. */
const minCornerSine = 1e-6;

/**
 * The map that takes each corner of `from` to the same corner of `to`, or null where three corners of either lie
 * in one line (or a coordinate is not finite).
 *
 * @example project(homography(quad, outline)!, quad[2]) // outline[2]
 */
export function homography(from: Quad, to: Quad): Homography | null {
  if (isFlat(from) || isFlat(to)) return null;
  return multiply(fromUnitSquare(to), adjugate(fromUnitSquare(from)));
}

/** Where `map` takes a point. A point on the map's horizon comes back infinite. */
export function project(map: Homography, [x, y]: Point): Point {
  const w = map[6] * x + map[7] * y + map[8];
  return [(map[0] * x + map[1] * y + map[2]) / w, (map[3] * x + map[4] * y + map[5]) / w];
}

/**
 * The rectangle behind a quad that `camera` saw; null where three corners lie in one line. The columns of the map from the
 * unit square are the pictures of the rectangle's two directions; undoing the camera makes their lengths comparable (Zhang and
 * He, "Whiteboard scanning and image enhancement", 2007).
 */
export function rectangleBehind(quad: Quad, { focalLength, centre }: Camera): Rectangle | null {
  if (isFlat(quad)) return null;
  const [cx, cy] = centre;
  const shift = ([x, y]: Point): Point => [(x - cx) / focalLength, (y - cy) / focalLength];
  const map = fromUnitSquare([shift(quad[0]), shift(quad[1]), shift(quad[2]), shift(quad[3])]);
  const along = Math.hypot(map[0], map[3], map[6]);
  const down = Math.hypot(map[1], map[4], map[7]);
  return {
    aspect: along / down,
    skew: (map[0] * map[1] + map[3] * map[4] + map[6] * map[7]) / (along * down),
  };
}

function isFlat(quad: Quad): boolean {
  return quad.some((corner, i) => {
    const [ax, ay] = difference(quad[(i + 1) % 4] as Point, corner);
    const [bx, by] = difference(quad[(i + 3) % 4] as Point, corner);
    // Negated, so that NaN counts as flat.
    return !(Math.abs(ax * by - ay * bx) > minCornerSine * Math.hypot(ax, ay) * Math.hypot(bx, by));
  });
}

/** Heckbert's closed form ("Fundamentals of texture mapping and image warping", 1989). */
function fromUnitSquare([topLeft, topRight, bottomRight, bottomLeft]: Quad): Homography {
  const [ax, ay] = difference(topRight, bottomRight);
  const [bx, by] = difference(bottomLeft, bottomRight);
  const [topX, topY] = difference(topLeft, topRight);
  const [sx, sy] = [topX - bx, topY - by];
  const cross = ax * by - bx * ay;
  const g = (sx * by - bx * sy) / cross;
  const h = (ax * sy - sx * ay) / cross;
  return [
    -topX + g * topRight[0],
    bottomLeft[0] - topLeft[0] + h * bottomLeft[0],
    topLeft[0],
    -topY + g * topRight[1],
    bottomLeft[1] - topLeft[1] + h * bottomLeft[1],
    topLeft[1],
    g,
    h,
    1,
  ];
}

function difference(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]];
}

/** The inverse up to scale, which a homography does not feel. */
function adjugate([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

function multiply(m: Homography, n: Homography): Homography {
  const cell = (row: 0 | 3 | 6, column: 0 | 1 | 2) =>
    m[row] * n[column] +
    (m[row + 1] as number) * (n[column + 3] as number) +
    (m[row + 2] as number) * (n[column + 6] as number);
  return [
    cell(0, 0),
    cell(0, 1),
    cell(0, 2),
    cell(3, 0),
    cell(3, 1),
    cell(3, 2),
    cell(6, 0),
    cell(6, 1),
    cell(6, 2),
  ];
}
