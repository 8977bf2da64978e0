import type { Random } from '../../random.js';
import type { Point, Quad } from '../../vision/types.js';
import { type Canvas, createCanvas } from '../canvas.js';
import { type PaintFunction, type Rgb, white } from '../colour.js';
import { fillPolygon } from '../fill.js';
import { canvasFace } from '../flat-object.js';
import { strokeLines } from '../stroke.js';
import type { Design } from './types.js';

/** Where on a larger face a smaller one lies. */
export interface Spot {
  /** The middle, in millimetres of the larger face. */
  readonly x: number;
  readonly y: number;
  /** Degrees clockwise. */
  readonly rotation: number;
  /** How much larger than in nature. */
  readonly size: number;
  /** Of the corners, in millimetres of the smaller face. */
  readonly radius: number;
}

export function quadAt({ width, height }: Pick<Design, 'width' | 'height'>, spot: Spot): Quad {
  const place = placer(width, height, spot);
  return [place([0, 0]), place([width, 0]), place([width, height]), place([0, height])];
}

function placer(width: number, height: number, { x, y, rotation, size }: Spot): (point: Point) => Point {
  const cos = size * Math.cos((rotation * Math.PI) / 180);
  const sin = size * Math.sin((rotation * Math.PI) / 180);
  return ([u, v]) => {
    const [dx, dy] = [u - width / 2, v - height / 2];
    return [x + dx * cos - dy * sin, y + dx * sin + dy * cos];
  };
}

/** Draws a face and lays it on another. */
export function pasteFace(canvas: Canvas, design: Design, random: Random, spot: Spot): void {
  const part = createCanvas(design.width, design.height, canvas.scale * spot.size, white);
  design.draw(part, random);
  const { width, height } = design;
  const sample = canvasFace(part);
  const cos = Math.cos((spot.rotation * Math.PI) / 180) / spot.size;
  const sin = Math.sin((spot.rotation * Math.PI) / 180) / spot.size;
  const paint: PaintFunction = (x, y, out) => {
    const [dx, dy] = [x - spot.x, y - spot.y];
    sample(dx * cos + dy * sin + width / 2, dy * cos - dx * sin + height / 2, out);
  };
  fillPolygon(canvas, [outlineAt(design, spot)], paint);
}

/** The outline with its round corners. */
function outlineAt({ width, height }: Pick<Design, 'width' | 'height'>, spot: Spot): Point[] {
  const place = placer(width, height, spot);
  const r = spot.radius;
  const corner = (x: number, y: number, start: number) =>
    Array.from({ length: 7 }, (_, i): Point => {
      const angle = start + (i / 6) * (Math.PI / 2);
      return place([x + r * Math.cos(angle), y + r * Math.sin(angle)]);
    });
  return [
    ...corner(width - r, r, -Math.PI / 2),
    ...corner(width - r, height - r, 0),
    ...corner(r, height - r, Math.PI / 2),
    ...corner(r, r, Math.PI),
  ];
}

/** The shadow of something that lies on the face: to be drawn before it. */
export function drawShadowOf(
  canvas: Canvas,
  random: Random,
  design: Pick<Design, 'width' | 'height'>,
  spot: Spot,
): void {
  const angle = random.uniform(0, 6.3);
  const reach = random.uniform(0.4, 2.5) * spot.size;
  const depth = random.uniform(0.1, 0.6);
  const steps = 5;
  for (let i = 1; i <= steps; i++) {
    const moved = {
      ...spot,
      x: spot.x + (Math.cos(angle) * reach * i) / steps,
      y: spot.y + (Math.sin(angle) * reach * i) / steps,
    };
    fillPolygon(canvas, [outlineAt(design, moved)], [20, 18, 18], depth / steps);
  }
}

export function strokeOutline(
  canvas: Canvas,
  design: Pick<Design, 'width' | 'height'>,
  spot: Spot,
  width: number,
  paint: Rgb,
  opacity = 1,
): void {
  const outline = outlineAt(design, spot);
  strokeLines(canvas, [[...outline, outline[0]!]], width, paint, opacity);
}
