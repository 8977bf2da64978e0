import type { Canvas } from '../canvas.js';
import { ink, type Paint } from '../colour.js';
import { drawText, measureText } from '../text.js';
import type { Person } from '../words.js';

// ICAO Doc 9303, parts 3 to 6: lines, filler and check digits of machine-readable zones.

const weights = [7, 3, 1] as const;

/** The check digit of ICAO 9303-3, 4.9: figures count as they are, A to Z as 10 to 35, the filler as 0. */
export function checkDigit(text: string): string {
  const sum = [...text].reduce((total, character, i) => total + figureOf(character) * weights[i % 3]!, 0);
  return String(sum % 10);
}

function figureOf(character: string): number {
  return character === '<' ? 0 : Number.parseInt(character, 36);
}

const fill = (text: string, length: number) => text.slice(0, length).padEnd(length, '<');
const checked = (text: string) => text + checkDigit(text);
const stateOf = ({ country }: Person) => country.slice(0, 3);
const namesOf = ({ familyName, givenName }: Person) => `${familyName}<<${givenName}`;

/** DD.MM.YYYY as YYMMDD. */
function dateOf(date: string): string {
  const [day, month, year] = date.split('.');
  return `${year!.slice(2)}${month}${day}`;
}

export type ZoneFormat = 'TD1' | 'TD2' | 'TD3';

/** The zone of a card (TD1), an older card (TD2) or a passport (TD3). */
export function zoneLines(format: ZoneFormat, person: Person, sex: 'F' | 'M' | '<' = '<'): string[] {
  const state = stateOf(person);
  const number = checked(fill(person.number, 9));
  const birth = checked(dateOf(person.birth));
  const expiry = checked(dateOf(person.expiry));
  if (format === 'TD1') {
    const first = fill(`I<${state}${number}`, 30);
    const second = fill(`${birth}${sex}${expiry}${state}`, 29);
    const all = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29);
    return [first, second + checkDigit(all), fill(namesOf(person), 30)];
  }
  const length = format === 'TD2' ? 36 : 44;
  const optional = format === 'TD2' ? fill('', 7) : checked(fill('', 14));
  const document = format === 'TD2' ? 'I<' : 'P<';
  const all = number + birth + expiry + optional;
  return [
    fill(`${document}${state}${namesOf(person)}`, length),
    `${number}${state}${birth}${sex}${expiry}${optional}${checkDigit(all)}`,
  ];
}

/** Writes a zone, its first base line at `y`. `pitch` is the breadth of a character: 2.54 mm (ICAO 9303-3: ten to the inch). */
export function drawZone(
  canvas: Canvas,
  lines: readonly string[],
  { x, y, pitch, paint = ink }: { x: number; y: number; pitch: number; paint?: Paint },
): void {
  // A character of the stroke font is 5.2 of 6 parts of its height broad.
  const style = { size: (pitch * 6) / 5.2, paint, monospaced: true, weight: 0.15 } as const;
  lines.forEach((line, row) => {
    drawText(canvas, line, x, y + row * pitch * 1.67, style);
  });
}

/** The same with every character in the middle of its place, as OCR-B sets them. */
export function drawPitchedZone(
  canvas: Canvas,
  lines: readonly string[],
  { x, y, pitch }: { x: number; y: number; pitch: number },
): void {
  const style = { size: pitch * 1.02, paint: ink, weight: 0.16 } as const;
  const gap = measureText(' ', style) * (1.5 / 3.5); // a space is 2 units and a gap of 1.5
  lines.forEach((line, row) => {
    [...line].forEach((character, column) => {
      const breadth = measureText(character, style) - gap;
      drawText(canvas, character, x + (column + 0.5) * pitch - breadth / 2, y + row * pitch * 1.9, style);
    });
  });
}
