import type { RgbImage } from './types.js';

/**
 * Three channels in which distances follow what the eye sees well enough for edges: luma, red against green, yellow
 * against blue, from gamma-coded sRGB. A tenth of the cost of CIE Lab; chroma weighted up, since a white card on a
 * white desk often differs in tint only.
 */
export interface OpponentImage {
  readonly width: number;
  readonly height: number;
  /** Interleaved luma, red-green, yellow-blue: `width * height * 3` values, row by row. */
  readonly data: Float32Array;
  /** Pixels of this image per pixel of the image it was made from. */
  readonly scaleX: number;
  readonly scaleY: number;
}

const redGreenWeight = 0.7;
const yellowBlueWeight = 0.5;

/** Shrinks (never enlarges) to a long side of at most `longSide` pixels, bilinear, halving first where needed. */
export function toOpponent(image: RgbImage, longSide: number): OpponentImage {
  let source = image;
  while (Math.max(source.width, source.height) > 2 * longSide) source = halve(source);
  const factor = Math.min(1, longSide / Math.max(source.width, source.height));
  const width = Math.max(1, Math.round(source.width * factor));
  const height = Math.max(1, Math.round(source.height * factor));
  const data = convertTo(source, width, height);
  return { width, height, data, scaleX: width / image.width, scaleY: height / image.height };
}

/** Mean of 2 × 2 pixels; an odd last row or column is dropped. */
function halve({ data, width, height }: RgbImage): RgbImage {
  const halfWidth = Math.max(1, width >> 1);
  const halfHeight = Math.max(1, height >> 1);
  const out = new Uint8Array(halfWidth * halfHeight * 3);
  const right = width > 1 ? 3 : 0;
  const below = height > 1 ? width * 3 : 0;
  let target = 0;
  for (let y = 0; y < halfHeight; y++) {
    let at = 2 * y * width * 3;
    for (let x = 0; x < halfWidth; x++, at += 6) {
      for (let c = 0; c < 3; c++) {
        const i = at + c;
        out[target++] = (data[i]! + data[i + right]! + data[i + below]! + data[i + right + below]! + 2) >> 2;
      }
    }
  }
  return { data: out, width: halfWidth, height: halfHeight };
}

function convertTo(source: RgbImage, width: number, height: number): Float32Array {
  if (source.width === width && source.height === height) return convert(source);
  if (source.width === 2 * width && source.height === 2 * height) return convertHalved(source);
  return convertShrunk(source, width, height);
}

/** What `convertShrunk` does for exactly half the size, without its weights. */
function convertHalved({ data, width, height }: RgbImage): Float32Array {
  const out = new Float32Array((width / 2) * (height / 2) * 3);
  const below = width * 3;
  for (let y = 0, at = 0; y < height; y += 2) {
    for (let i = y * below; i < y * below + below; i += 6, at += 3) {
      const j = i + below;
      const red = data[i]! + data[i + 3]! + data[j]! + data[j + 3]!;
      const green = data[i + 1]! + data[i + 4]! + data[j + 1]! + data[j + 4]!;
      const blue = data[i + 2]! + data[i + 5]! + data[j + 2]! + data[j + 5]!;
      writeOpponent(out, at, 0.25 * red, 0.25 * green, 0.25 * blue);
    }
  }
  return out;
}

function convert({ data, width, height }: RgbImage): Float32Array {
  const out = new Float32Array(width * height * 3);
  for (let at = 0; at < out.length; at += 3) writeOpponent(out, at, data[at]!, data[at + 1]!, data[at + 2]!);
  return out;
}

function writeOpponent(out: Float32Array, at: number, r: number, g: number, b: number): void {
  out[at] = 0.299 * r + 0.587 * g + 0.114 * b;
  out[at + 1] = redGreenWeight * (r - g);
  out[at + 2] = yellowBlueWeight * (0.5 * (r + g) - b);
}

function convertShrunk(image: RgbImage, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height * 3);
  const { data } = image;
  const columns = samplePositions(image.width, width);
  const rows = samplePositions(image.height, height);
  const stride = image.width * 3;
  for (let y = 0, at = 0; y < height; y++) {
    const top = rows.first[y]! * stride;
    const below = rows.second[y]! * stride - top;
    const fy = rows.share[y]!;
    for (let x = 0; x < width; x++, at += 3) {
      const a = top + columns.first[x]! * 3;
      const right = (columns.second[x]! - columns.first[x]!) * 3;
      const fx = columns.share[x]!;
      const w11 = fx * fy;
      const w01 = fx - w11;
      const w10 = fy - w11;
      const w00 = 1 - fx - w10;
      const b = a + below;
      const red = w00 * data[a]! + w01 * data[a + right]! + w10 * data[b]! + w11 * data[b + right]!;
      const green =
        w00 * data[a + 1]! + w01 * data[a + right + 1]! + w10 * data[b + 1]! + w11 * data[b + right + 1]!;
      const blue =
        w00 * data[a + 2]! + w01 * data[a + right + 2]! + w10 * data[b + 2]! + w11 * data[b + right + 2]!;
      writeOpponent(out, at, red, green, blue);
    }
  }
  return out;
}

interface SamplePositions {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

/** Where the centres of `count` equal parts of `size` pixels fall: two pixels and the share of the second. */
function samplePositions(size: number, count: number): SamplePositions {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const share = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const position = Math.min(size - 1, Math.max(0, ((i + 0.5) * size) / count - 0.5));
    first[i] = Math.floor(position);
    second[i] = Math.min(size - 1, first[i]! + 1);
    share[i] = position - first[i]!;
  }
  return { first, second, share };
}

/** Binomial 3 × 3 blur in place; at the rim, the missing neighbour is replaced by the pixel itself. */
export function blur(image: OpponentImage): OpponentImage {
  const { data, width, height } = image;
  const stride = width * 3;
  // three rows blurred across are enough to blur down: they stay in the processor's cache
  const rows = [new Float32Array(stride), new Float32Array(stride), new Float32Array(stride)];
  blurAcross(data, 0, rows[0]!);
  for (let y = 0; y < height; y++) {
    const here = rows[y % 3]!;
    const above = y > 0 ? rows[(y + 2) % 3]! : here;
    const below = y < height - 1 ? rows[(y + 1) % 3]! : here;
    if (below !== here) blurAcross(data, (y + 1) * stride, below);
    for (let i = 0, at = y * stride; i < stride; i++, at++) {
      data[at] = 0.25 * (above[i]! + below[i]!) + 0.5 * here[i]!;
    }
  }
  return image;
}

function blurAcross(data: Float32Array, start: number, row: Float32Array): void {
  const last = row.length - 3;
  for (let i = 3; i < last; i++) {
    row[i] = 0.25 * (data[start + i - 3]! + data[start + i + 3]!) + 0.5 * data[start + i]!;
  }
  for (let c = 0; c < 3; c++) {
    row[c] = 0.75 * data[start + c]! + 0.25 * data[start + Math.min(c + 3, last + c)]!;
    row[last + c] = 0.75 * data[start + last + c]! + 0.25 * data[start + Math.max(last + c - 3, c)]!;
  }
}

/** As interleaved bytes for OpenCV, chroma shifted to the middle of the range; half the size when `half` is set. */
export function toBytes(
  image: OpponentImage,
  half: boolean,
): { pixels: Uint8Array; width: number; height: number } {
  const { data } = image;
  const step = half && Math.min(image.width, image.height) > 1 ? 2 : 1;
  const width = Math.floor(image.width / step);
  const height = Math.floor(image.height / step);
  const right = step === 2 ? 3 : 0;
  const below = step === 2 ? image.width * 3 : 0;
  const pixels = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, target = 0; y < height; y++) {
    let at = y * step * image.width * 3;
    for (let x = 0; x < width; x++, at += 3 * step) {
      for (let c = 0; c < 3; c++, target++) {
        const i = at + c;
        const sum = data[i]! + data[i + right]! + data[i + below]! + data[i + right + below]!;
        pixels[target] = 0.25 * sum + (c === 0 ? 0 : 128);
      }
    }
  }
  return { pixels: new Uint8Array(pixels.buffer), width, height };
}
