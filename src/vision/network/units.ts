import { largest } from './channels.js';
import type { Layer, Source } from './network-data.js';

/** So many times the range of a channel fits into a number before it is cut off. */
const headroom = 1.5;
/** Of a layer's largest channel: what one that is smaller than this is measured by. */
const smallest = 1 / 64;

/**
 * What one means in each channel of each layer's whole numbers.
 *
 * @param ranges of each layer, the largest value of each channel either way
 * @throws Error where the input itself is added to something, or averaged
 */
export function chooseUnits(
  layers: readonly Layer[],
  ranges: readonly Float32Array[],
): readonly Float64Array[] {
  const units = ranges.map((range) => {
    const least = smallest * range.reduce((most, value) => Math.max(most, value), 0);
    return Float64Array.from(range, (value) => (headroom * Math.max(value, least)) / largest || 1);
  });
  layers.forEach((layer, index) => {
    const sources = addends(layer);
    if (sources.length > 0) shareUnits(units, [index, ...sources]);
  });
  return units;
}

/** What is summed as it is; nothing where weights turn one unit into another. */
function addends(layer: Layer): number[] {
  const sources = addedSources(layer);
  if (!sources.every((source) => source !== 'input'))
    throw new Error('network: the input itself is added or averaged');
  return sources;
}

function addedSources(layer: Layer): Source[] {
  switch (layer.kind) {
    case 'add':
      return [layer.from, layer.other];
    case 'add-doubled':
      return [layer.from, layer.small];
    case 'mean':
      return [layer.from];
    default:
      return [];
  }
}

/** What is added, and what comes of it, has one unit, the largest of any of them. */
function shareUnits(units: Float64Array[], layers: readonly number[]): void {
  const own = layers.map((layer) => units[layer]!);
  const shared = own[0]!.map((_, channel) => Math.max(...own.map((each) => each[channel]!)));
  // those that share one already share this one: they are one array
  units.forEach((each, layer) => {
    if (own.includes(each)) units[layer] = shared;
  });
}
