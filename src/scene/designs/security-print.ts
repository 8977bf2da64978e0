import type { Random } from '../../random.js';
import type { Point } from '../../vision/types.js';
import type { Canvas } from '../canvas.js';
import { hsl, type PaintFunction, type Rgb } from '../colour.js';
import { fillEllipse, fillPolygon, fillRect, fillRoundedRect } from '../fill.js';
import { createNoise, layerNoise } from '../noise.js';
import { strokeLines } from '../stroke.js';
import type { Box } from './types.js';

/** Two tints that lie over each other in soft clouds or from side to side, as rainbow printing leaves them. */
export function tint(random: Random, from: Rgb, to: Rgb, reach: number): PaintFunction {
  const angle = random.uniform(0, 6.3);
  const [dx, dy] = [Math.cos(angle) / reach, Math.sin(angle) / reach];
  const cycles = random.pick([0.5, 1, 1, 1.5, 2]);
  const clouds = layerNoise(createNoise(random), 2);
  const cloudy = random.chance(0.3) ? random.uniform(0.5, 2) : 0;
  return (x, y, out) => {
    const t =
      0.5 -
      0.5 *
        Math.cos(
          Math.PI * cycles * 2 * (x * dx + y * dy) + cloudy * 6 * clouds((x * 4) / reach, (y * 4) / reach),
        );
    for (let channel = 0; channel < 3; channel++)
      out[channel] = from[channel]! + (to[channel]! - from[channel]!) * t;
  };
}

/** Fields of fine parallel waves, drawn as a raster over the whole box: cheap, and as dense as real guilloche. */
export function drawWaves(canvas: Canvas, random: Random, box: Box, paint: Rgb, opacity: number): void {
  const pitch = random.uniform(0.7, 2.2);
  const angle = random.uniform(0, Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [swing, length] = [random.uniform(0.5, 6), random.uniform(6, 40)];
  const [second, secondLength] = [random.uniform(0, 3), random.uniform(4, 15)];
  const radial = random.chance(0.35) ? random.uniform(0.3, 1) : 0;
  const [cx, cy] = [box.x + random.uniform(0, box.width), box.y + random.uniform(0, box.height)];
  // A line that is finer than a pixel would flicker: it is drawn as broad as one, and fainter.
  const sharpness = Math.min(1, (pitch * canvas.scale) / 6);
  const columns = Math.max(1, Math.round(box.width * canvas.scale));
  const rows = Math.max(1, Math.round(box.height * canvas.scale));
  const [left, top] = [Math.round(box.x * canvas.scale), Math.round(box.y * canvas.scale)];
  const { data } = canvas;
  for (let row = Math.max(0, top); row < Math.min(canvas.rows, top + rows); row++)
    for (let column = Math.max(0, left); column < Math.min(canvas.columns, left + columns); column++) {
      const x = column / canvas.scale;
      const y = row / canvas.scale;
      const along = x * cos + y * sin;
      const across = y * cos - x * sin;
      const circle = radial === 0 ? 0 : radial * Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy));
      const bend =
        swing * Math.sin(along / length) + second * Math.sin(along / secondLength + across / length);
      const wave = 0.5 + 0.5 * Math.sin(((across + bend + circle) * 2 * Math.PI) / pitch);
      const alpha = opacity * sharpness * wave * wave * wave;
      const index = (row * canvas.columns + column) * 3;
      for (let channel = 0; channel < 3; channel++)
        data[index + channel]! += (paint[channel]! - data[index + channel]!) * alpha;
    }
}

/** A foil that mirrors all colours, over part of the face. */
export function drawHologram(canvas: Canvas, random: Random, x: number, y: number, size: number): void {
  const hue = random.uniform(0, 360);
  const turn = random.uniform(20, 90);
  const slope = random.uniform(-1, 1);
  const foil: PaintFunction = (px, py, out) => {
    const shift = hue + (turn * (px - x + slope * (py - y))) / size + 14 * Math.sin((px + py) * 2.1);
    const colour = hsl(shift, 0.75, 0.68);
    for (let channel = 0; channel < 3; channel++) out[channel] = colour[channel]!;
  };
  const opacity = random.uniform(0.15, 0.55);
  const shape = random.int(0, 3);
  if (shape === 0) fillEllipse(canvas, x, y, size, size * random.uniform(0.7, 1), foil, opacity);
  else if (shape === 1)
    fillRoundedRect(canvas, x - size, y - size * 0.7, size * 2, size * 1.4, size * 0.2, foil, opacity);
  else if (shape === 2) fillRect(canvas, x - size * 0.35, 0, size * 0.7, canvas.height, foil, opacity * 0.8);
  else fillPolygon(canvas, [star(random, x, y, size)], foil, opacity);
}

function star(random: Random, x: number, y: number, size: number): Point[] {
  const points = random.int(5, 12);
  return Array.from({ length: points * 2 }, (_, i): Point => {
    const angle = (i / points) * Math.PI;
    const r = i % 2 === 0 ? size : size * 0.6;
    return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
  });
}

/** The outline of a land that is on no map, filled. */
export function drawLand(
  canvas: Canvas,
  random: Random,
  x: number,
  y: number,
  size: number,
  paint: Rgb,
  opacity: number,
): void {
  const radii = Array.from({ length: 24 }, () => random.uniform(0.55, 1));
  const outline = radii.map((r, i): Point => {
    const angle = (i / radii.length) * 2 * Math.PI;
    return [x + size * 1.3 * r * Math.cos(angle), y + size * r * Math.sin(angle)];
  });
  fillPolygon(canvas, [outline], paint, opacity);
}

/** A flag of no country: two or three bars, sometimes with a disc. */
export function drawFlag(canvas: Canvas, random: Random, { x, y, width, height }: Box): void {
  const bars = random.int(2, 3);
  const upright = random.chance(0.5);
  for (let bar = 0; bar < bars; bar++) {
    const colour = hsl(random.uniform(0, 360), random.uniform(0.5, 0.95), random.pick([0.3, 0.45, 0.9]));
    if (upright) fillRect(canvas, x + (bar * width) / bars, y, width / bars, height, colour);
    else fillRect(canvas, x, y + (bar * height) / bars, width, height / bars, colour);
  }
  if (random.chance(0.4))
    fillEllipse(
      canvas,
      x + width / 2,
      y + height / 2,
      height * 0.25,
      height * 0.25,
      hsl(random.uniform(0, 360), 0.8, 0.5),
    );
}

/** A name written by hand, in no letters. */
export function drawSignature(
  canvas: Canvas,
  random: Random,
  x: number,
  y: number,
  width: number,
  paint: Rgb,
): void {
  const size = width * random.uniform(0.12, 0.22);
  let pen = x;
  const line: Point[] = [];
  for (let i = 0; pen < x + width; i++) {
    const rise = i === 0 ? size * 1.6 : size * random.pick([0.4, 0.5, 1.2, 0.3]);
    line.push(
      [pen, y],
      [pen + size * 0.2, y - rise],
      [pen + size * 0.32, y - rise * 0.6],
      [pen + size * 0.25, y + random.uniform(0, 0.5) * size],
    );
    pen += size * random.uniform(0.3, 0.6);
  }
  strokeLines(
    canvas,
    [
      line,
      [
        [x - size * 0.3, y + size * 0.4],
        [x + width * 0.9, y + size * random.uniform(0.1, 0.6)],
      ],
    ],
    random.uniform(0.25, 0.5),
    paint,
    0.85,
  );
}
