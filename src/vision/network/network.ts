import { convolutionKernel } from '../kernels/convolution-kernel.js';
import { loadKernel, roomFor } from '../kernels/kernel.js';
import type { RgbImage } from '../types.js';
import type { Channels } from './channels.js';
import { type LayerWeights, packWeights } from './layer-weights.js';
import type { NetworkData } from './network-data.js';
import { type ConvolutionKernel, type Program, planProgram } from './program.js';

/** What the network says of a picture: probabilities, row by row, at half the picture's size. */
export interface NetworkMaps {
  readonly width: number;
  readonly height: number;
  /** That the document covers the pixel. */
  readonly mask: Float32Array;
  /** That a side of the document crosses it. */
  readonly border: Float32Array;
  /** That there is a document in the picture at all. */
  readonly presence: number;
}

/** The deepest layers see the picture at 1/32 of its size, and each size on the way has to halve without a remainder. */
export const inputStep = 32;

/**
 * A network with its own memory: 4 to 5 MB with its weights, planned once for each size. The same picture gives the
 * same numbers on every machine. Not for two threads at once.
 */
export class Network {
  readonly #kernel = loadKernel<ConvolutionKernel>(convolutionKernel);
  readonly #data: Omit<NetworkData, 'weights'>;
  readonly #weights: LayerWeights;
  readonly #programs = new Map<string, Program>();

  private constructor(data: Omit<NetworkData, 'weights'>, weights: LayerWeights) {
    this.#data = data;
    this.#weights = weights;
    const memory = roomFor(this.#kernel, weights.floats.byteLength);
    new Float32Array(memory).set(weights.floats);
  }

  /** @throws Error where the weights do not fit the layers */
  static parse({ layers, maps, presence, weights }: NetworkData): Network {
    return new Network({ layers, maps, presence }, packWeights({ layers, maps, presence, weights }));
  }

  /** @param image whose sides are multiples of `inputStep` */
  run(image: RgbImage): NetworkMaps {
    const program = this.#programFor(image);
    const floats = new Float32Array(this.#kernel.memory.buffer);
    writeInput(image, floats, program.input);
    program.run();
    const maps = program.layers[this.#data.maps]!;
    const presence = program.layers[this.#data.presence]!;
    return {
      width: 2 * maps.width,
      height: 2 * maps.height,
      mask: readMap(floats, maps, 0),
      border: readMap(floats, maps, 4),
      presence: probability(floats[presence.at / 4]!),
    };
  }

  #programFor({ width, height }: RgbImage): Program {
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
    const { layers, maps, presence } = this.#data;
    const { starts, floats } = this.#weights;
    const places = starts.map((start) => 4 * start);
    const kept = [maps, presence];
    return planProgram(
      this.#kernel,
      layers,
      places,
      kept,
      { width, height },
      64 * Math.ceil(floats.byteLength / 64),
    );
  }
}

/** The network's own scale: grey is 0. */
const levels = Float32Array.from({ length: 256 }, (_, level) => (level - 128) / 64);

function writeInput(
  { data, width, height }: RgbImage,
  floats: Float32Array,
  { at, planeBytes, rowBytes }: Channels,
): void {
  const plane = planeBytes / 4;
  for (let y = 0, from = 0; y < height; y++) {
    let to = (at + y * rowBytes) / 4;
    for (let x = 0; x < width; x++, to++, from += 3) {
      floats[to] = levels[data[from]!]!;
      floats[to + plane] = levels[data[from + 1]!]!;
      floats[to + 2 * plane] = levels[data[from + 2]!]!;
    }
  }
}

/** Four channels from `first` on hold the four pixels of each 2 × 2, row by row. */
function readMap(floats: Float32Array, maps: Channels, first: number): Float32Array {
  const { width, height, rowBytes, planeBytes, at } = maps;
  const map = new Float32Array(4 * width * height);
  for (let y = 0, to = 0; y < 2 * height; y++) {
    const channel = first + 2 * (y % 2);
    const left = (at + channel * planeBytes + (y >> 1) * rowBytes) / 4;
    const right = left + planeBytes / 4;
    for (let x = 0; x < width; x++) {
      map[to++] = probability(floats[left + x]!);
      map[to++] = probability(floats[right + x]!);
    }
  }
  return map;
}

function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
