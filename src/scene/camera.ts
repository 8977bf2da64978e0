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

/** Where the camera sees a point of the desk, in pixels whose centres lie at integers. */
export function photograph(camera: Camera, [x, y]: Point): Point {
  const cosAxis = Math.cos(camera.tiltAxis * degree);
  const sinAxis = Math.sin(camera.tiltAxis * degree);
  const along = x * cosAxis + y * sinAxis;
  const across = y * cosAxis - x * sinAxis;
  const acrossSeen = across * Math.cos(camera.tilt * degree);
  const depth = camera.distance - across * Math.sin(camera.tilt * degree);
  const scale = camera.focalLength / depth;
  return [
    (camera.width - 1) / 2 + scale * (along * cosAxis - acrossSeen * sinAxis),
    (camera.height - 1) / 2 + scale * (along * sinAxis + acrossSeen * cosAxis),
  ];
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

/** The map from the photo to the rectangle's own millimetres, origin at its top-left. */
export function rectangleFromPhoto(camera: Camera, placement: Placement): Homography {
  const { width, height } = placement;
  return homography(cornersInPhoto(camera, placement), [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ])!;
}

export interface Framing {
  /** Share of the photo that the rectangle covers; less where it would not fit into the photo. */
  readonly areaFraction: number;
  /** Where in the room left over its bounding box sits: -1 left or top, 0 middle, 1 right or bottom; beyond 1 it leaves the frame. */
  readonly offset: Point;
}

/** Moves the camera and the rectangle until the photo shows what was asked for. */
export function frame(
  view: Omit<Camera, 'distance'>,
  card: Omit<Placement, 'x' | 'y'>,
  { areaFraction, offset }: Framing,
): { camera: Camera; placement: Placement } {
  let camera: Camera = { ...view, distance: card.width * 3 };
  let placement: Placement = { ...card, x: 0, y: 0 };
  const wanted = areaFraction * view.width * view.height;
  for (let round = 0; round < 24; round++) {
    placement = { ...placement, ...centreFor(camera, placement, offset) };
    const quad = cornersInPhoto(camera, placement);
    if (!(signedArea(quad) > 0)) {
      // The step was too long and took the rectangle behind the camera: begin again from further off.
      placement = { ...card, x: 0, y: 0 };
      camera = { ...camera, distance: camera.distance * 2 };
      continue;
    }
    const ratio = Math.max(Math.sqrt(signedArea(quad) / wanted), ...overflow(quad, camera));
    camera = { ...camera, distance: camera.distance * ratio };
  }
  return { camera, placement };
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
