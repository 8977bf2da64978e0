import { encodeHalves } from '../../../scripts/halves.js';
import { type Planes, runReference } from '../../../scripts/network-reference.js';
import type { Random } from '../../../src/random.js';
import type { Layer, NetworkData, Source } from '../../../src/vision/network/network-data.js';
import { logistic } from '../../../src/vision/odds.js';
import type { RgbImage } from '../../../src/vision/types.js';

/** A network of the shape that finds documents, and its weights as numbers. */
export interface RandomNetwork {
  readonly data: NetworkData;
  readonly weights: readonly number[];
}

/** Channels at 1/2, 1/4, 1/8, 1/16 and 1/32 of the input's size. */
export type Widths = readonly [number, number, number, number, number];

/** Weights such that a layer's values are about as large as those it is made of. */
export function randomNetwork(random: Random, [c0, c1, c2, c3, c4]: Widths, blocks: number): RandomNetwork {
  const layers: Layer[] = [];
  const push = (layer: Layer): number => layers.push(layer) - 1;
  const pointwise = (from: Source, channels: number, relu = true): number =>
    push({ kind: 'pointwise', from, channels, relu });
  const depthwise = (from: Source, stride: 1 | 2): number =>
    push({ kind: 'depthwise', from, stride, relu: true });
  const block = (from: number, channels: number, wide: number, stride: 1 | 2): number =>
    pointwise(depthwise(pointwise(from, wide), stride), channels, false);
  const stage = (from: number, channels: number, wide: number, first: 1 | 2): number => {
    let last = first === 2 ? block(from, channels, wide, 2) : from;
    for (let i = 0; i < blocks; i++)
      last = push({ kind: 'add', from: last, other: block(last, channels, wide, 1) });
    return last;
  };
  const merge = (deep: number, lateral: number, channels: number): number => {
    const small = pointwise(deep, channels);
    const sum = push({ kind: 'add-doubled', from: pointwise(lateral, channels), small });
    return pointwise(depthwise(sum, 1), channels);
  };
  const stem = push({ kind: 'halving', from: 'input', channels: c0, relu: true });
  const s1 = stage(pointwise(depthwise(stem, 2), c1), c1, 2 * c1, 1);
  const s2 = stage(s1, c2, 3 * c1, 2);
  const s3 = stage(s2, c3, 3 * c2, 2);
  const s4 = stage(s3, c4, 3 * c3, 2);
  const y3 = merge(s4, s3, c2);
  const y2 = merge(y3, s2, c2);
  const maps = pointwise(merge(y2, s1, c1), 8, false);
  const presence = push({ kind: 'mean', from: pointwise(pointwise(s4, 32), 1, false) });
  const weights = randomWeights(random, layers);
  const ranges = measureRanges({ layers }, weights, random);
  return {
    data: { layers, maps, presence, weights: encodeHalves(weights), ranges: encodeHalves(ranges) },
    weights,
  };
}

/** For all channels of a layer twice what one of them reaches on noise: on other pictures other channels do. */
function measureRanges(
  data: Pick<NetworkData, 'layers'>,
  weights: readonly number[],
  random: Random,
): number[] {
  const [width, height] = [96, 64];
  const noise = new Uint8Array(3 * width * height).map(() => random.int(0, 255));
  const made = runReference(data, weights, toTensor({ data: noise, width, height }));
  return made.flatMap(({ reach }) => Array.from(reach, () => 2 * Math.max(...reach)));
}

function randomWeights(random: Random, layers: readonly Layer[]): number[] {
  const counts: number[] = [];
  const weights: number[] = [];
  for (const layer of layers) {
    const from = layer.from === 'input' ? 3 : counts[layer.from]!;
    const count = 'channels' in layer ? layer.channels : from;
    counts.push(count);
    const perChannel = { halving: 27, pointwise: from, depthwise: 9 }[layer.kind as string] ?? 0;
    if (perChannel === 0) continue;
    const size = 1.5 / Math.sqrt(perChannel);
    for (let i = 0; i < count * (perChannel + 1); i++) weights.push(asHalf(random.uniform(-size, size)));
  }
  return weights;
}

/** The nearest of the coarser numbers that a 16-bit float can hold exactly. */
function asHalf(value: number): number {
  return Math.round(value * 1024) / 1024;
}

/** As a network sees a picture. */
export function toTensor({ data, width, height }: RgbImage): Planes {
  const plane = width * height;
  const values = Float64Array.from(
    { length: 3 * plane },
    (_, i) => (data[(i % plane) * 3 + Math.floor(i / plane)]! - 128) / 64,
  );
  return { count: 3, width, height, values };
}

/** The probabilities that four channels from `first` on hold, each of 2 × 2 pixels one, row by row. */
export function mapOf({ values, width, height }: Planes, first: number): Float64Array {
  return Float64Array.from({ length: 4 * width * height }, (_, i) => {
    const [x, y] = [i % (2 * width), Math.floor(i / (2 * width))];
    const channel = first + 2 * (y % 2) + (x % 2);
    return logistic(values[(channel * height + (y >> 1)) * width + (x >> 1)]!);
  });
}
