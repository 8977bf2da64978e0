import type { Point } from '../vision/types.js';
import type { Canvas } from './canvas.js';
import type { Paint } from './colour.js';
import { glyphs } from './glyphs.js';
import { strokeLines } from './stroke.js';

export interface TextStyle {
  /** Height of a capital letter, in millimetres. */
  readonly size: number;
  readonly paint: Paint;
  /** Thickness of a stroke in parts of the size. */
  readonly weight?: number;
  /** Every letter as wide as the others. */
  readonly monospaced?: boolean;
}

const capHeight = 6;
const baseLine = 2;
const gap = 1.5;
const monospacedAdvance = 5.2;

interface Glyph {
  readonly strokes: readonly (readonly Point[])[];
  readonly width: number;
}

const font = new Map(Object.entries(glyphs).map(([character, strokes]) => [character, parseGlyph(strokes)]));

function parseGlyph(text: string): Glyph {
  const strokes = text
    .split(';')
    .filter((stroke) => stroke !== '')
    .map((stroke) =>
      stroke.split(' ').map((digits): Point => [Number(digits[0]), Number(digits[1]) - baseLine]),
    );
  const width = text === '' ? 2 : Math.max(...strokes.flat().map(([x]) => x));
  return { strokes, width };
}

/** Writes one line, `x` and `y` (base line) in millimetres; characters that the font lacks become spaces. Returns its end. */
export function drawText(canvas: Canvas, text: string, x: number, y: number, style: TextStyle): number {
  const { size, paint, weight = 0.13, monospaced = false } = style;
  const unit = size / capHeight;
  let pen = x;
  for (const character of text) {
    const glyph = font.get(character) ?? font.get(' ')!;
    if (glyph.strokes.length > 0) {
      const lines = glyph.strokes.map((stroke) =>
        stroke.map(([dx, dy]): Point => [pen + dx * unit, y - dy * unit]),
      );
      strokeLines(canvas, lines, size * weight, paint);
    }
    pen += (monospaced ? monospacedAdvance : glyph.width + gap) * unit;
  }
  return pen;
}

/** The width of a line in millimetres. */
export function measureText(text: string, style: TextStyle): number {
  const advance = (character: string) =>
    style.monospaced ? monospacedAdvance : (font.get(character) ?? font.get(' ')!).width + gap;
  const units = [...text].reduce((sum, character) => sum + advance(character), 0);
  return (units * style.size) / capHeight;
}
