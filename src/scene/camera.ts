import { type Homography, homography, project } from '../vision/geometry/perspective.js';
import { mapQuad, signedArea } from '../vision/geometry/plane.js';
import type { Point, Quad } from '../vision/types.js';

/**
 * Where a camera stands over the desk. The desk is the plane z = 0, in millimetres, x to the right and y towards
 * the viewer; the camera looks at its origin, which appears in the middle of the photo.
 */
export interface Camera {
  /** Pixels of the photo. */
  readonly width: number;
  readonly height: number;
  /** Focal length, in pixels. */
  readonly focalLength: number;
  /** Distance from the origin of the desk, in millimetres. */
  readonly distance: number;
  /** Degrees that the camera leans from looking straight down. */
  readonly tilt: number;
  /** The direction of the axis that it leans about, in degrees. */
  readonly tiltAxis: number;
}

/** A rectangle lying on the desk: its centre and turn, in millimetres and degrees clockwise. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly rotation: number;
  readonly width: number;
  readonly height: number;
}

const degree = Math.PI / 180;

/**
 * Where the camera sees a point of the desk, in pixels whose centres lie at integers. Of a point that lies behind it the formula
 * makes a place too, where nothing is seen: `isBefore` tells.
 */
export function photograph(camera: Camera, [x, y]: Point): Point {
  const cosAxis = Math.cos(camera.tiltAxis * degree);
  const sinAxis = Math.sin(camera.tiltAxis * degree);
  const along = x * cosAxis + y * sinAxis;
  const across = y * cosAxis - x * sinAxis;
  const acrossSeen = across * Math.cos(camera.tilt * degree);
  const scale = camera.focalLength / depthOf(camera, [x, y]);
  return [
    (camera.width - 1) / 2 + scale * (along * cosAxis - acrossSeen * sinAxis),
    (camera.height - 1) / 2 + scale * (along * sinAxis + acrossSeen * cosAxis),
  ];
}

/** Millimetres from the plane through the camera's eye; below 0 behind it. */
function depthOf({ distance, tilt, tiltAxis }: Camera, [x, y]: Point): number {
  const across = y * Math.cos(tiltAxis * degree) - x * Math.sin(tiltAxis * degree);
  return distance - across * Math.sin(tilt * degree);
}

/** Share of the camera's distance: whatever comes nearer to its eye has corners too far outside the photo to reckon with. */
const leastDepth = 0.02;

/** Whether all of a rectangle lies before the camera. */
export function isBefore(camera: Camera, placement: Placement): boolean {
  return cornersOnDesk(placement).every((corner) => depthOf(camera, corner) > leastDepth * camera.distance);
}

/** The map from the photo's pixels to the desk's millimetres. */
export function deskFromPhoto(camera: Camera): Homography {
  // Small enough to lie in front of the camera whatever its tilt.
  const r = camera.distance / 4;
  const square: Quad = [
    [-r, -r],
    [r, -r],
    [r, r],
    [-r, r],
  ];
  return homography(
    mapQuad(square, (point) => photograph(camera, point)),
    square,
  )!;
}

/** The corners of a placed rectangle on the desk, clockwise from its own top-left. */
export function cornersOnDesk({ x, y, rotation, width, height }: Placement): Quad {
  const cos = Math.cos(rotation * degree);
  const sin = Math.sin(rotation * degree);
  const corner = (dx: number, dy: number): Point => [x + dx * cos - dy * sin, y + dx * sin + dy * cos];
  return [
    corner(-width / 2, -height / 2),
    corner(width / 2, -height / 2),
    corner(width / 2, height / 2),
    corner(-width / 2, height / 2),
  ];
}

export function cornersInPhoto(camera: Camera, placement: Placement): Quad {
  return mapQuad(cornersOnDesk(placement), (point) => photograph(camera, point));
}

/** The map from the photo to the rectangle's own millimetres, origin at its top-left; null where it is seen edge-on, as beside the camera. */
export function rectangleFromPhoto(camera: Camera, placement: Placement): Homography | null {
  const { width, height } = placement;
  return homography(cornersInPhoto(camera, placement), [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ]);
}

export interface Framing {
  /** Share of the photo that the rectangle covers; less where it would not fit into the photo. */
  readonly areaFraction: number;
  /** Where in the room left over its bounding box sits: -1 left or top, 0 middle, 1 right or bottom; beyond 1 it leaves the frame. */
  readonly offset: Point;
}

export interface View {
  readonly camera: Camera;
  readonly placement: Placement;
}

/** Steps that settle the picture to a fraction of a pixel where none of them has to be shortened. */
const fullSteps = 24;
const shortestStride = 1 / 64;

/**
 * Moves the camera and the rectangle until the photo shows what was asked for.
 *
 * @param whole what has to lie before the camera where the rectangle is only a part of it
 */
export function frame(
  view: Omit<Camera, 'distance'>,
  card: Omit<Placement, 'x' | 'y'>,
  framing: Framing,
  whole: (part: Placement) => Placement = (part) => part,
): View {
  const isSeen = ({ camera, placement }: View) => isBefore(camera, whole(placement));
  let start: View = { camera: { ...view, distance: card.width * 3 }, placement: { ...card, x: 0, y: 0 } };
  while (!isSeen(start))
    start = { ...start, camera: { ...start.camera, distance: start.camera.distance * 2 } };
  return settle(start, framing, isSeen);
}

/** Where a step would take something behind the camera, all begins again with strides half as long. */
function settle(start: View, framing: Framing, isSeen: (view: View) => boolean, stride = 1): View {
  let now = start;
  for (let round = 0; round < fullSteps / stride; round++) {
    const moved = { ...now, placement: moveRectangle(now, framing.offset, stride) };
    const next = isSeen(moved) ? moveCamera(moved, framing.areaFraction, stride) : moved;
    if (isSeen(next)) now = next;
    else if (stride > shortestStride) return settle(start, framing, isSeen, stride / 2);
    else return now;
  }
  return now;
}

function moveRectangle({ camera, placement }: View, offset: Point, stride: number): Placement {
  const { x, y } = centreFor(camera, placement, offset);
  if (stride === 1) return { ...placement, x, y };
  return { ...placement, x: between(placement.x, x, stride), y: between(placement.y, y, stride) };
}

const between = (from: number, to: number, part: number) => from + (to - from) * part;

function moveCamera({ camera, placement }: View, areaFraction: number, stride: number): View {
  const quad = cornersInPhoto(camera, placement);
  const wanted = areaFraction * camera.width * camera.height;
  const ratio = Math.max(Math.sqrt(signedArea(quad) / wanted), ...overflow(quad, camera));
  return { camera: { ...camera, distance: camera.distance * ratio ** stride }, placement };
}

/** How much of the photo's width and height a quad's bounding box takes: at most 1 where it fits. */
function overflow(quad: Quad, { width, height }: Camera): [number, number] {
  return [extent(quad, 0) / (width - 1), extent(quad, 1) / (height - 1)];
}

function extent(quad: Quad, axis: 0 | 1): number {
  const values = quad.map((corner) => corner[axis]);
  return Math.max(...values) - Math.min(...values);
}

function centreFor(camera: Camera, placement: Placement, offset: Point): { x: number; y: number } {
  const quad = cornersInPhoto(camera, placement);
  const shift = (axis: 0 | 1, size: number) => {
    const low = Math.min(...quad.map((corner) => corner[axis]));
    const taken = extent(quad, axis);
    const room = Math.max(0, size - taken);
    const beyond = Math.sign(offset[axis]) * Math.max(0, Math.abs(offset[axis]) - 1) * taken;
    const target = (size - taken) / 2 + (Math.max(-1, Math.min(1, offset[axis])) * room) / 2 + beyond;
    return target - low;
  };
  const toDesk = deskFromPhoto(camera);
  const seen = photograph(camera, [placement.x, placement.y]);
  const [x, y] = project(toDesk, [
    seen[0] + shift(0, camera.width - 1),
    seen[1] + shift(1, camera.height - 1),
  ]);
  return { x, y };
}
