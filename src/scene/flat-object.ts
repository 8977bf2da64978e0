import type { Homography } from '../vision/geometry/perspective.js';
import { signedArea } from '../vision/geometry/plane.js';
import type { Quad } from '../vision/types.js';
import { type Camera, cornersInPhoto, type Placement, rectangleFromPhoto } from './camera.js';
import type { Canvas } from './canvas.js';
import { type PaintFunction, smoothstep } from './colour.js';
import { blendPixel, type Layer, multiplyPixel, type Row } from './row.js';

/** A thin thing that lies on the desk: a card, a sheet, a coin. Coordinates are its own, from its top-left corner. */
export interface FlatObject {
  readonly placement: Placement;
  /** Distance from the outline, in millimetres, negative inside. */
  readonly distance: (x: number, y: number) => number;
  readonly face: PaintFunction;
  /** Millimetres; decides how far its shadow reaches. */
  readonly thickness: number;
  /** 1 unless given. */
  readonly opacity?: number | undefined;
  readonly glare?: Glare | undefined;
}

/** A lamp mirrored in a glossy face. */
export interface Glare {
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
  /** 1 burns out to white. */
  readonly strength: number;
}

/** Where shadows fall on the desk: a unit vector, and how dark they are, 0 to 1. */
export interface Shading {
  readonly shadowX: number;
  readonly shadowY: number;
  readonly depth: number;
}

export function roundedBox(width: number, height: number, radius: number): FlatObject['distance'] {
  const halfWidth = width / 2 - radius;
  const halfHeight = height / 2 - radius;
  return (x, y) => {
    const dx = Math.abs(x - width / 2) - halfWidth;
    const dy = Math.abs(y - height / 2) - halfHeight;
    if (dx <= 0 || dy <= 0) return Math.max(dx, dy) - radius;
    return Math.sqrt(dx * dx + dy * dy) - radius;
  };
}

/** A canvas as paint; beyond its border the border's colours go on. */
export function canvasFace(canvas: Canvas): PaintFunction {
  const { data, columns, rows, scale } = canvas;
  return (x, y, out) => {
    const u = Math.min(columns - 1, Math.max(0, x * scale - 0.5));
    const v = Math.min(rows - 1, Math.max(0, y * scale - 0.5));
    const column = Math.min(columns - 2, Math.floor(u));
    const row = Math.min(rows - 2, Math.floor(v));
    const fx = u - column;
    const fy = v - row;
    const index = (row * columns + column) * 3;
    const below = index + columns * 3;
    for (let channel = 0; channel < 3; channel++) {
      const i = index + channel;
      const j = below + channel;
      const top = data[i]! + (data[i + 3]! - data[i]!) * fx;
      out[channel] = top + (data[j]! + (data[j + 3]! - data[j]!) * fx - top) * fy;
    }
  };
}

/** How bright the cut edge of a thing shows towards the lamp, how dark away from it. */
const rimWidth = 0.45;
const rimStrength = 0.16;
const contactWidth = 0.9;

export function flatLayer(camera: Camera, object: FlatObject, shading: Shading): Layer {
  const map = rectangleFromPhoto(camera, object.placement);
  return map === null ? { paintRow: () => {} } : layerOf(camera, object, shading, map);
}

function layerOf(camera: Camera, object: FlatObject, shading: Shading, map: Homography): Layer {
  const { placement, distance, face, glare, opacity = 1 } = object;
  const quad = cornersInPhoto(camera, placement);
  const pixel = Math.sqrt((placement.width * placement.height) / signedArea(quad));
  const reach = 0.6 + object.thickness * 2.2;
  const box = boundsOf(quad, camera, (2 * reach + 2) / pixel);
  const turn = (placement.rotation * Math.PI) / 180;
  const shiftX = (shading.shadowX * Math.cos(turn) + shading.shadowY * Math.sin(turn)) * reach * 0.55;
  const shiftY = (shading.shadowY * Math.cos(turn) - shading.shadowX * Math.sin(turn)) * reach * 0.55;
  const front = Math.sign(wAt(quad));
  const colour = new Float32Array(3);

  function wAt(corners: Quad): number {
    const x = corners.reduce((sum, corner) => sum + corner[0], 0) / 4;
    const y = corners.reduce((sum, corner) => sum + corner[1], 0) / 4;
    return map[6] * x + map[7] * y + map[8];
  }

  function paintRow(row: Row): void {
    if (row.y < box.top || row.y > box.bottom) return;
    for (let x = box.left; x <= box.right; x++) {
      const w = map[6] * x + map[7] * row.y + map[8];
      if (w * front <= 0) continue;
      const u = (map[0] * x + map[1] * row.y + map[2]) / w;
      const v = (map[3] * x + map[4] * row.y + map[5]) / w;
      paintPixel(row, x, u, v);
    }
  }

  function paintPixel(row: Row, x: number, u: number, v: number): void {
    const d = distance(u, v);
    if (d > 2 * reach) return;
    const coverage = Math.min(1, Math.max(0, 0.5 - d / pixel));
    if (coverage < 1) {
      const cast = smoothstep(reach * 0.7, -reach * 0.5, distance(u - shiftX, v - shiftY));
      const contact = 0.4 * smoothstep(contactWidth, 0, d);
      multiplyPixel(row, x, 1 - shading.depth * opacity * Math.max(cast, contact));
    }
    if (coverage === 0) return;
    face(u, v, colour);
    lightRim(u, v, d);
    if (glare !== undefined) addGlare(colour, glare, u, v);
    blendPixel(row, x, colour, coverage * opacity);
  }

  function lightRim(u: number, v: number, d: number): void {
    if (d < -rimWidth) return;
    const slopeX = distance(u + 0.05, v) - d;
    const slopeY = distance(u, v + 0.05) - d;
    const facing = -(slopeX * shiftX + slopeY * shiftY) / (0.05 * reach * 0.55);
    const factor = 1 + rimStrength * facing * (1 + d / rimWidth);
    for (let channel = 0; channel < 3; channel++) colour[channel]! *= factor;
  }

  return { paintRow };
}

function addGlare(colour: Float32Array, glare: Glare, u: number, v: number): void {
  const dx = (u - glare.x) / glare.radiusX;
  const dy = (v - glare.y) / glare.radiusY;
  const veil = glare.strength * Math.exp(-(dx * dx + dy * dy)) * 255;
  for (let channel = 0; channel < 3; channel++) colour[channel]! += veil;
}

function boundsOf(quad: Quad, camera: Camera, margin: number) {
  const xs = quad.map(([x]) => x);
  const ys = quad.map(([, y]) => y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs) - margin)),
    right: Math.min(camera.width - 1, Math.ceil(Math.max(...xs) + margin)),
    top: Math.max(0, Math.floor(Math.min(...ys) - margin)),
    bottom: Math.min(camera.height - 1, Math.ceil(Math.max(...ys) + margin)),
  };
}
