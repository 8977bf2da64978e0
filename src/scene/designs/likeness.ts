import type { Random } from '../../random.js';
import type { Point } from '../../vision/types.js';
import type { Canvas } from '../canvas.js';
import { hsl, type PaintFunction, type Rgb, vary } from '../colour.js';
import { fillEllipse, fillPolygon, fillRect } from '../fill.js';
import { createNoise, type Noise } from '../noise.js';
import { strokeLines } from '../stroke.js';
import type { Box } from './types.js';

const skins: readonly Rgb[] = [
  [240, 208, 186],
  [226, 184, 152],
  [198, 148, 112],
  [150, 104, 76],
  [98, 66, 52],
];

const hairs: readonly Rgb[] = [
  [32, 26, 24],
  [66, 46, 34],
  [120, 82, 50],
  [186, 150, 100],
  [160, 156, 152],
  [122, 58, 34],
];

const styles = ['short', 'long', 'bald', 'covered', 'beard', 'short', 'long'] as const;

/** How somebody wears their hair. */
export type HairStyle = (typeof styles)[number];

/** Head and shoulders with light, hair and a face, as a passport photo shows them: nobody's. */
export function drawLikeness(
  canvas: Canvas,
  random: Random,
  box: Box,
  opacity = 1,
  choice: readonly HairStyle[] = styles,
): void {
  const { x, y, width, height } = box;
  const noise = createNoise(random.fork('noise'));
  const skin = vary(random.pick(skins), random, 10);
  const hair = vary(random.pick(hairs), random, 10);
  const clothes = hsl(random.uniform(0, 360), random.uniform(0, 0.6), random.uniform(0.1, 0.75));
  const backdrop = hsl(random.uniform(160, 260), random.uniform(0, 0.3), random.uniform(0.6, 0.97));
  const size = random.uniform(0.88, 1.12);
  const head: Head = {
    x: x + width * random.uniform(0.46, 0.54),
    y: y + height * random.uniform(0.4, 0.47),
    radiusX: width * 0.225 * size * random.uniform(0.92, 1.08),
    radiusY: height * 0.225 * size,
    light: random.pick([-1, 1]) * random.uniform(0.05, 0.35),
  };
  const tools: Tools = { canvas, box, head, noise, opacity };
  fillRect(canvas, x, y, width, height, shade(backdrop, noise, width, 0.05), opacity);
  const style = random.pick(choice);
  const veil = hsl(random.uniform(0, 360), random.uniform(0, 0.5), random.uniform(0.1, 0.85));
  if (style === 'long') blob(tools, 0, 0.35, 1.42, 1.65, shade(hair, noise, width, 0.4));
  if (style === 'covered') blob(tools, 0, 0.3, 1.5, 1.6, shade(veil, noise, width, 0.2));
  drawShoulders(tools, shade(clothes, noise, width, 0.25));
  fillRect(
    canvas,
    head.x - head.radiusX * 0.45,
    head.y + head.radiusY * 0.6,
    head.radiusX * 0.9,
    head.radiusY * 0.85,
    lit(skin, head, noise, 0.78),
    opacity,
  );
  if (style !== 'bald' && style !== 'covered')
    blob(tools, 0, -0.25, 1.12, 0.95, shade(hair, noise, width, 0.4));
  blob(tools, 0, 0, 1, 1, lit(skin, head, noise, 1));
  if (style === 'short' || style === 'long' || style === 'beard') drawFringe(tools, random, hair);
  if (style === 'beard') blob(tools, 0, 0.66, 0.72, 0.36, shade(hair, noise, width, 0.4));
  drawFeatures(tools, random, skin, hair);
}

interface Head {
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
  /** Which side the lamp stands, and how strong it is. */
  readonly light: number;
}

interface Tools {
  readonly canvas: Canvas;
  readonly box: Box;
  readonly head: Head;
  readonly noise: Noise;
  readonly opacity: number;
}

/** An ellipse in parts of the head, cut off at the picture's border. */
function blob(
  tools: Tools,
  dx: number,
  dy: number,
  rx: number,
  ry: number,
  paint: PaintFunction | Rgb,
): void {
  const { canvas, box, head, opacity } = tools;
  const outline = Array.from({ length: 40 }, (_, i): Point => {
    const angle = (i / 40) * 2 * Math.PI;
    return within(box, [
      head.x + head.radiusX * (dx + rx * Math.cos(angle)),
      head.y + head.radiusY * (dy + ry * Math.sin(angle)),
    ]);
  });
  fillPolygon(canvas, [outline], paint, opacity);
}

function within({ x, y, width, height }: Box, [px, py]: Point): Point {
  return [Math.min(x + width, Math.max(x, px)), Math.min(y + height, Math.max(y, py))];
}

function shade(colour: Rgb, noise: Noise, width: number, depth: number): PaintFunction {
  const grain = 26 / width;
  return (x, y, out) => {
    const light = 1 + depth * (noise(x * grain, y * grain * 0.4) - 0.5) * 2;
    for (let channel = 0; channel < 3; channel++) out[channel] = colour[channel]! * light;
  };
}

function lit(
  colour: Rgb,
  { x: middle, y: centre, radiusX, radiusY, light }: Head,
  noise: Noise,
  level: number,
): PaintFunction {
  return (x, y, out) => {
    const dx = (x - middle) / radiusX;
    const dy = (y - centre) / radiusY;
    const fall =
      level * (1.04 - 0.18 * (dx * dx + dy * dy) + light * dx * 0.5) + 0.04 * (noise(x * 9, y * 9) - 0.5);
    for (let channel = 0; channel < 3; channel++) out[channel] = colour[channel]! * fall;
  };
}

function drawShoulders({ canvas, box, head, opacity }: Tools, paint: PaintFunction): void {
  const top = head.y + head.radiusY * 1.25;
  const { x, y, width, height } = box;
  const outline = Array.from({ length: 21 }, (_, i): Point => {
    const t = i / 10 - 1;
    return within(box, [x + ((t + 1) / 2) * width, top + (y + height - top) * 0.9 * Math.abs(t) ** 2.4]);
  });
  fillPolygon(canvas, [[...outline, [x + width, y + height], [x, y + height]]], paint, opacity);
}

function drawFringe(tools: Tools, random: Random, hair: Rgb): void {
  const { canvas, box, head, noise, opacity } = tools;
  const depth = random.uniform(0.25, 0.55);
  const parting = random.uniform(-0.6, 0.6);
  const arc = Array.from({ length: 21 }, (_, i): Point => {
    const angle = Math.PI + (i / 20) * Math.PI;
    return within(box, [
      head.x + head.radiusX * 1.06 * Math.cos(angle),
      head.y + head.radiusY * (-0.1 + 1.02 * Math.sin(angle)),
    ]);
  });
  const line = Array.from({ length: 9 }, (_, i): Point => {
    const t = 1 - i / 4;
    return within(box, [
      head.x + head.radiusX * t * 0.94,
      head.y - head.radiusY * (1 - depth - 0.35 * Math.abs(t - parting) ** 1.5 * 0.4 + 0.1),
    ]);
  });
  fillPolygon(canvas, [[...arc, ...line]], shade(hair, noise, box.width, 0.4), opacity);
}

function drawFeatures({ canvas, head, opacity }: Tools, random: Random, skin: Rgb, hair: Rgb): void {
  const { x, y, radiusX: rx, radiusY: ry } = head;
  const dark: Rgb = [skin[0] * 0.25, skin[1] * 0.22, skin[2] * 0.24];
  const shadow: Rgb = [skin[0] * 0.7, skin[1] * 0.62, skin[2] * 0.6];
  const spread = random.uniform(0.38, 0.46);
  const at = (dx: number, dy: number): Point => [x + dx * rx, y + dy * ry];
  for (const side of [-1, 1]) {
    const [ex, ey] = at(side * spread, -0.08);
    fillEllipse(canvas, ex, ey, rx * 0.17, ry * 0.075, [236, 232, 228], opacity);
    fillEllipse(canvas, ex, ey, rx * 0.085, ry * 0.075, dark, opacity);
    strokeLines(
      canvas,
      [[at(side * (spread - 0.2), -0.24), at(side * spread, -0.3), at(side * (spread + 0.2), -0.22)]],
      ry * 0.07,
      [hair[0] * 0.7, hair[1] * 0.7, hair[2] * 0.7],
      opacity * 0.9,
    );
  }
  strokeLines(canvas, [[at(0.04, -0.02), at(0.1, 0.26), at(-0.05, 0.3)]], rx * 0.07, shadow, opacity * 0.8);
  const smile = random.uniform(-0.03, 0.06);
  strokeLines(
    canvas,
    [[at(-0.27, 0.53 - smile), at(0, 0.56), at(0.27, 0.53 - smile)]],
    ry * 0.08,
    [Math.min(255, skin[0] * 0.78), skin[1] * 0.5, skin[2] * 0.5],
    opacity,
  );
  if (random.chance(0.2)) drawGlasses();

  function drawGlasses(): void {
    const rings = [-1, 1].map((side) =>
      Array.from({ length: 17 }, (_, i): Point => {
        const angle = (i / 16) * 2 * Math.PI;
        return at(side * spread + 0.28 * Math.cos(angle), -0.06 + 0.17 * Math.sin(angle));
      }),
    );
    strokeLines(canvas, [...rings, [at(-0.14, -0.08), at(0.14, -0.08)]], rx * 0.05, [30, 28, 30], opacity);
  }
}
