import { channelsAtOnce, largest, planesOf, roundUp } from './channels.js';
import type { Layer } from './network-data.js';

/** Weights of a layer as they were trained, channel by channel that it makes. */
export interface TrainedWeights {
  /** Of each channel: one for each input channel, or one for each of 3 × 3 pixels of each. */
  readonly perChannel: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** What a layer is made of. */
interface Inputs {
  readonly unitOf: (channel: number) => number;
  /** Whether its numbers may be negative. */
  readonly isSigned: boolean;
}

/** Of one plane, for `depthwise`: five times two weights of both channels, their biases, and a shift. */
export const pairBytes = 56;
const headBytes = 8 * channelsAtOnce;
/** Of four channels, for `pointwise`: biases and shifts, then the weights of both channels of so many planes. */
export const fourBytes = (planes: number) => headBytes + 4 * channelsAtOnce * planes;

/** What a sum may be at most. */
const most32 = 2 ** 31 - 1;
const mostShift = 24;

/**
 * A layer's weights as whole numbers, as the kernels read them; nothing for a layer without any.
 *
 * @param units of the channels that it makes
 * @throws Error where they are too heavy for that
 */
export function packWhole(
  layer: Layer,
  trained: TrainedWeights,
  inputs: Inputs,
  units: Float64Array,
): ArrayBuffer {
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
