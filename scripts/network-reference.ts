import type { Layer, LayersData, Source } from '../src/vision/network/network-data.js';

// The layers of a network as their definition reads, one number at a time in double precision: what the product's whole numbers are
// measured against, and their ranges chosen by.

/** Channels, each a plane, row by row. */
export interface Planes {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** What a layer makes. */
export interface Made extends Planes {
  /** Of each channel the largest value either way, before what is negative becomes 0: how large a channel is that seldom is more than 0. */
  readonly reach: Float64Array;
}

/** What each layer makes of an input. */
export function runReference(
  { layers }: Pick<LayersData, 'layers'>,
  weights: ArrayLike<number>,
  input: Planes,
): Made[] {
  const stored = Float64Array.from(weights);
  const made: Made[] = [];
  const find = (source: Source): Planes => (source === 'input' ? input : made[source]!);
  let start = 0;
  const take = (count: number): Float64Array => {
    start += count;
    return stored.subarray(start - count, start);
  };
  for (const layer of layers) made.push(apply(layer, find, take));
  return made;
}

type Take = (count: number) => Float64Array;

function apply(layer: Layer, find: (source: Source) => Planes, take: Take): Made {
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

function convolve(from: Planes, count: number, side: 1 | 3, stride: 1 | 2, relu: boolean, take: Take): Made {
  const taps = side * side;
  const kernel = take(count * from.count * taps);
  const biases = take(count);
  const made = empty(count, from.width / stride, from.height / stride);
  for (let c = 0, i = 0; c < count; c++) {
    fill(made, c, biases[c]!);
    for (let channel = 0; channel < from.count; channel++) {
      for (let tap = 0; tap < taps; tap++, i++) addTap(made, c, from, channel, kernel[i]!, side, stride, tap);
    }
  }
  return rectified(made, relu);
}

function convolveEach(from: Planes, stride: 1 | 2, relu: boolean, take: Take): Made {
  const kernel = take(9 * from.count);
  const biases = take(from.count);
  const made = empty(from.count, from.width / stride, from.height / stride);
  for (let c = 0, i = 0; c < from.count; c++) {
    fill(made, c, biases[c]!);
    for (let tap = 0; tap < 9; tap++, i++) {
      addTap(made, c, from, c, kernel[i]!, 3, stride, tap);
    }
  }
  return rectified(made, relu);
}

/** Adds what one pixel of the filter weighs, zero outside the picture. */
function addTap(
  to: Planes,
  channel: number,
  from: Planes,
  input: number,
  weight: number,
  side: number,
  stride: number,
  tap: number,
): void {
  const dx = (tap % side) - (side >> 1);
  const dy = Math.floor(tap / side) - (side >> 1);
  for (let y = 0; y < to.height; y++) {
    const row = y * stride + dy;
    if (row < 0 || row >= from.height) continue;
    const at = (channel * to.height + y) * to.width;
    const source = (input * from.height + row) * from.width;
    for (let x = 0; x < to.width; x++) {
      const column = x * stride + dx;
      if (column >= 0 && column < from.width) to.values[at + x]! += weight * from.values[source + column]!;
    }
  }
}

function rectified(planes: Planes, relu: boolean): Made {
  const made = withReach(planes);
  return relu ? { ...made, values: planes.values.map((value) => Math.max(0, value)) } : made;
}

function withReach(planes: Planes): Made {
  const reachOf = (channel: number) =>
    planeOf(planes, channel).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { ...planes, reach: Float64Array.from({ length: planes.count }, (_, channel) => reachOf(channel)) };
}

function meanOf(planes: Planes, channel: number): number {
  const plane = planeOf(planes, channel);
  return plane.reduce((sum, value) => sum + value, 0) / plane.length;
}

function planeOf({ values, count }: Planes, channel: number): Float64Array {
  const size = values.length / count;
  return values.subarray(channel * size, (channel + 1) * size);
}

function fill(planes: Planes, channel: number, value: number): void {
  planeOf(planes, channel).fill(value);
}

function empty(count: number, width: number, height: number): Planes {
  return { count, width, height, values: new Float64Array(count * width * height) };
}

function make(
  count: number,
  width: number,
  height: number,
  value: (c: number, x: number, y: number) => number,
): Made {
  const made = empty(count, width, height);
  for (let c = 0, i = 0; c < count; c++)
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++, i++) made.values[i] = value(c, x, y);
  return withReach(made);
}

function at({ values, width, height }: Planes, c: number, x: number, y: number): number {
  return values[(c * height + y) * width + x]!;
}
