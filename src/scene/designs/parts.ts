import type { Random } from '../../random.js';
import type { Point } from '../../vision/types.js';
import type { Canvas } from '../canvas.js';
import { hsl, ink, mix, mixInto, type Paint, type PaintFunction, type Rgb } from '../colour.js';
import { fillEllipse, fillPolygon, fillRect, fillRoundedRect } from '../fill.js';
import { strokeLines } from '../stroke.js';
import { drawText, measureText } from '../text.js';

/** From one colour to another across the card, at an angle in degrees. */
export function blend(from: Rgb, to: Rgb, angle: number, reach: number): PaintFunction {
  const dx = Math.cos((angle * Math.PI) / 180) / reach;
  const dy = Math.sin((angle * Math.PI) / 180) / reach;
  return (x, y, out) => mixInto(out, from, to, Math.min(1, Math.max(0, x * dx + y * dy)));
}

/** The fine interlaced curves of security print. */
export function drawGuilloche(canvas: Canvas, random: Random, paint: Paint, opacity: number): void {
  const { width, height } = canvas;
  const waves = random.uniform(1.5, 4);
  const phase = random.uniform(0, 6.3);
  const swing = height * random.uniform(0.08, 0.22);
  const count = random.int(14, 26);
  const lines = Array.from({ length: count }, (_, i) =>
    Array.from({ length: 81 }, (_, step): Point => {
      const t = step / 80;
      const bend = Math.sin(t * waves * 6.283 + phase + i * 0.19) + 0.4 * Math.sin(t * waves * 15 - i * 0.3);
      return [t * width, ((i + 0.5) / count) * height * 1.1 - height * 0.05 + swing * bend];
    }),
  );
  strokeLines(canvas, lines, 0.16, paint, opacity);
}

/** A rosette: a circle whose radius swings, several times over. */
export function drawRosette(
  canvas: Canvas,
  x: number,
  y: number,
  radius: number,
  paint: Paint,
  opacity: number,
): void {
  const lines = Array.from({ length: 7 }, (_, i) =>
    Array.from({ length: 97 }, (_, step): Point => {
      const angle = (step / 96) * 2 * Math.PI;
      const r = radius * (0.68 + 0.3 * Math.sin(8 * angle + i * 0.9));
      return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
    }),
  );
  strokeLines(canvas, lines, 0.14, paint, opacity);
}

const complexions: readonly { readonly skin: Rgb; readonly hair: readonly Rgb[] }[] = [
  {
    skin: [238, 204, 180],
    hair: [
      [60, 42, 32],
      [150, 148, 146],
      [186, 140, 80],
    ],
  },
  {
    skin: [214, 170, 136],
    hair: [
      [36, 28, 26],
      [96, 62, 38],
    ],
  },
  {
    skin: [176, 124, 88],
    hair: [
      [30, 24, 24],
      [70, 46, 32],
    ],
  },
  {
    skin: [128, 88, 62],
    hair: [
      [26, 22, 22],
      [120, 118, 116],
    ],
  },
  { skin: [92, 62, 48], hair: [[22, 20, 22]] },
];

/** Head and shoulders in the manner of a paper cut: nobody's face. */
export function drawPortrait(
  canvas: Canvas,
  random: Random,
  box: { x: number; y: number; width: number; height: number },
  grey = false,
): void {
  const { x, y, width, height } = box;
  const tone = (colour: Rgb): Rgb => (grey ? greyOf(colour) : colour);
  const backdrop = hsl(random.uniform(180, 240), random.uniform(0.03, 0.25), random.uniform(0.72, 0.9));
  const complexion = random.pick(complexions);
  const skin = tone(complexion.skin);
  const hair = tone(random.pick(complexion.hair));
  const clothes = tone(hsl(random.uniform(0, 360), 0.35, random.uniform(0.15, 0.5)));
  const middle = x + width / 2;
  fillRect(canvas, x, y, width, height, tone(backdrop));
  const long = random.chance(0.5);
  if (long) fillEllipse(canvas, middle, y + height * 0.5, width * 0.33, height * 0.34, hair);
  fillPolygon(canvas, [shoulders(x, y, width, height)], clothes);
  fillRect(canvas, middle - width * 0.1, y + height * 0.58, width * 0.2, height * 0.17, mix(skin, ink, 0.15));
  fillEllipse(canvas, middle, y + height * 0.42, width * 0.23, height * 0.25, skin);
  const fringe = halfEllipse(middle, y + height * 0.36, width * 0.25, height * 0.23);
  fillPolygon(canvas, [fringe], hair);
}

function shoulders(x: number, y: number, width: number, height: number): Point[] {
  const outline = Array.from({ length: 21 }, (_, i): Point => {
    const t = i / 20;
    return [x + t * width, y + height * (0.72 + 0.2 * (2 * t - 1) ** 4)];
  });
  return [...outline, [x + width, y + height], [x, y + height]];
}

function halfEllipse(x: number, y: number, radiusX: number, radiusY: number): Point[] {
  return Array.from({ length: 17 }, (_, i): Point => {
    const angle = Math.PI + (i / 16) * Math.PI;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });
}

function greyOf(colour: Rgb): Rgb {
  const level = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2];
  return [level, level, level];
}

/** Contacts of a chip; ISO/IEC 7816-2 puts them 10 mm from the left and 19 mm from the top. */
export function drawChip(canvas: Canvas, x: number, y: number): void {
  fillRoundedRect(canvas, x, y, 12.5, 10.5, 1.6, blend([226, 196, 120], [176, 136, 60], 40, 20));
  const line: Rgb = [120, 90, 40];
  const cut = (points: Point[]) => strokeLines(canvas, [points], 0.25, line, 0.8);
  cut([
    [x, y + 3.5],
    [x + 4, y + 3.5],
    [x + 4, y + 10.5],
  ]);
  cut([
    [x + 12.5, y + 3.5],
    [x + 8.5, y + 3.5],
    [x + 8.5, y + 10.5],
  ]);
  cut([
    [x, y + 7],
    [x + 4, y + 7],
  ]);
  cut([
    [x + 8.5, y + 7],
    [x + 12.5, y + 7],
  ]);
  cut([
    [x + 4, y + 3.5],
    [x + 8.5, y + 3.5],
  ]);
}

/** Lines of a machine-readable zone that says nothing; ICAO 9303 prints 30 characters a line on a card. */
export function drawMachineReadableZone(canvas: Canvas, random: Random, y: number, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const filled = random.int(14, 28);
    const characters = Array.from({ length: 30 }, (_, i) =>
      i < filled ? random.pick([...'ABCDEKLMNORSTV0123456789<']) : '<',
    ).join('');
    drawText(canvas, characters, 4.5, y + row * 4.6, {
      size: 2.4,
      paint: ink,
      monospaced: true,
      weight: 0.16,
    });
  }
}

export function drawBarcode(
  canvas: Canvas,
  random: Random,
  box: { x: number; y: number; width: number; height: number },
): void {
  const { x, y, width, height } = box;
  fillRect(canvas, x - 2, y - 1.5, width + 4, height + 3, [246, 246, 244]);
  for (let pen = x; pen < x + width - 1; pen += random.uniform(0.4, 1.3)) {
    const bar = random.pick([0.3, 0.3, 0.6, 0.9]);
    fillRect(canvas, pen, y, bar, height, ink);
    pen += bar;
  }
}

/** A stacked code, as printed on the back of licences. */
export function drawStackedCode(
  canvas: Canvas,
  random: Random,
  box: { x: number; y: number; width: number; height: number },
): void {
  const { x, y, width, height } = box;
  fillRect(canvas, x - 1.5, y - 1.5, width + 3, height + 3, [246, 246, 244]);
  const module = 0.42;
  for (let top = y; top < y + height - 0.5; top += module * 3)
    for (let left = x; left < x + width - module; left += module)
      if (random.chance(0.5)) fillRect(canvas, left, top, module, module * 3, ink);
}

/** A line of connected script with dots above and below, in no alphabet. */
export function drawScript(
  canvas: Canvas,
  random: Random,
  x: number,
  y: number,
  width: number,
  size: number,
  paint: Paint,
): void {
  const letters = Math.max(2, Math.round(width / size));
  const step = width / letters;
  const line: Point[] = [];
  const dots: Point[][] = [];
  for (let i = 0; i < letters; i++) {
    const [rise, lean] = [random.pick([0.12, 0.3, 0.45, 1.15]) * size, random.uniform(-0.3, 0.3) * step];
    const bowl = random.chance(0.3) ? -0.35 * size : 0;
    for (let t = 0; t < 1; t += 0.1) {
      const swell = Math.sin(t * Math.PI) ** 3;
      line.push([
        x + width - (i + t) * step + lean * swell,
        y - rise * swell - bowl * Math.sin(t * 2 * Math.PI),
      ]);
    }
    const middle = x + width - (i + 0.5) * step;
    if (random.chance(0.45)) dots.push([[middle, y + size * random.pick([0.55, -0.85])]]);
    if (random.chance(0.15)) dots.push([[middle - size * 0.3, y + size * 0.55]]);
  }
  strokeLines(canvas, [line, ...dots], size * 0.17, paint);
}

/** A small label with its value under it. */
export function drawField(
  canvas: Canvas,
  label: string,
  value: string,
  x: number,
  y: number,
  paint: Paint = ink,
): void {
  drawText(canvas, label, x, y, { size: 1.1, paint: [90, 94, 104], weight: 0.14 });
  drawText(canvas, value, x, y + 3.2, { size: 2, paint, weight: 0.17 });
}

export function drawCentred(
  canvas: Canvas,
  text: string,
  y: number,
  size: number,
  paint: Paint,
  weight = 0.18,
): void {
  const style = { size, paint, weight };
  drawText(canvas, text, (canvas.width - measureText(text, style)) / 2, y, style);
}

/** An invented emblem: a star of few points in a ring. */
export function drawEmblem(
  canvas: Canvas,
  random: Random,
  x: number,
  y: number,
  radius: number,
  paint: Paint,
): void {
  const points = random.int(4, 8);
  const star = Array.from({ length: points * 2 }, (_, i): Point => {
    const angle = (i / points) * Math.PI - Math.PI / 2;
    const r = i % 2 === 0 ? radius * 0.78 : radius * 0.34;
    return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
  });
  fillPolygon(canvas, [star], paint);
  const ring = Array.from({ length: 41 }, (_, i): Point => {
    const angle = (i / 40) * 2 * Math.PI;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
  strokeLines(canvas, [ring], radius * 0.12, paint);
}
