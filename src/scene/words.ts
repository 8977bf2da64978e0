import type { Random } from '../random.js';
import type { Canvas } from './canvas.js';
import type { Paint } from './colour.js';
import { drawText, measureText } from './text.js';

const syllables = [
  'ba',
  'lo',
  'mi',
  'ren',
  'ta',
  'sol',
  'ven',
  'ki',
  'dor',
  'el',
  'na',
  'pu',
  'shi',
  'an',
  'tor',
  'ge',
  'li',
  'mar',
  'us',
  'ho',
] as const;

/** A word of no language. */
export function makeWord(random: Random): string {
  return Array.from({ length: random.int(1, 4) }, () => random.pick(syllables)).join('');
}

export interface Paragraph {
  readonly x: number;
  /** Base line of the first line; lines are two letter heights apart. */
  readonly y: number;
  readonly width: number;
  readonly lines: number;
  readonly size: number;
  readonly paint: Paint;
}

export function drawParagraph(canvas: Canvas, random: Random, paragraph: Paragraph): void {
  const { x, y, width, lines, size, paint } = paragraph;
  const style = { size, paint, weight: 0.14 };
  for (let line = 0; line < lines; line++) {
    const end = x + width * (line === lines - 1 ? random.uniform(0.3, 0.8) : 1);
    let pen = x;
    for (let word = makeWord(random); pen + measureText(word, style) < end; word = makeWord(random))
      pen = drawText(canvas, word, pen, y + line * size * 2, style) + size * 0.4;
  }
}

const givenNames = [
  'TAMSIN',
  'IVO',
  'SELMA',
  'DARIO',
  'WREN',
  'OLEK',
  'MAREN',
  'JOSCHA',
  'NIMUE',
  'BASTIAN',
] as const;
const familyNames = [
  'ORREL',
  'MARCHETZ',
  'QUIST',
  'VENNHOLM',
  'ABADIR',
  'LUNDEGO',
  'PIREAU',
  'SALTERBY',
  'KOVANE',
] as const;
const countries = [
  'KESMARA',
  'ILVANE',
  'THORNMARK',
  'SORAL',
  'BREVANY',
  'ORSENNE',
  'CALDERMOOR',
  'VESSIA',
] as const;

/** Somebody who does not exist, from a country that does not exist. */
export interface Person {
  readonly givenName: string;
  readonly familyName: string;
  readonly country: string;
  readonly birth: string;
  readonly expiry: string;
  readonly number: string;
}

export function inventPerson(random: Random): Person {
  const two = (low: number, high: number) => String(random.int(low, high)).padStart(2, '0');
  return {
    givenName: random.pick(givenNames),
    familyName: random.pick(familyNames),
    country: random.pick(countries),
    birth: `${two(1, 28)}.${two(1, 12)}.${random.int(1950, 2004)}`,
    expiry: `${two(1, 28)}.${two(1, 12)}.${random.int(2027, 2036)}`,
    number: Array.from({ length: 9 }, () => random.pick([...'0123456789CFGHJKLMNPRTVWXYZ'])).join(''),
  };
}
