import type { RgbImage } from '../types.js';
import { type Kernel, loadKernel, roomFor } from './kernel.js';
import type { FilterWeights } from './resample.js';
import { sampleKernel } from './sample-kernel.js';

/** The export of sample-kernel.wat. */
interface SampleKernel extends Kernel {
  sample(from: number, rowBytes: number, across: number, columns: number, down: number, rows: number): void;
}

const tablesAt = 16;

/** The kernel with the memory that all samplers of a thread share. */
class SampleMemory {
  readonly kernel = loadKernel<SampleKernel>(sampleKernel);
  /** Whose picture it holds: that of the last sampler that was used. */
  holder: PixelSampler | undefined;
}

// Loaded once a thread: an instance for each sampler would be 3 MB of new memory for each photo.
let loaded: SampleMemory | undefined;

/** Single pixels of a picture resampled by separable weights, twice as fast in WebAssembly as in JavaScript. */
export class PixelSampler {
  readonly #source: RgbImage;
  readonly #across: FilterWeights;
  readonly #down: FilterWeights;
  readonly #memory: SampleMemory;
  readonly #downAt: number;
  readonly #pixelsAt: number;
  /** Where the kernel leaves red, green and blue. */
  #rgb = new Float32Array(0);

  constructor(source: RgbImage, across: FilterWeights, down: FilterWeights) {
    loaded ??= new SampleMemory();
    this.#memory = loaded;
    this.#source = source;
    this.#across = across;
    this.#down = down;
    this.#downAt = tablesAt + 4 * across.weights.length;
    this.#pixelsAt = this.#downAt + 4 * down.weights.length;
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
      tablesAt + 4 * columns * x,
      columns,
      this.#downAt + 4 * rows * y,
      rows,
    );
    const rgb = this.#rgb;
    target[at] = rgb[0]!;
    target[at + 1] = rgb[1]!;
    target[at + 2] = rgb[2]!;
  }

  /** Lets go of the picture. */
  release(): void {
    if (this.#memory.holder === this) this.#memory.holder = undefined;
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
