import type { Random } from '../../random.js';
import { type Canvas, createCanvas } from '../canvas.js';
import { hsl, ink, mix, type PaintFunction, type Rgb, vary } from '../colour.js';
import { fillRect, fillRoundedRect } from '../fill.js';
import { drawText } from '../text.js';
import { drawParagraph } from '../words.js';
import type { Background } from './types.js';

/** Finer than this is not worth drawing: print melts into grey. */
const scaleFor = (pixel: number) => Math.min(8, Math.max(1.5, 1 / pixel));

/** A page of running text that goes on beyond the frame. */
export const textPage: Background = (random, pixel) => {
  const paper = vary([240, 238, 230], random, 10);
  const page = createCanvas(210, 210, scaleFor(pixel), paper);
  const size = random.uniform(1.6, 2.8);
  const columns = random.pick([1, 1, 2]);
  const width = 190 / columns;
  for (let column = 0; column < columns; column++) {
    let y = 6;
    while (y < 206) {
      if (random.chance(0.25))
        drawText(page, heading(random), 10 + column * width, y + 2, headingStyle(size));
      y += size * 3;
      const lines = random.int(4, 12);
      drawParagraph(page, random, { x: 10 + column * width, y, width: width - 10, lines, size, paint: ink });
      y += lines * size * 2 + size * 2;
    }
  }
  return repeat(page);
};

/** Columns, headlines and grey boxes where pictures would be. */
export const newspaper: Background = (random, pixel) => {
  const paper = vary([222, 216, 202], random, 10);
  const page = createCanvas(240, 240, scaleFor(pixel), paper);
  for (let column = 0; column < 4; column++) {
    const x = 4 + column * 59;
    let y = random.uniform(0, 10);
    while (y < 236) {
      drawText(page, heading(random), x, y + 6, headingStyle(2.4));
      const lines = random.int(6, 22);
      drawParagraph(page, random, { x, y: y + 11, width: 53, lines, size: 1.5, paint: [52, 50, 50] });
      y += 14 + lines * 3;
      if (random.chance(0.4)) {
        fillRect(page, x, y, 53, 24, vary([120, 120, 118], random, 50));
        y += 28;
      }
    }
  }
  return repeat(page);
};

/** The middle of a keyboard, without its rim. */
export const keyboard: Background = (random, pixel) => {
  const dark = random.chance(0.6);
  const board: Rgb = vary(dark ? [30, 31, 34] : [188, 190, 194], random, 10);
  const key: Rgb = vary(dark ? [54, 55, 60] : [238, 238, 240], random, 10);
  const label: Rgb = dark ? [220, 220, 222] : [70, 70, 76];
  const canvas = createCanvas(19 * 10, 19 * 5, scaleFor(pixel), board);
  const letters = 'QWERTYUIOPASDFGHJKLZXCVBNM1234567890,./-+:<>()';
  for (let row = 0; row < 5; row++)
    for (let column = 0; column < 10; column++) drawKey(canvas, column * 19, row * 19);
  return repeat(canvas);
  function drawKey(target: Canvas, x: number, y: number): void {
    fillRoundedRect(target, x + 1.2, y + 1.2, 16.8, 16.8, 2, mix(key, board, 0.4));
    fillRoundedRect(target, x + 2.2, y + 1.6, 14.8, 14.6, 2, key);
    drawText(target, random.pick([...letters]), x + 4.4, y + 7.4, { size: 3.6, paint: label });
  }
};

/** Wrapping paper or a printed cloth: one small motif again and again. */
export const printedPattern: Background = (random, pixel) => {
  const ground = hsl(random.uniform(0, 360), random.uniform(0.1, 0.6), random.uniform(0.25, 0.85));
  const motif = hsl(random.uniform(0, 360), random.uniform(0.2, 0.8), random.uniform(0.2, 0.9));
  const canvas = createCanvas(120, 120, scaleFor(pixel), ground);
  const size = random.uniform(3, 10);
  const step = 120 / random.int(4, 9);
  for (let row = 0; row * step < 120; row++)
    for (let column = 0; column * step < 120; column++) {
      const x = (column + (row % 2) * 0.5 + 0.25) * step;
      fillRoundedRect(canvas, x % 120, (row + 0.25) * step, size, size, size / 2.01, motif, 0.9);
    }
  return repeat(canvas);
};

function heading(random: Random): string {
  return random.pick([
    'The morning after',
    'Notes on tides',
    'A longer road',
    'Harbour works',
    'Chapter nine',
  ]);
}

function headingStyle(size: number) {
  return { size: size * 1.7, paint: ink, weight: 0.2 };
}

/** Lays the canvas side by side without end. */
function repeat(canvas: Canvas): PaintFunction {
  const { data, columns, rows, scale } = canvas;
  return (x, y, out) => {
    const u = x * scale - 0.5;
    const v = y * scale - 0.5;
    const column = Math.floor(u);
    const row = Math.floor(v);
    const fx = u - column;
    const fy = v - row;
    const left = wrap(column, columns) * 3;
    const right = wrap(column + 1, columns) * 3;
    const upper = wrap(row, rows) * columns * 3;
    const lower = wrap(row + 1, rows) * columns * 3;
    for (let channel = 0; channel < 3; channel++) {
      const top = data[upper + left + channel]! * (1 - fx) + data[upper + right + channel]! * fx;
      const bottom = data[lower + left + channel]! * (1 - fx) + data[lower + right + channel]! * fx;
      out[channel] = top * (1 - fy) + bottom * fy;
    }
  };
}

function wrap(value: number, size: number): number {
  return ((value % size) + size) % size;
}
