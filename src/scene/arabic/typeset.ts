import type { Point } from '../../vision/types.js';
import type { Canvas } from '../canvas.js';
import type { Paint } from '../colour.js';
import { fillPolygon } from '../fill.js';
import { glyphPaths, shapedRuns } from './outlines.js';

export interface SettingStyle {
  /** Millimetres of the em; Latin capitals are 0.71 of it high. */
  readonly size: number;
  readonly paint: Paint;
  /** Which end of the line lies at `x`: `right` unless given. */
  readonly align?: 'left' | 'right' | 'centre';
  /** Millimetres: a line that is longer is set smaller. */
  readonly room?: number;
  /** Millimetres between figures or letters, besides their own. */
  readonly spacing?: number;
}

type Contours = readonly (readonly Point[])[];

/** Joined letters or one character, shaped; in parts of the em, `y` upwards. */
interface Run {
  readonly glyphs: readonly { readonly contours: Contours; readonly x: number; readonly y: number }[];
  readonly width: number;
}

const em = 1000;
const wordSpace = 0.27;

let runs: ReadonlyMap<string, Run> | undefined;

/** Read when first needed: most servers never draw a card. */
function allRuns(): ReadonlyMap<string, Run> {
  runs ??= readRuns();
  return runs;
}

function readRuns(): ReadonlyMap<string, Run> {
  const paths = new Map(linesOf(glyphPaths).map(([id, path]) => [id!, flatten(path!)]));
  return new Map(
    linesOf(shapedRuns).map(([text, width, ...placed]) => [
      text!,
      {
        width: Number(width) / em,
        glyphs: placed.map((glyph) => {
          const [id, x, y] = glyph.split(',');
          return { contours: paths.get(id!)!, x: Number(x) / em, y: Number(y) / em };
        }),
      },
    ]),
  );
}

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(' '));

const stepsOfCurve = 6;

/** An outline of the font, its quadratic curves as short lines. */
function flatten(path: string): Contours {
  const contours: Point[][] = [];
  for (const [, command, list] of path.matchAll(/([MLQ])([^MLQZ]*)/g)) {
    const numbers = list!.split(/[ ,]/).map((text) => Number(text) / em);
    if (command === 'M') contours.push([]);
    const contour = contours.at(-1)!;
    if (command === 'Q') contour.push(...curve(contour.at(-1)!, numbers));
    else contour.push([numbers[0]!, numbers[1]!]);
  }
  return contours;
}

function curve([x0, y0]: Point, [x1, y1, x2, y2]: readonly number[]): Point[] {
  return Array.from({ length: stepsOfCurve }, (_, i) => {
    const t = (i + 1) / stepsOfCurve;
    const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    return [a * x0 + b * x1! + c * x2!, a * y0 + b * y1! + c * y2!];
  });
}

function runOf(text: string): Run {
  const run = allRuns().get(text);
  if (run === undefined) throw new RangeError(`${text} was not shaped: it is not in vocabulary.ts`);
  return run;
}

/** The runs of a line from left to right, and where each begins, in millimetres. */
interface Line {
  readonly runs: readonly { readonly run: Run; readonly x: number }[];
  readonly width: number;
}

const isArabicWord = (word: string) => allRuns().has(word) && word.length > 1;

/**
 * Words follow each other from the right where the line has an Arabic one; figures and Latin letters run from the left
 * within their word, as the Unicode bidirectional algorithm has it for what cards say.
 */
function layOut(text: string, { size, spacing = 0 }: Pick<SettingStyle, 'size' | 'spacing'>): Line {
  const words = text.split(' ');
  const inOrder = words.some(isArabicWord) ? words.toReversed() : words;
  const line: { run: Run; x: number }[] = [];
  let pen = 0;
  for (const word of inOrder) {
    for (const piece of isArabicWord(word) ? [word] : word) {
      const run = runOf(piece);
      line.push({ run, x: pen });
      pen += run.width * size + spacing;
    }
    pen += wordSpace * size - spacing;
  }
  return { runs: line, width: pen - wordSpace * size };
}

/**
 * Sets a line; `x` and `y` (base line) in millimetres.
 * @returns its width in millimetres
 * @throws {RangeError} for an Arabic word that is not in the vocabulary
 */
export function setText(canvas: Canvas, text: string, x: number, y: number, style: SettingStyle): number {
  const { align = 'right', room = Number.POSITIVE_INFINITY, paint } = style;
  const natural = layOut(text, style);
  const shrink = Math.min(1, room / natural.width);
  const size = style.size * shrink;
  const { runs: placed, width } =
    shrink === 1 ? natural : layOut(text, { size, spacing: (style.spacing ?? 0) * shrink });
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  for (const { run, x: start } of placed)
    for (const glyph of run.glyphs) {
      const place = ([dx, dy]: Point): Point => [
        left + start + (glyph.x + dx) * size,
        y - (glyph.y + dy) * size,
      ];
      const contours = glyph.contours.map((contour) => contour.map(place));
      if (contours.length > 0) fillPolygon(canvas, contours, paint);
    }
  return width;
}

/** Figures as Arabic writes them. */
export const arabicFigures = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
