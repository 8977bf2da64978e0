import { gradientKernel } from './gradient-kernel.js';
import { type Kernel, loadKernel, roomFor } from './kernel.js';

/** The exports of gradient-kernel.wat. */
interface GradientKernel extends Kernel {
  gradients(pixels: number, stride: number, width: number, sizes: number): void;
  largest(first: number, second: number, third: number, to: number, width: number): void;
  list(sizes: number, width: number, low: number, first: number, list: number): number;
}

/** One channel in the kernel's memory: rows `stride` apart, one more above and below. */
interface Channel {
  readonly pixels: Uint8Array;
  /** Size of the gradient, |dx| + |dy|. */
  readonly sizes: Uint16Array;
}

/** A picture in the kernel's memory. It stays within this file: the next picture overwrites it. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly channels: readonly Channel[];
  /** The largest of the channels' sizes. */
  readonly sizes: Uint16Array;
  /** Per pixel 0, weak, or an edge. */
  readonly states: Uint8Array;
  /** Where the size exceeds the lowest threshold: numbers of pixels in the plane, row by row. */
  readonly steep: Int32Array;
}

/** Pixels before, between and after the rows: the last one's right neighbour, the next row's left one, and what the kernel reads in between. */
const frame = 8;
/** tan 22.5° in OpenCV's fixed point, so that the edges are the same. */
const tangentBits = 15;
const tangent = Math.round(Math.tan(Math.PI / 8) * 2 ** tangentBits);

// Loaded once a thread; each picture fills its memory anew.
let loaded: GradientKernel | undefined;

const weak = 1;
const edge = 2;

/** Low and high, in units of |dx| + |dy| of a 3 × 3 Sobel filter. */
export type Thresholds = readonly [low: number, high: number];

/**
 * Canny's edges of a picture of one or three channels, widened by one pixel all around, for each pair of thresholds: 255 there, 0 elsewhere. The
 * same as OpenCV's `Canny` with aperture 3 and L1 gradient, then `dilate` with 3 × 3, at a quarter of the cost: OpenCV's build has no 128-bit
 * operations. Of three channels the one with the largest gradient counts, pixel by pixel.
 */
export function findWideEdges(
  channels: readonly Uint8Array[],
  width: number,
  height: number,
  thresholds: readonly Thresholds[],
): Uint8Array[] {
  // OpenCV's sizes are whole numbers
  const whole = thresholds.map(([low, high]) => [Math.floor(low), Math.floor(high)] as const);
  const picture = measureGradients(channels, width, height, Math.min(...whole.map(([low]) => low)));
  return whole.map((pair) => {
    picture.states.fill(0);
    return widen(connectEdges(picture, markRidges(picture, pair)), picture);
  });
}

function measureGradients(
  planes: readonly Uint8Array[],
  width: number,
  height: number,
  low: number,
): Picture {
  loaded ??= loadKernel<GradientKernel>(gradientKernel);
  const kernel = loaded;
  const stride = width + frame;
  const count = frame + stride * (height + 2) + frame;
  const pixelBytes = 8 * Math.ceil(count / 8);
  const sizeBytes = 8 * Math.ceil((2 * count) / 8);
  // sizes of each channel, and of several the largest
  const kinds = planes.length === 1 ? 1 : planes.length + 1;
  const sizesAt = planes.length * pixelBytes;
  const largestAt = sizesAt + (kinds - 1) * sizeBytes;
  const statesAt = sizesAt + kinds * sizeBytes;
  const listAt = statesAt + pixelBytes;
  const memory = roomFor(kernel, listAt + 4 * width * height);
  const sizesOf = (kind: number) => new Uint16Array(memory, sizesAt + kind * sizeBytes, count);
  const channels = planes.map((plane, channel) => {
    const pixels = new Uint8Array(memory, channel * pixelBytes, count);
    frameRows(plane, width, height, pixels);
    return { pixels, sizes: sizesOf(channel) };
  });
  const sizes = sizesOf(kinds - 1);
  sizes.fill(0, 0, frame + stride).fill(0, frame + (height + 1) * stride);
  let end = listAt;
  for (let y = 1; y <= height; y++) {
    const at = frame + y * stride;
    const rowOf = (kind: number) => sizesAt + kind * sizeBytes + 2 * at;
    channels.forEach((_, channel) => {
      kernel.gradients(channel * pixelBytes + at, stride, width, rowOf(channel));
    });
    if (kinds > 1) kernel.largest(rowOf(0), rowOf(1), rowOf(2), largestAt + 2 * at, width);
    end = kernel.list(largestAt + 2 * at, width, low, at, end);
  }
  const states = new Uint8Array(memory, statesAt, count);
  const steep = new Int32Array(memory, listAt, (end - listAt) / 4);
  return { width, height, stride, channels, sizes, states, steep };
}

/** Copies the picture into the plane, its rim continued by one pixel. */
function frameRows(grey: Uint8Array, width: number, height: number, pixels: Uint8Array): void {
  const stride = width + frame;
  for (let y = 0; y <= height + 1; y++) {
    const from = Math.min(height - 1, Math.max(0, y - 1)) * width;
    const at = frame + y * stride;
    pixels.set(grey.subarray(from, from + width), at);
    pixels[at + width] = grey[from + width - 1]!;
    pixels[at - 1] = grey[from]!;
  }
}

/** Marks what is steeper than its neighbours across the edge; returns those that exceed the high threshold. */
function markRidges({ stride, channels, sizes, states, steep }: Picture, [low, high]: Thresholds): number[] {
  const strong: number[] = [];
  for (const at of steep) {
    const size = sizes[at]!;
    if (size <= low || !isRidge(steepestAt(channels, at, size), sizes, stride, at, size)) continue;
    states[at] = size > high ? edge : weak;
    if (size > high) strong.push(at);
  }
  return strong;
}

/** Pixels of the channel whose gradient counts: the first of the largest. */
function steepestAt(channels: readonly Channel[], at: number, size: number): Uint8Array {
  let channel = 0;
  while (channel < channels.length - 1 && channels[channel]!.sizes[at]! < size) channel++;
  return channels[channel]!.pixels;
}

function isRidge(pixels: Uint8Array, sizes: Uint16Array, stride: number, at: number, size: number): boolean {
  const above = at - stride;
  const below = at + stride;
  const falling = pixels[below + 1]! - pixels[above - 1]!;
  const rising = pixels[above + 1]! - pixels[below - 1]!;
  const dx = falling + rising + 2 * (pixels[at + 1]! - pixels[at - 1]!);
  const dy = falling - rising + 2 * (pixels[below]! - pixels[above]!);
  const across = Math.abs(dx) * tangent;
  const down = Math.abs(dy) << tangentBits;
  if (down < across) return size > sizes[at - 1]! && size >= sizes[at + 1]!;
  if (down > across + (Math.abs(dx) << (tangentBits + 1)))
    return size > sizes[above]! && size >= sizes[below]!;
  const side = dx < 0 !== dy < 0 ? -1 : 1;
  return size > sizes[above - side]! && size > sizes[below + side]!;
}

/** All edges: the strong ones, and of the weak ones those that are connected to them. */
function connectEdges({ stride, states }: Picture, strong: number[]): number[] {
  const around = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
  // what is appended on the way is looked at in its turn
  for (const at of strong) {
    for (const step of around) {
      if (states[at + step] !== weak) continue;
      states[at + step] = edge;
      strong.push(at + step);
    }
  }
  return strong;
}

function widen(edges: readonly number[], { width, height, stride }: Picture): Uint8Array {
  const wide = new Uint8Array(width * height);
  for (const at of edges) {
    const y = Math.floor((at - frame) / stride) - 1;
    const x = at - frame - (y + 1) * stride;
    const left = Math.max(0, x - 1);
    const right = Math.min(width, x + 2);
    for (let row = Math.max(0, y - 1); row < Math.min(height, y + 2); row++) {
      for (let to = row * width + left; to < row * width + right; to++) wide[to] = 255;
    }
  }
  return wide;
}
