import type { RgbImage } from '../types.js';
import { type Kernel, loadKernel, roomFor } from './kernel.js';
import { blurredSampling, type FilterWeights, type SamplePositions } from './resample.js';
import { sampleKernel } from './sample-kernel.js';

/** The exports of sample-kernel.wat. */
interface SampleKernel extends Kernel {
  sample(from: number, rowBytes: number, across: number, columns: number, down: number, rows: number): void;
  sampleRow(top: number, below: number, down: number, columns: number, to: number, count: number): void;
  blurAcross(from: number, to: number, count: number): void;
  blurDown(above: number, here: number, below: number, to: number, count: number): void;
}

/** What a level of red, of green and of blue counts for in each of three channels. */
export type ChannelMix = readonly [red: ChannelWeights, green: ChannelWeights, blue: ChannelWeights];
type ChannelWeights = readonly [number, number, number];

const mixAt = 16;
const tablesAt = 64;
const floatBytes = 4;
/** In a row on its way: red, green, blue and nothing. */
const wideBytes = 4 * floatBytes;
const columnBytes = 3 * floatBytes;

/** The kernel with the memory that all samplers of a thread share. */
class SampleMemory {
  readonly kernel = loadKernel<SampleKernel>(sampleKernel);
  /** Whose picture it holds: that of the last sampler that was used. */
  holder: PixelSampler | undefined;
}

// Loaded once a thread: an instance for each sampler would be 3 MB of new memory for each photo.
let loaded: SampleMemory | undefined;

/**
 * A picture resampled between two pixels either way and blurred (binomial 3 × 3): single pixels of it, or all, in WebAssembly. At the rim, the
 * sample itself stands in for the neighbour that it lacks.
 */
export class PixelSampler {
  readonly #source: RgbImage;
  readonly #columns: SamplePositions;
  readonly #rows: SamplePositions;
  readonly #across: FilterWeights;
  readonly #down: FilterWeights;
  readonly #memory: SampleMemory;
  readonly #downAt: number;
  readonly #pixelsAt: number;
  /** Where the kernel leaves red, green and blue. */
  #rgb = new Float32Array(0);

  constructor(source: RgbImage, columns: SamplePositions, rows: SamplePositions) {
    loaded ??= new SampleMemory();
    this.#memory = loaded;
    this.#source = source;
    this.#columns = columns;
    this.#rows = rows;
    this.#across = blurredSampling(columns, source.width);
    this.#down = blurredSampling(rows, source.height);
    this.#downAt = tablesAt + floatBytes * this.#across.weights.length;
    this.#pixelsAt = this.#downAt + floatBytes * this.#down.weights.length;
  }

  /** Writes red, green and blue of pixel (x, y) of the result to `target`, from `at` on. */
  read(x: number, y: number, target: Float32Array, at: number): void {
    if (this.#memory.holder !== this) this.#fillMemory();
    const { taps: columns, start: left } = this.#across;
    const { taps: rows, start: top } = this.#down;
    const rowBytes = this.#source.width * 3;
    this.#memory.kernel.sample(
      this.#pixelsAt + top[y]! * rowBytes + left[x]! * 3,
      rowBytes,
      tablesAt + floatBytes * columns * x,
      columns,
      this.#downAt + floatBytes * rows * y,
      rows,
    );
    const rgb = this.#rgb;
    target[at] = rgb[0]!;
    target[at + 1] = rgb[1]!;
    target[at + 2] = rgb[2]!;
  }

  /** Writes all pixels of the result, three channels each, row by row, for far less per pixel than one by one. */
  readAll(mix: ChannelMix, target: Float32Array): void {
    if (this.#memory.holder !== this) this.#fillMemory();
    const { kernel } = this.#memory;
    const width = this.#columns.first.length;
    const height = this.#rows.first.length;
    const places = this.#placeRows(width);
    const memory = roomFor(kernel, places.end);
    this.#rgb = new Float32Array(memory, 0, 3);
    mix.forEach((weights, colour) => {
      new Float32Array(memory, mixAt + colour * wideBytes, 4).set([...weights, 0]);
    });
    this.#writeColumns(memory, places.columns);
    const made = new Float32Array(memory, places.made, 3 * width);
    const row = (y: number) => places.rows[y % 3]!;
    this.#makeRow(0, memory, places, row(0));
    for (let y = 0; y < height; y++) {
      if (y + 1 < height) this.#makeRow(y + 1, memory, places, row(y + 1));
      const above = row(Math.max(0, y - 1));
      const below = row(Math.min(height - 1, y + 1));
      kernel.blurDown(above, row(y), below, places.made, width);
      target.set(made, 3 * width * y);
    }
  }

  /** Lets go of the picture. */
  release(): void {
    if (this.#memory.holder === this) this.#memory.holder = undefined;
  }

  /** One row, sampled and blurred across. */
  #makeRow(y: number, memory: ArrayBuffer, { columns, sampled }: RowPlaces, to: number): void {
    const { kernel } = this.#memory;
    const { first, second, share } = this.#rows;
    const count = this.#columns.first.length;
    const rowAt = (index: number) => this.#pixelsAt + index * this.#source.width * 3;
    const begin = sampled + wideBytes;
    const end = begin + count * wideBytes;
    kernel.sampleRow(rowAt(first[y]!), rowAt(second[y]!), share[y]!, columns, begin, count);
    const bytes = new Uint8Array(memory);
    bytes.copyWithin(sampled, begin, begin + wideBytes);
    bytes.copyWithin(end, end - wideBytes, end);
    kernel.blurAcross(sampled, to, count);
  }

  #writeColumns(memory: ArrayBuffer, at: number): void {
    const { first, second, share } = this.#columns;
    const offsets = new Int32Array(memory, at, 3 * first.length);
    const shares = new Float32Array(memory, at, 3 * first.length);
    for (let x = 0, to = 0; x < first.length; x++, to += 3) {
      offsets[to] = 3 * first[x]!;
      offsets[to + 1] = 3 * second[x]!;
      shares[to + 2] = share[x]!;
    }
  }

  /** Behind the picture: the columns' table, a row as sampled with a pixel more at either end, three rows blurred across, and one blurred down. */
  #placeRows(width: number): RowPlaces {
    const columns = 16 * Math.ceil((this.#pixelsAt + this.#source.data.length + 1) / 16);
    const sampled = columns + columnBytes * width;
    const [first, second, third] = [0, 1, 2].map((row) => sampled + wideBytes * (width + 2 + row * width));
    const made = third! + wideBytes * width;
    return {
      columns,
      sampled,
      rows: [first!, second!, third!],
      made,
      end: made + columnBytes * width + floatBytes,
    };
  }

  #fillMemory(): void {
    const { data } = this.#source;
    const memory = roomFor(this.#memory.kernel, this.#pixelsAt + data.length + 1);
    new Float32Array(memory, tablesAt).set(this.#across.weights);
    new Float32Array(memory, this.#downAt).set(this.#down.weights);
    new Uint8Array(memory).set(data, this.#pixelsAt);
    this.#rgb = new Float32Array(memory, 0, 3);
    this.#memory.holder = this;
  }
}

/** Places in the kernel's memory, in bytes. */
interface RowPlaces {
  readonly columns: number;
  readonly sampled: number;
  readonly rows: readonly [number, number, number];
  readonly made: number;
  readonly end: number;
}
