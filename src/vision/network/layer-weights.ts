import { channelsAtOnce, largest, planesOf, roundUp } from './channels.js';
import { decodeHalves } from './half-floats.js';
import type { Layer, LayersData, Source } from './network-data.js';
import { chooseUnits } from './units.js';

/** The weights of all layers as the kernels read them. */
export interface LayerWeights {
  readonly bytes: Uint8Array;
  /** Per layer: where its own begin. */
  readonly starts: readonly number[];
  /** Per layer: the value that one stands for, channel by channel. */
  readonly units: readonly Float64Array[];
}

/** Weights of a layer as they were trained, channel by channel that it makes. */
interface TrainedWeights {
  /** Of each channel: one for each input channel, or one for each of 3 × 3 pixels of each. */
  readonly perChannel: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** The value that one stands for in the input. */
export const inputUnit = 1 / 4096;
/** Of one plane, for `depthwise`: five times two weights of both channels, their biases, and a shift. */
export const pairBytes = 56;
const headBytes = 8 * channelsAtOnce;
/** Of four channels, for `pointwise`: biases and shifts, then the weights of both channels of so many planes. */
export const fourBytes = (planes: number) => headBytes + 4 * channelsAtOnce * planes;

/** Of a sum of 1 × 1. */
const most32 = 2 ** 31 - 1;
const mostShift = 24;

/** How many channels each layer makes. */
export function countChannels(layers: readonly Layer[], planes: number): number[] {
  const counts: number[] = [];
  for (const layer of layers) {
    const isFree = layer.kind === 'pointwise' || layer.kind === 'halving';
    counts.push(isFree ? layer.channels : channelsOf(counts, layer.from, planes));
  }
  return counts;
}

function channelsOf(counts: readonly number[], source: Layer['from'], planes: number): number {
  const count = source === 'input' ? planes : counts[source];
  if (count === undefined) throw new Error(`network: layer ${source} is used before it is made`);
  return count;
}

/** @throws Error where there are not as many weights, or ranges, as the layers take */
export function packWeights(data: LayersData): LayerWeights {
  const { layers, planes = 3 } = data;
  const counts = countChannels(layers, planes);
  const sizes = layers.map((layer) => weightsPerChannel(layer, counts, planes));
  const trained = readTrained(decodeHalves(data.weights), sizes, counts);
  const units = chooseUnits(layers, readRanges(data, counts));
  const packed = layers.map((layer, index) => {
    const from = layer.from === 'input' ? undefined : units[layer.from];
    const unitOf = (channel: number) => (from ? from[channel]! : inputUnit);
    return pack(layer, trained[index]!, { unitOf, isSigned: isSigned(layers, layer.from) }, units[index]!);
  });
  const starts: number[] = [];
  let written = 0;
  for (const own of packed) {
    starts.push(written);
    written += roundUp(own.byteLength, 16);
  }
  const bytes = new Uint8Array(written);
  packed.forEach((own, index) => {
    bytes.set(new Uint8Array(own), starts[index]);
  });
  return { bytes, starts, units };
}

/** Biases apart; 0 for a layer without weights. */
function weightsPerChannel(layer: Layer, counts: readonly number[], planes: number): number {
  if (layer.kind === 'pointwise') return channelsOf(counts, layer.from, planes);
  if (layer.kind === 'halving') return 9 * channelsOf(counts, layer.from, planes);
  return layer.kind === 'depthwise' ? 9 : 0;
}

function readTrained(
  stored: Float32Array,
  sizes: readonly number[],
  counts: readonly number[],
): TrainedWeights[] {
  let read = 0;
  const take = (count: number) => {
    read += count;
    return stored.subarray(read - count, read);
  };
  const trained = sizes.map((perChannel, index) => {
    const count = perChannel > 0 ? counts[index]! : 0;
    return { perChannel, weights: take(count * perChannel), biases: take(count) };
  });
  if (read !== stored.length)
    throw new Error(`network: ${stored.length} weights where its layers take ${read}`);
  return trained;
}

function readRanges({ ranges }: LayersData, counts: readonly number[]): Float32Array[] {
  const stored = decodeHalves(ranges);
  let read = 0;
  const each = counts.map((count) => {
    read += count;
    return stored.subarray(read - count, read);
  });
  if (read !== stored.length)
    throw new Error(`network: ${stored.length} ranges where its layers make ${read} channels`);
  return each;
}

/** What a layer is made of. */
interface Inputs {
  readonly unitOf: (channel: number) => number;
  /** Whether its numbers may be negative. */
  readonly isSigned: boolean;
}

function isSigned(layers: readonly Layer[], source: Source): boolean {
  if (source === 'input') return true;
  const layer = layers[source]!;
  switch (layer.kind) {
    case 'add':
      return isSigned(layers, layer.from) || isSigned(layers, layer.other);
    case 'add-doubled':
      return isSigned(layers, layer.from) || isSigned(layers, layer.small);
    case 'mean':
      return isSigned(layers, layer.from);
    default:
      return !layer.relu;
  }
}

function pack(layer: Layer, trained: TrainedWeights, inputs: Inputs, units: Float64Array): ArrayBuffer {
  switch (layer.kind) {
    case 'depthwise':
      return packPairs(trained, inputs, units);
    case 'halving':
      return packFours(trained, 9, inputs, units);
    case 'pointwise':
      return packFours(trained, 1, inputs, units);
    default:
      return new ArrayBuffer(0);
  }
}

/** As `depthwise` reads them, plane by plane. */
function packPairs(
  { weights, biases }: TrainedWeights,
  { unitOf, isSigned }: Inputs,
  units: Float64Array,
): ArrayBuffer {
  const count = biases.length;
  const packed = new ArrayBuffer(pairBytes * planesOf({ count }));
  for (let even = 0; even < count; even += 2) {
    const start = (pairBytes / 2) * even;
    const pixels = new Int16Array(packed, start, 20);
    const heads = new Int32Array(packed, start + 40, 3);
    const channels = (even + 1 < count ? [even, even + 1] : [even]).map((channel) => {
      const scale = unitOf(channel) / units[channel]!;
      const own = Float64Array.from(
        weights.subarray(9 * channel, 9 * channel + 9),
        (weight) => weight * scale,
      );
      const bias = biases[channel]! / units[channel]!;
      return { own, bias, shift: shiftFor(own, bias, isSigned) };
    });
    const shift = Math.min(...channels.map((channel) => channel.shift));
    channels.forEach(({ own, bias }, odd) => {
      own.forEach((weight, pixel) => {
        pixels[4 * (pixel >> 1) + 2 * odd + (pixel & 1)] = Math.round(weight * 2 ** shift);
      });
      heads[odd] = asBias(bias, shift);
    });
    heads[2] = shift;
  }
  return packed;
}

/** What is shifted out is rounded. */
function asBias(bias: number, shift: number): number {
  return Math.round(bias * 2 ** shift) + ((2 ** shift) >> 1);
}

/**
 * As `pointwise` reads them, for four channels at a time: biases, shifts, then for each plane that they are made of the weights of both of its
 * channels.
 *
 * @param taps pixels of each channel, each of them a plane for `pointwise`
 */
function packFours(
  { perChannel, weights, biases }: TrainedWeights,
  taps: number,
  { unitOf, isSigned }: Inputs,
  units: Float64Array,
): ArrayBuffer {
  const count = biases.length;
  const inputs = perChannel / taps;
  const planes = taps * planesOf({ count: inputs });
  const packed = new ArrayBuffer((roundUp(count, channelsAtOnce) / channelsAtOnce) * fourBytes(planes));
  const heads = new Int32Array(packed);
  const pairs = new Int16Array(packed);
  const unitsIn = Float64Array.from({ length: inputs }, (_, input) => unitOf(input));
  const own = new Float64Array(perChannel);
  for (let channel = 0; channel < count; channel++) {
    const lane = channel % channelsAtOnce;
    const start = ((channel - lane) / channelsAtOnce) * fourBytes(planes);
    const unit = units[channel]!;
    for (let input = 0, index = 0; input < inputs; input++) {
      const ratio = unitsIn[input]! / unit;
      for (let tap = 0; tap < taps; tap++, index++)
        own[index] = weights[channel * perChannel + index]! * ratio;
    }
    const bias = biases[channel]! / unit;
    const shift = shiftFor(own, bias, isSigned);
    const scale = 2 ** shift;
    heads[start / 4 + lane] = asBias(bias, shift);
    heads[start / 4 + channelsAtOnce + lane] = shift;
    const first = (start + headBytes) / 2 + 2 * lane;
    for (let input = 0, index = 0; input < inputs; input++) {
      let at = first + 2 * channelsAtOnce * taps * (input >> 1) + (input & 1);
      for (let tap = 0; tap < taps; tap++, index++, at += 2 * channelsAtOnce) {
        pairs[at] = Math.round(own[index]! * scale);
      }
    }
  }
  return packed;
}

/** How many bits more than whole ones fit: no weight exceeds 16 bits then, and no sum 32, whatever comes in. */
function shiftFor(weights: Float64Array, bias: number, isSigned: boolean): number {
  let [heaviest, above, below] = [0, 0, 0];
  // not `of`, which takes twice as long where code has just been loaded
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index]!;
    heaviest = Math.max(heaviest, Math.abs(weight));
    if (weight > 0) above += weight;
    else below -= weight;
  }
  const sum = isSigned ? above + below : Math.max(above, below);
  // rounding adds half to each weight, to the bias, and half of a whole one to the sum
  const mostSum = most32 - (weights.length / 2) * (largest + 1) - 0.5;
  const scale = Math.min(
    (largest - 0.5) / heaviest,
    mostSum / (sum * (largest + 1) + Math.abs(bias) + 0.5),
    2 ** mostShift,
  );
  if (scale < 1) throw new Error('network: weights that do not fit into 32 bits');
  return Math.floor(Math.log2(scale));
}
