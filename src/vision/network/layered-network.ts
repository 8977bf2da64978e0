import { convolutionKernel } from '../kernels/convolution-kernel.js';
import { loadKernel, roomFor } from '../kernels/kernel.js';
import type { Size } from '../types.js';
import type { Channels } from './channels.js';
import { type LayerWeights, packWeights } from './layer-weights.js';
import type { LayersData } from './network-data.js';
import { type ConvolutionKernel, type Program, planProgram } from './program.js';

/** The deepest layers see the picture at 1/32 of its size, and each size on the way has to halve without a remainder. */
export const inputStep = 32;

/** The memory after a run, until the next one: all floats, and where in it each layer's channels lie. */
export interface LayerValues {
  readonly floats: Float32Array;
  readonly layers: readonly Channels[];
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
    const memory = roomFor(this.#kernel, this.#weights.floats.byteLength);
    new Float32Array(memory).set(this.#weights.floats);
  }

  /**
   * @param size whose sides are multiples of `inputStep`
   * @param write fills the input's channels
   */
  run(size: Size, write: (floats: Float32Array, input: Channels) => void): LayerValues {
    const program = this.#programFor(size);
    const floats = new Float32Array(this.#kernel.memory.buffer);
    write(floats, program.input);
    program.run();
    return { floats, layers: program.layers };
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
    const { starts, floats } = this.#weights;
    const places = starts.map((start) => 4 * start);
    const input = { planes: this.#planes, width, height };
    const end = 64 * Math.ceil(floats.byteLength / 64);
    return planProgram(this.#kernel, this.#layers, places, this.#kept, input, end);
  }
}
