import type { RgbImage } from '../vision/types.js';

/** Samples along the longer side: a module of the smallest code that we print has five of them. */
const samplesAlong = 640;

/**
 * Rows along the longer side of a card (85.6 mm): one every 2 mm, where the heart of a finder pattern, three modules, is 2.3 mm
 * high in the smallest code that we print.
 */
const rowsAlong = 43;

/** A finder pattern, seven modules, in parts of the longer side: 5.3 mm to 11.4 mm, with room for a crop that is a little off. */
const patternLength = [0.05, 0.16] as const;

/** The mean around a sample, over as much, is what it is compared with; the printed dark is this much darker. */
const neighbourhood = 0.14;
const minContrast = 8;

/** The runs of a row through the heart of a finder pattern (ISO/IEC 18004, 6.3.3), in modules, and what blur may do to them. */
const pattern = [1, 1, 3, 1, 1] as const;
const patternModules = 7;
const tolerance = 0.65;

type Runs = readonly [number, number, number, number, number];

/**
 * Whether the picture of a card has something that looks like a finder pattern of one of our QR codes, whichever way it is turned.
 * A few rows decide, so that it costs next to nothing on a card without one.
 */
export function hasFinderPattern(image: RgbImage): boolean {
  const longSide = Math.max(image.width, image.height);
  const stride = Math.max(1, Math.floor(longSide / samplesAlong));
  const spacing = Math.max(stride, longSide / rowsAlong);
  const profile = new RowProfile(image, stride);
  for (let y = spacing / 2; y < image.height; y += spacing) {
    if (profile.read(Math.floor(y)).some((centre) => crossesColumn(image, stride, centre))) return true;
  }
  return false;
}

interface Centre {
  readonly x: number;
  readonly y: number;
  /** Grey level that parts dark from light there. */
  readonly threshold: number;
  /** Pixels of the five runs together. */
  readonly length: number;
}

/** One row at a time, in samples of which each is a pixel. */
class RowProfile {
  readonly #image: RgbImage;
  readonly #stride: number;
  readonly #levels: Uint8Array;
  /** Sum of the levels before each sample. */
  readonly #sums: Uint32Array;
  readonly #half: number;

  constructor(image: RgbImage, stride: number) {
    this.#image = image;
    this.#stride = stride;
    const samples = Math.floor(image.width / stride);
    this.#levels = new Uint8Array(samples);
    this.#sums = new Uint32Array(samples + 1);
    const longSide = Math.max(image.width, image.height);
    this.#half = Math.max(1, Math.round((longSide * neighbourhood) / stride / 2));
  }

  /** Where the row has five runs like those of a finder pattern. */
  read(y: number): Centre[] {
    this.#load(y);
    const centres: Centre[] = [];
    const runs: [number, number, number, number, number] = [0, 0, 0, 0, 0];
    let dark = false;
    for (let x = 0; x <= this.#levels.length; x++) {
      const isDark = x < this.#levels.length && this.#levels[x]! < this.#threshold(x);
      if (isDark !== dark) {
        if (dark && this.#isPattern(runs)) centres.push(this.#centreOf(runs, x, y));
        runs.shift();
        runs.push(0);
        dark = isDark;
      }
      runs[4]++;
    }
    return centres;
  }

  #load(y: number): void {
    const { data, width } = this.#image;
    const step = this.#stride * 3;
    for (let i = 0, at = y * width * 3; i < this.#levels.length; i++, at += step) {
      const level = (data[at]! + 2 * data[at + 1]! + data[at + 2]!) >> 2;
      this.#levels[i] = level;
      this.#sums[i + 1] = this.#sums[i]! + level;
    }
  }

  #threshold(x: number): number {
    const from = Math.max(0, x - this.#half);
    const to = Math.min(this.#levels.length, x + this.#half + 1);
    return (this.#sums[to]! - this.#sums[from]!) / (to - from) - minContrast;
  }

  #isPattern(runs: Runs): boolean {
    if (!hasPatternRatios(runs)) return false;
    const share = (sum(runs) * this.#stride) / Math.max(this.#image.width, this.#image.height);
    return share >= patternLength[0] && share <= patternLength[1];
  }

  #centreOf(runs: Runs, end: number, y: number): Centre {
    const x = Math.round(end - runs[4] - runs[3] - runs[2] / 2);
    const length = sum(runs) * this.#stride;
    return { x: x * this.#stride, y, threshold: this.#threshold(x), length };
  }
}

/** Whether the column through the middle has the same five runs. */
function crossesColumn(image: RgbImage, stride: number, { x, y, threshold, length }: Centre): boolean {
  const [darkUp, lightUp, rimUp] = runsFrom(image, x, y, -stride, threshold, length);
  const [darkDown, lightDown, rimDown] = runsFrom(image, x, y, stride, threshold, length);
  const runs: Runs = [rimUp, lightUp, darkUp + darkDown - 1, lightDown, rimDown];
  return hasPatternRatios(runs) && Math.abs(sum(runs) * stride - length) < 0.4 * length;
}

/** Samples of the dark, the light and the dark run that begin at a point and go up or down a column. */
function runsFrom(
  { data, width, height }: RgbImage,
  x: number,
  y: number,
  step: number,
  threshold: number,
  reach: number,
): readonly [number, number, number] {
  const runs: [number, number, number] = [0, 0, 0];
  let run = 0;
  for (let row = y; row >= 0 && row < height && Math.abs(row - y) < reach; row += step) {
    const at = (row * width + x) * 3;
    const isDark = (data[at]! + 2 * data[at + 1]! + data[at + 2]!) >> 2 < threshold;
    if (isDark !== (run !== 1)) run++;
    if (run > 2) break;
    runs[run as 0 | 1 | 2]++;
  }
  return runs;
}

function hasPatternRatios(runs: Runs): boolean {
  const module = sum(runs) / patternModules;
  return runs.every((run, i) => run > 0 && Math.abs(run - pattern[i]! * module) <= tolerance * module);
}

const sum = (runs: Runs) => runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
