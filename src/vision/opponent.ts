import type { RgbImage } from './types.js';

/**
 * Three planes in which distances follow what the eye sees well enough for edges: luma, red against green, yellow
 * against blue, from gamma-coded sRGB. A tenth of the cost of CIE Lab; chroma weighted up, since a white card on a
 * white desk often differs in tint only.
 */
export interface OpponentImage {
  readonly width: number;
  readonly height: number;
  /** `width * height` values each, row by row. */
  readonly planes: readonly [luma: Float32Array, redGreen: Float32Array, yellowBlue: Float32Array];
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
  const planes = factor === 1 ? convert(source) : convertShrunk(source, width, height);
  return { width, height, planes, scaleX: width / image.width, scaleY: height / image.height };
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

type Planes = [Float32Array, Float32Array, Float32Array];

function newPlanes(size: number): Planes {
  return [new Float32Array(size), new Float32Array(size), new Float32Array(size)];
}

function convert({ data, width, height }: RgbImage): Planes {
  const planes = newPlanes(width * height);
  const [luma, redGreen, yellowBlue] = planes;
  for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
    const r = data[at]!;
    const g = data[at + 1]!;
    const b = data[at + 2]!;
    luma[i] = 0.299 * r + 0.587 * g + 0.114 * b;
    redGreen[i] = redGreenWeight * (r - g);
    yellowBlue[i] = yellowBlueWeight * (0.5 * (r + g) - b);
  }
  return planes;
}

function convertShrunk(image: RgbImage, width: number, height: number): Planes {
  const planes = newPlanes(width * height);
  const [luma, redGreen, yellowBlue] = planes;
  const { data } = image;
  const columns = samplePositions(image.width, width);
  const rows = samplePositions(image.height, height);
  const stride = image.width * 3;
  for (let y = 0, i = 0; y < height; y++) {
    const top = rows.first[y]! * stride;
    const below = rows.second[y]! * stride - top;
    const fy = rows.share[y]!;
    for (let x = 0; x < width; x++, i++) {
      const at = top + columns.first[x]! * 3;
      const right = (columns.second[x]! - columns.first[x]!) * 3;
      const fx = columns.share[x]!;
      const w11 = fx * fy;
      const w01 = fx - w11;
      const w10 = fy - w11;
      const w00 = 1 - fx - w10;
      const b1 = at + below;
      const r = w00 * data[at]! + w01 * data[at + right]! + w10 * data[b1]! + w11 * data[b1 + right]!;
      const g =
        w00 * data[at + 1]! + w01 * data[at + right + 1]! + w10 * data[b1 + 1]! + w11 * data[b1 + right + 1]!;
      const b =
        w00 * data[at + 2]! + w01 * data[at + right + 2]! + w10 * data[b1 + 2]! + w11 * data[b1 + right + 2]!;
      luma[i] = 0.299 * r + 0.587 * g + 0.114 * b;
      redGreen[i] = redGreenWeight * (r - g);
      yellowBlue[i] = yellowBlueWeight * (0.5 * (r + g) - b);
    }
  }
  return planes;
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

/** Binomial 3 × 3 blur of all planes; the rim keeps the mean of what it has. */
export function blur(image: OpponentImage): OpponentImage {
  const planes = image.planes.map((plane) => blurPlane(plane, image.width, image.height));
  return { ...image, planes: planes as Planes };
}

function blurPlane(plane: Float32Array, width: number, height: number): Float32Array {
  const across = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    for (let x = 0; x < width; x++) {
      const i = start + x;
      const left = x > 0 ? plane[i - 1]! : plane[i]!;
      const right = x < width - 1 ? plane[i + 1]! : plane[i]!;
      across[i] = 0.25 * (left + right) + 0.5 * plane[i]!;
    }
  }
  const out = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const above = y > 0 ? -width : 0;
    const below = y < height - 1 ? width : 0;
    for (let i = start; i < start + width; i++) {
      out[i] = 0.25 * (across[i + above]! + across[i + below]!) + 0.5 * across[i]!;
    }
  }
  return out;
}

/** The planes as interleaved bytes for OpenCV, `gain` times their contrast, half the size when `half` is set. */
export function toBytes(
  image: OpponentImage,
  half: boolean,
): { pixels: Uint8Array; width: number; height: number } {
  const step = half ? 2 : 1;
  const width = Math.max(1, Math.floor(image.width / step));
  const height = Math.max(1, Math.floor(image.height / step));
  const right = half && image.width > 1 ? 1 : 0;
  const below = half && image.height > 1 ? image.width : 0;
  const pixels = new Uint8ClampedArray(width * height * 3);
  image.planes.forEach((plane, channel) => {
    const shift = channel === 0 ? 0 : 128;
    for (let y = 0, target = channel; y < height; y++) {
      let i = y * step * image.width;
      for (let x = 0; x < width; x++, i += step, target += 3) {
        const sum = plane[i]! + plane[i + right]! + plane[i + below]! + plane[i + right + below]!;
        pixels[target] = 0.25 * sum + shift;
      }
    }
  });
  return { pixels: new Uint8Array(pixels.buffer), width, height };
}
