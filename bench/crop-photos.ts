import { join } from 'node:path';
import { type SceneKind, sceneKinds } from '../scripts/scene-kinds.js';
import { createRandom } from '../src/random.js';
import type { Level } from '../src/scene/index.js';
import { drawPhotos, orderCard, type PhotoOrder } from './draw-photo.js';

interface Cell {
  readonly kinds: readonly SceneKind[];
  readonly levels: readonly Level[];
}

/** What is sent, from what is found at once to what has nothing to find. */
const cells = {
  easy: { kinds: ['card'], levels: ['easy'] },
  medium: { kinds: ['card'], levels: ['medium'] },
  hard: { kinds: ['card'], levels: ['hard'] },
  documents: {
    kinds: ['cropped', 'issued', 'passport', 'spread', 'copy', 'mounted', 'pasted', 'hindered'],
    levels: ['easy', 'medium', 'hard'],
  },
  'no document': { kinds: ['thing', 'picture', 'bare'], levels: ['negative'] },
} as const satisfies Record<string, Cell>;

export type CellName = keyof typeof cells;

export const cellNames = Object.keys(cells) as CellName[];

export interface BenchPhoto {
  readonly cell: CellName;
  readonly path: string;
}

export interface PhotoSize {
  readonly name: string;
  readonly photos: readonly BenchPhoto[];
}

const sizes = [
  { name: '0.3 MP', width: 640, height: 480 },
  { name: '2 MP', width: 1600, height: 1200 },
  { name: '12 MP', width: 4000, height: 3000 },
] as const;

const largest = { width: 8000, height: 6000, noise: 4, quality: 92 };

/** Draws the photos of every size, as many of each cell as `counts` says of 0.3, 2 and 12 MP, and one of 48 MP. */
export function drawCropPhotos(folder: string, counts: readonly number[]): PhotoSize[] {
  const orders: (PhotoOrder & BenchPhoto)[] = [];
  const drawnSizes = sizes.map(({ name, ...size }, index) => {
    const before = counts.slice(0, index).reduce((sum, count) => sum + count, 0);
    const numbers = Array.from({ length: counts[index] ?? 0 }, (_, number) => before + number);
    const photos = cellNames.flatMap((cell) => numbers.map((number) => order(folder, cell, number, size)));
    orders.push(...photos);
    return { name, photos };
  });
  const easy: PhotoOrder & BenchPhoto = { cell: 'easy', ...orderCard(join(folder, '48.jpg'), largest) };
  drawPhotos([...orders, easy]);
  return [...drawnSizes, { name: '48 MP', photos: [easy] }];
}

/** A cell's photos are numbered across the sizes: no scene comes twice, and every kind has its turn. */
function order(folder: string, cell: CellName, number: number, size: { width: number; height: number }) {
  const path = join(folder, `${cell}-${number}.jpg`);
  const { kinds, levels }: Cell = cells[cell];
  const kind = turn(kinds, number);
  const seed = `bench/crop/${cell}/${number}`;
  const scene = { seed, level: turn(levels, number), ...sceneKinds[kind](createRandom(seed)) };
  if (kind === 'card') return { cell, path, scene: { ...scene, ...size } };
  return { cell, path, scene, pixels: size.width * size.height };
}

function turn<T>(items: readonly T[], number: number): T {
  return items[number % items.length] as T;
}
