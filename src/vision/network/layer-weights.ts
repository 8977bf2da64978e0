import { channelsAtOnce, roundUp } from './channels.js';
import { decodeHalves } from './half-floats.js';
import type { Layer, LayersData } from './network-data.js';

/** The weights of all layers as the kernels read them. */
export interface LayerWeights {
  readonly floats: Float32Array;
  /** Per layer: where its own begin, in floats. */
  readonly starts: readonly number[];
}

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

/** @throws Error where there are not as many weights as the layers take */
export function packWeights({ layers, planes = 3, weights }: LayersData): LayerWeights {
  const stored = decodeHalves(weights);
  const counts = countChannels(layers, planes);
  const packed: Float32Array[] = [];
  const starts: number[] = [];
  let read = 0;
  let written = 0;
  layers.forEach((layer, index) => {
    const perChannel = weightsPerChannel(layer, counts, planes);
    const count = perChannel > 0 ? counts[index]! * (perChannel + 1) : 0;
    const own = pack(layer, stored.subarray(read, read + count), perChannel);
    packed.push(own);
    starts.push(written);
    read += count;
    written += own.length;
  });
  if (read !== stored.length)
    throw new Error(`network: ${stored.length} weights where its layers take ${read}`);
  const floats = new Float32Array(written);
  packed.forEach((own, index) => {
    floats.set(own, starts[index]);
  });
  return { floats, starts };
}

/** Biases apart; 0 for a layer without weights. */
function weightsPerChannel(layer: Layer, counts: readonly number[], planes: number): number {
  if (layer.kind === 'pointwise') return channelsOf(counts, layer.from, planes);
  if (layer.kind === 'halving') return 9 * channelsOf(counts, layer.from, planes);
  return layer.kind === 'depthwise' ? 9 : 0;
}

function pack(layer: Layer, stored: Float32Array, perChannel: number): Float32Array {
  return layer.kind === 'depthwise' ? biasAfterEach(stored, 9) : fourByFour(stored, perChannel);
}

/** As `depthwise` reads them. */
function biasAfterEach(stored: Float32Array, perChannel: number): Float32Array {
  const count = stored.length / (perChannel + 1);
  const packed = new Float32Array(stored.length);
  for (let channel = 0; channel < count; channel++) {
    const to = channel * (perChannel + 1);
    packed.set(stored.subarray(channel * perChannel, (channel + 1) * perChannel), to);
    packed[to + perChannel] = stored[count * perChannel + channel]!;
  }
  return packed;
}

/** As `pointwise` reads them: for four channels at a time their biases, then their weights for each channel that they are made of. */
function fourByFour(stored: Float32Array, perChannel: number): Float32Array {
  const count = stored.length / (perChannel + 1);
  const packed = new Float32Array(roundUp(count, channelsAtOnce) * (perChannel + 1));
  for (let channel = 0; channel < count; channel++) {
    const lane = channel % channelsAtOnce;
    let to = (channel - lane) * (perChannel + 1) + lane;
    packed[to] = stored[count * perChannel + channel]!;
    for (let from = channel * perChannel; from < (channel + 1) * perChannel; from++) {
      to += channelsAtOnce;
      packed[to] = stored[from]!;
    }
  }
  return packed;
}
