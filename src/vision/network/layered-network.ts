import { convolutionKernel } from '../kernels/convolution-kernel.js';
import { loadKernel, roomFor } from '../kernels/kernel.js';
import type { Size } from '../types.js';
import { type Channels, roundUp } from './channels.js';
import { type LayerWeights, packWeights } from './layer-weights.js';
import type { LayersData } from './network-data.js';
import { type ConvolutionKernel, type Program, planProgram } from './program.js';

/** The deepest layers see the picture at 1/32 of its size, and each size on the way has to halve without a remainder. */
export const inputStep = 32;

/** The memory after a run, until the next one: all numbers, and where in it each layer's channels lie. */
export interface LayerValues {
  readonly numbers: Int16Array;
  readonly layers: readonly Channels[];
  /** Per layer: the value that one stands for, channel by channel. */
  readonly units: readonly Float64Array[];
}

/**
 * Runs a network's layers in a memory of its own, planned once for each size. The same picture gives the same numbers on every
 * machine. Not for two threads at once.
 */
export class LayeredNetwork {
  readonly #kernel = loadKernel<ConvolutionKernel>(convolutionKernel);
  readonly #layers: LayersData['layers'];
  readonly #planes: number;
  readonly #kept: readonly number[];
  readonly #weights: LayerWeights;
  readonly #programs = new Map<string, Program>();

  /**
   * @param kept layers that are read after a run
   * @throws Error where the weights do not fit the layers
   */
  constructor(data: LayersData, kept: readonly number[]) {
    this.#layers = data.layers;
    this.#planes = data.planes ?? 3;
    this.#kept = kept;
    this.#weights = packWeights(data);
    const { bytes } = this.#weights;
    new Uint8Array(roomFor(this.#kernel, bytes.length)).set(bytes);
  }

  /**
   * @param size whose sides are multiples of `inputStep`
   * @param write fills the input's channels, in units of `inputUnit`
   */
  run(size: Size, write: (numbers: Int16Array, input: Channels) => void): LayerValues {
    const program = this.#programFor(size);
    const numbers = new Int16Array(this.#kernel.memory.buffer);
    write(numbers, program.input);
    program.run();
    return { numbers, layers: program.layers, units: this.#weights.units };
  }

  #programFor({ width, height }: Size): Program {
    if (width % inputStep !== 0 || height % inputStep !== 0 || width * height === 0) {
      throw new Error(`network: ${width} × ${height} pixels are no multiples of ${inputStep}`);
    }
    const size = `${width} ${height}`;
    const known = this.#programs.get(size);
    if (known) return known;
    const program = this.#plan(width, height);
    roomFor(this.#kernel, program.bytes);
    this.#programs.set(size, program);
    return program;
  }

  #plan(width: number, height: number): Program {
    const input = { planes: this.#planes, width, height };
    const end = roundUp(this.#weights.bytes.length, 64);
    return planProgram(this.#kernel, this.#layers, this.#weights, this.#kept, input, end);
  }
}
