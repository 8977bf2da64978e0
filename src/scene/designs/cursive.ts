import type { Random } from '../../random.js';
import type { Point } from '../../vision/types.js';
import type { Canvas } from '../canvas.js';
import type { Paint } from '../colour.js';
import { strokeLines } from '../stroke.js';

/** A letter's way from right to left, in parts of its size: `x` leftwards, `y` up from the base line; breaks lift the pen. */
interface Letter {
  readonly advance: number;
  readonly path: readonly Point[];
  /** Dots above (positive) or below the base line. */
  readonly dots?: number;
  /** The next letter does not join. */
  readonly ends?: true;
}

// Shapes as joined writing has them, in no alphabet: tooth, tall stem, loop, bowl, hook, tail.
const letters: readonly Letter[] = [
  {
    advance: 0.4,
    path: [
      [0, 0],
      [0.2, 0.3],
      [0.25, 0],
      [0.4, 0],
    ],
    dots: 1,
  },
  {
    advance: 0.4,
    path: [
      [0, 0],
      [0.2, 0.3],
      [0.25, 0],
      [0.4, 0],
    ],
    dots: -1,
  },
  {
    advance: 0.35,
    path: [
      [0, 0],
      [0.15, 0.1],
      [0.2, 1.1],
      [0.2, 0.1],
      [0.35, 0],
    ],
  },
  {
    advance: 0.2,
    path: [
      [0.1, 0],
      [0.12, 1.05],
      [0.1, 0],
    ],
    ends: true,
  },
  {
    advance: 0.6,
    path: [
      [0, 0],
      [0.15, 0.35],
      [0.35, 0.4],
      [0.45, 0.15],
      [0.25, 0],
      [0.6, 0],
    ],
    dots: 1,
  },
  {
    advance: 0.8,
    path: [
      [0, 0],
      [0.1, 0.25],
      [0.2, 0],
      [0.35, 0.25],
      [0.45, 0],
      [0.6, 0.25],
      [0.65, 0],
      [0.8, 0],
    ],
  },
  {
    advance: 0.7,
    path: [
      [0, 0],
      [0.15, 0.1],
      [0.2, -0.3],
      [0.45, -0.45],
      [0.65, -0.2],
      [0.62, 0.15],
    ],
    dots: 1,
    ends: true,
  },
  {
    advance: 0.6,
    path: [
      [0, 0.3],
      [0.25, 0.42],
      [0.5, 0.3],
      [0.2, 0.05],
      [0.6, 0],
    ],
    dots: -1,
  },
  {
    advance: 0.45,
    path: [
      [0, 0],
      [0.2, 0.2],
      [0.25, -0.15],
      [0.45, -0.45],
    ],
    ends: true,
  },
  {
    advance: 0.5,
    path: [
      [0, 0],
      [0.1, 0.35],
      [0.3, 0.3],
      [0.2, 0],
      [0.5, 0],
    ],
  },
  {
    advance: 0.55,
    path: [
      [0, 0],
      [0.2, 0.45],
      [0.4, 0.6],
      [0.15, 0.6],
      [0.3, 0.15],
      [0.55, 0],
    ],
  },
  {
    advance: 0.9,
    path: [
      [0, 0],
      [0.3, -0.04],
      [0.7, -0.04],
      [0.85, 0.28],
    ],
    dots: 1,
    ends: true,
  },
];

const gap = 0.22;
const space = 0.45;

/** A line of joined writing that runs from right to left and ends at `x`, in no alphabet. */
export function drawCursive(
  canvas: Canvas,
  random: Random,
  { x, y, width, size }: { x: number; y: number; width: number; size: number },
  paint: Paint,
): void {
  const lines: Point[][] = [];
  let pen = 0;
  let word = random.int(2, 6);
  let current: Point[] = [];
  const place = ([dx, dy]: Point): Point => [x + width - (pen + dx) * size, y - dy * size];
  while (pen * size < width - size) {
    const letter = random.pick(letters);
    current.push(...letter.path.map(place));
    if (letter.dots !== undefined && random.chance(0.8)) addDots(letter.dots, letter.advance / 2);
    pen += letter.advance;
    word--;
    if (letter.ends || word === 0) {
      lines.push(current);
      current = [];
      pen += word === 0 ? space : gap;
    }
    if (word === 0) word = random.int(2, 6);
  }
  if (current.length > 0) lines.push(current);
  if (lines.length > 0) strokeLines(canvas, lines, size * 0.13, paint);

  function addDots(side: number, middle: number): void {
    const height = side > 0 ? 0.75 : -0.35;
    for (let i = random.int(1, 3) - 1; i >= 0; i--) lines.push([place([middle + (i - 0.5) * 0.22, height])]);
  }
}
