import { cardFormats } from '../geometry/card-formats.js';
import type { OpponentImage } from '../view/opponent-image.js';

/** Crops made by software are cut to whole pixels of the exact proportion; no camera takes such photos. */
const exactMisfit = 0.006;
/** 16:10 is a screen's proportion, hardly ever that of a card cropped by hand: wallpapers and screenshots have it to the pixel. */
const screenAspect = 1.6;
const screenMisfit = 0.002;
/** How far a card cropped by hand may be off. */
const maxMisfit = 0.03;
/** Spread of colour along the rim, in levels, up to which it can be one material. */
const calm = 14;
/** What is printed on a card spreads at least so much more than its rim. */
const printed = 1.6;
/** And so much at all, in levels. */
const minPrint = 6;

export type CroppedBefore = 'exact' | 'likely' | 'no';

/**
 * Does the picture look like a card that was cropped before? It has something on it and either the exact proportions
 * of ID-1, or nearly those and at least three calm sides that match each other: photos of rooms and landscapes have
 * a sky above and a floor below.
 */
export function looksCroppedBefore(image: OpponentImage): CroppedBefore {
  const { width, height } = image.complete();
  const aspect = Math.max(width, height) / Math.min(width, height);
  if (Math.abs(aspect - screenAspect) < screenMisfit) return 'no';
  const misfit = Math.abs(Math.log(aspect / cardFormats.id1));
  if (Math.min(width, height) < 48 || misfit > maxMisfit) return 'no';
  const print = interiorSpread(image);
  if (print < minPrint) return 'no';
  if (misfit < exactMisfit) return 'exact';
  return hasCalmRim(image, print) ? 'likely' : 'no';
}

function hasCalmRim(image: OpponentImage, print: number): boolean {
  const rim = [0, 1, 2, 3].map((side) => rimSpread(image, side)).filter((side) => side.spread < calm);
  if (rim.length < 3) return false;
  const means = rim.map((side) => side.mean);
  const quiet = Math.max(3, ...rim.map((side) => side.spread));
  return Math.max(...means) - Math.min(...means) < 2 * calm && print > printed * quiet;
}

interface Spread {
  readonly mean: number;
  readonly spread: number;
}

/** Luma along one side, a fortieth of the picture inside, without its corners, which may be rounded. */
function rimSpread({ data, width, height }: OpponentImage, side: number): Spread {
  const inset = Math.max(1, Math.round(Math.min(width, height) / 40));
  const horizontal = side % 2 === 0;
  const length = horizontal ? width : height;
  const values: number[] = [];
  for (let along = Math.round(length * 0.1); along < length * 0.9; along += 2) {
    const x = horizontal ? along : side === 1 ? width - 1 - inset : inset;
    const y = horizontal ? (side === 0 ? inset : height - 1 - inset) : along;
    values.push(data[(y * width + x) * 3]!);
  }
  return spreadOf(values);
}

function interiorSpread({ data, width, height }: OpponentImage): number {
  const values: number[] = [];
  for (let y = Math.round(height * 0.1); y < height * 0.9; y += 3) {
    for (let x = Math.round(width * 0.1); x < width * 0.9; x += 3) values.push(data[(y * width + x) * 3]!);
  }
  return spreadOf(values).spread;
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, spread: Math.sqrt(variance) };
}
