import type { Kernel } from '../kernels/kernel.js';
import {
  bytesOf,
  type Channels,
  type ChannelsShape,
  frameOf,
  largest,
  planesAtOnce,
  planesOf,
  rowOf,
  shapeOf,
} from './channels.js';
import type { LayerWeights } from './layer-weights.js';
import type { Layer, Source } from './network-data.js';
import { Places } from './places.js';
import { fourBytes, pairBytes } from './whole-weights.js';

/** The exports of convolution-kernel.wat. */
export interface ConvolutionKernel extends Kernel {
  pointwise(
    from: number,
    to: number,
    weights: number,
    planes: number,
    fromPlane: number,
    toPlane: number,
    bytes: number,
    least: number,
  ): void;
  frame(from: number, to: number, rows: number, pixels: number, row: number, stride: number): void;
  depthwise: Depthwise;
  depthwiseHalving: Depthwise;
  neighbours(from: number, to: number, plane: number, rows: number, row: number, stride: number): void;
  add(a: number, b: number, to: number, bytes: number): void;
  addDoubled(large: number, small: number, to: number, rows: number, row: number, smallRow: number): void;
}

type Depthwise = (
  from: number,
  to: number,
  weights: number,
  rows: number,
  row: number,
  stride: number,
  least: number,
) => void;

/** A network's run over pictures of one size: where everything lies in the kernel's memory, and what is done in turn. */
export interface Program {
  readonly input: Channels;
  readonly layers: readonly Channels[];
  /** So much memory does it take, from 0 on. */
  readonly bytes: number;
  run(): void;
}

/**
 * @param weights whose bytes lie at 0 in the kernel's memory
 * @param kept layers that are read after the run; the others' memory is used again by later ones
 * @param start the first byte that is free
 */
export function planProgram(
  kernel: ConvolutionKernel,
  layers: readonly Layer[],
  weights: LayerWeights,
  kept: readonly number[],
  input: { readonly planes: number; readonly width: number; readonly height: number },
  start: number,
): Program {
  const places = new Places(start);
  const place = (shape: ChannelsShape): Channels => ({ ...shape, at: places.take(bytesOf(shape)) });
  const from = place(shapeOf(input.planes, input.width, input.height));
  const made: Channels[] = [];
  const steps: (() => void)[] = [];
  const find = (source: Source): Channels => (source === 'input' ? from : made[source]!);
  layers.forEach((layer, index) => {
    const to = place(shapeAfter(layer, find(layer.from)));
    const scratch = places.take(scratchBytes(layer, find(layer.from), to));
    steps.push(stepOf(kernel, layer, find, to, weights, index, scratch));
    made.push(to);
    places.give(scratch);
    for (const done of lastReadBy(layers, index)) {
      if (done === 'input' || !kept.includes(done)) places.give(find(done).at);
    }
  });
  return {
    input: from,
    layers: made,
    bytes: places.end,
    run: () => {
      for (const step of steps) step();
    },
  };
}

function sourcesOf(layer: Layer): Source[] {
  if (layer.kind === 'add') return [layer.from, layer.other];
  return layer.kind === 'add-doubled' ? [layer.from, layer.small] : [layer.from];
}

/** What no layer after this one reads. */
function lastReadBy(layers: readonly Layer[], index: number): Set<Source> {
  const later = new Set(layers.slice(index + 1).flatMap(sourcesOf));
  return new Set(sourcesOf(layers[index]!).filter((source) => !later.has(source)));
}

function shapeAfter(layer: Layer, from: Channels): ChannelsShape {
  const { count, width, height } = from;
  switch (layer.kind) {
    case 'halving':
      return shapeOf(layer.channels, width / 2, height / 2);
    case 'pointwise':
      return shapeOf(layer.channels, width, height);
    case 'depthwise':
      return shapeOf(count, width / layer.stride, height / layer.stride);
    case 'mean':
      return shapeOf(count, 1, 1);
    default:
      return from;
  }
}

/** A frame, and in front of it, for `halving`, the neighbours of all pixels. */
function scratchBytes(layer: Layer, from: Channels, to: Channels): number {
  if (layer.kind === 'depthwise') return frameOf(from).bytes;
  return layer.kind === 'halving' ? 9 * planesOf(from) * to.planeBytes + frameOf(from).bytes : 0;
}

function stepOf(
  kernel: ConvolutionKernel,
  layer: Layer,
  find: (source: Source) => Channels,
  to: Channels,
  { starts }: LayerWeights,
  index: number,
  scratch: number,
): () => void {
  const from = find(layer.from);
  const weights = starts[index]!;
  switch (layer.kind) {
    case 'halving':
      return () => convolveHalving(kernel, from, to, weights, leastOf(layer), scratch);
    case 'pointwise': {
      const planes = { at: from.at, planes: planesOf(from), planeBytes: from.planeBytes };
      return () => convolvePixels(kernel, planes, to, weights, leastOf(layer));
    }
    case 'depthwise': {
      const convolve = layer.stride === 2 ? kernel.depthwiseHalving : kernel.depthwise;
      return () => convolveEach(kernel, convolve, from, to, weights, leastOf(layer), scratch);
    }
    case 'add': {
      const other = find(layer.other);
      return () => kernel.add(from.at, other.at, to.at, planesOf(to) * to.planeBytes);
    }
    case 'add-doubled': {
      const small = find(layer.small);
      return () => addDoubled(kernel, from, small, to);
    }
    case 'mean':
      return () => takeMeans(kernel, from, to);
  }
}

function leastOf({ relu }: { readonly relu: boolean }): number {
  return relu ? 0 : -largest;
}

function convolvePixels(
  kernel: ConvolutionKernel,
  from: { readonly at: number; readonly planes: number; readonly planeBytes: number },
  to: Channels,
  weights: number,
  least: number,
): void {
  const bytes = Math.ceil((to.rowBytes * to.height) / 32) * 32;
  const weightBytes = fourBytes(from.planes);
  for (let plane = 0, at = weights; plane < planesOf(to); plane += planesAtOnce, at += weightBytes) {
    const target = to.at + plane * to.planeBytes;
    kernel.pointwise(from.at, target, at, from.planes, from.planeBytes, to.planeBytes, bytes, least);
  }
}

function convolveEach(
  kernel: ConvolutionKernel,
  convolve: Depthwise,
  from: Channels,
  to: Channels,
  weights: number,
  least: number,
  frame: number,
): void {
  const { strideBytes } = frameOf(from);
  clearFrame(kernel, from, frame);
  for (let plane = 0; plane < planesOf(from); plane++) {
    fillFrame(kernel, from, plane, frame);
    const target = to.at + plane * to.planeBytes;
    convolve(frame, target, weights + plane * pairBytes, to.height, to.rowBytes, strideBytes, least);
  }
}

function convolveHalving(
  kernel: ConvolutionKernel,
  from: Channels,
  to: Channels,
  weights: number,
  least: number,
  scratch: number,
): void {
  const { strideBytes } = frameOf(from);
  const planes = 9 * planesOf(from);
  const frame = scratch + planes * to.planeBytes;
  clearFrame(kernel, from, frame);
  for (let plane = 0; plane < planesOf(from); plane++) {
    fillFrame(kernel, from, plane, frame);
    const target = scratch + 9 * plane * to.planeBytes;
    kernel.neighbours(frame, target, to.planeBytes, to.height, to.rowBytes, strideBytes);
  }
  convolvePixels(kernel, { at: scratch, planes, planeBytes: to.planeBytes }, to, weights, least);
}

function clearFrame({ memory }: ConvolutionKernel, inside: Channels, frame: number): void {
  new Uint8Array(memory.buffer, frame, frameOf(inside).bytes).fill(0);
}

function fillFrame(kernel: ConvolutionKernel, from: Channels, plane: number, frame: number): void {
  const { at, planeBytes, width, height, rowBytes } = from;
  kernel.frame(at + plane * planeBytes, frame, height, width * 4, rowBytes, frameOf(from).strideBytes);
}

function addDoubled(kernel: ConvolutionKernel, large: Channels, small: Channels, to: Channels): void {
  for (let plane = 0; plane < planesOf(to); plane++) {
    kernel.addDoubled(
      large.at + plane * large.planeBytes,
      small.at + plane * small.planeBytes,
      to.at + plane * to.planeBytes,
      to.height,
      to.rowBytes,
      small.rowBytes,
    );
  }
}

function takeMeans({ memory }: ConvolutionKernel, from: Channels, to: Channels): void {
  const numbers = new Int16Array(memory.buffer);
  const pixels = from.width * from.height;
  for (let channel = 0; channel < from.count; channel++) {
    let sum = 0;
    for (let y = 0; y < from.height; y++) {
      const row = rowOf(from, channel, y);
      for (let at = row; at < row + 2 * from.width; at += 2) sum += numbers[at]!;
    }
    numbers[rowOf(to, channel, 0)] = Math.round(sum / pixels);
  }
}
