import { roundUp } from './channels.js';
import { decodeHalves } from './half-floats.js';
import type { Layer, LayersData, Source } from './network-data.js';
import { chooseUnits } from './units.js';
import { packWhole, type TrainedWeights } from './whole-weights.js';

/** The weights of all layers as the kernels read them. */
export interface LayerWeights {
  readonly bytes: Uint8Array;
  /** Per layer: where its own begin. */
  readonly starts: readonly number[];
  /** Per layer: the value that one stands for, channel by channel. */
  readonly units: readonly Float64Array[];
}

/** The value that one stands for in the input. */
export const inputUnit = 1 / 4096;

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
    return packWhole(
      layer,
      trained[index]!,
      { unitOf, isSigned: isSigned(layers, layer.from) },
      units[index]!,
    );
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

/** Whether a source's numbers may be negative. */
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
