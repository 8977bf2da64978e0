import type { Layer, NetworkData, Source } from '../../../src/vision/network/network-data.js';
import type { RgbImage } from '../../../src/vision/types.js';

// The layers of a network as their definition reads, one number at a time in double precision.

interface Tensor {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** What each layer makes of a picture. */
export function runReference({ layers }: NetworkData, weights: readonly number[], image: RgbImage): Tensor[] {
  const input = make(
    3,
    image.width,
    image.height,
    (c, x, y) => (image.data[(y * image.width + x) * 3 + c]! - 128) / 64,
  );
  const made: Tensor[] = [];
  const find = (source: Source): Tensor => (source === 'input' ? input : made[source]!);
  let start = 0;
  const take = (count: number): readonly number[] => {
    start += count;
    return weights.slice(start - count, start);
  };
  for (const layer of layers) made.push(apply(layer, find, take));
  return made;
}

function apply(
  layer: Layer,
  find: (source: Source) => Tensor,
  take: (count: number) => readonly number[],
): Tensor {
  const from = find(layer.from);
  switch (layer.kind) {
    case 'halving':
      return convolve(from, layer.channels, 3, 2, layer.relu, take);
    case 'pointwise':
      return convolve(from, layer.channels, 1, 1, layer.relu, take);
    case 'depthwise':
      return convolveEach(from, layer.stride, layer.relu, take);
    case 'add': {
      const other = find(layer.other);
      return make(from.count, from.width, from.height, (c, x, y) => at(from, c, x, y) + at(other, c, x, y));
    }
    case 'add-doubled': {
      const small = find(layer.small);
      return make(
        from.count,
        from.width,
        from.height,
        (c, x, y) => at(from, c, x, y) + at(small, c, x >> 1, y >> 1),
      );
    }
    case 'mean':
      return make(from.count, 1, 1, (c) => meanOf(from, c));
  }
}

function convolve(
  from: Tensor,
  count: number,
  side: 1 | 3,
  stride: 1 | 2,
  relu: boolean,
  take: (count: number) => readonly number[],
): Tensor {
  const perChannel = side * side * from.count;
  const kernel = take(count * perChannel);
  const biases = take(count);
  return make(count, from.width / stride, from.height / stride, (c, x, y) => {
    let sum = biases[c]!;
    for (let i = 0; i < perChannel; i++) {
      const tap = i % (side * side);
      const dx = (tap % side) - (side >> 1);
      const dy = Math.floor(tap / side) - (side >> 1);
      sum +=
        kernel[c * perChannel + i]! *
        at(from, Math.floor(i / (side * side)), x * stride + dx, y * stride + dy);
    }
    return relu ? Math.max(0, sum) : sum;
  });
}

function convolveEach(
  from: Tensor,
  stride: 1 | 2,
  relu: boolean,
  take: (count: number) => readonly number[],
): Tensor {
  const kernel = take(9 * from.count);
  const biases = take(from.count);
  return make(from.count, from.width / stride, from.height / stride, (c, x, y) => {
    let sum = biases[c]!;
    for (let i = 0; i < 9; i++) {
      sum += kernel[9 * c + i]! * at(from, c, x * stride + (i % 3) - 1, y * stride + Math.floor(i / 3) - 1);
    }
    return relu ? Math.max(0, sum) : sum;
  });
}

function meanOf({ values, width, height }: Tensor, channel: number): number {
  const plane = values.subarray(channel * width * height, (channel + 1) * width * height);
  return plane.reduce((sum, value) => sum + value, 0) / plane.length;
}

function make(
  count: number,
  width: number,
  height: number,
  value: (c: number, x: number, y: number) => number,
): Tensor {
  const values = new Float64Array(count * width * height);
  for (let c = 0, i = 0; c < count; c++)
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++, i++) values[i] = value(c, x, y);
  return { count, width, height, values };
}

/** Zero outside the picture. */
function at({ values, width, height }: Tensor, c: number, x: number, y: number): number {
  return x >= 0 && y >= 0 && x < width && y < height ? values[(c * height + y) * width + x]! : 0;
}
