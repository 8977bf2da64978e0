import { PixelSampler } from '../kernels/pixel-sampler.js';
import { blurredSampling, type SamplePositions, samplePositions } from '../kernels/resample.js';
import type { RgbImage } from '../types.js';

const redGreenWeight = 0.7;
const yellowBlueWeight = 0.5;

/** Added to the luma that chroma is divided by, in levels: keeps what is nearly black from having a tint. */
export const darkest = 12;

/**
 * A picture shrunk (never enlarged) to a long side of at most `longSide` pixels, slightly blurred (binomial 3 × 3), in
 * three channels in which distances follow what the eye sees well enough for edges: luma, red against green, yellow
 * against blue, from gamma-coded sRGB. A tenth of the cost of CIE Lab; chroma weighted up, since a white card on a
 * white desk often differs in tint only.
 *
 * Made pixel by pixel as they are asked for: where a card is plain, one pixel in twenty tells.
 */
export class OpponentImage {
  readonly width: number;
  readonly height: number;
  /** Pixels of this image per pixel of the image it was made from. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** What it was made from. */
  readonly source: RgbImage;
  readonly #columns: SamplePositions;
  readonly #rows: SamplePositions;
  readonly #sampler: PixelSampler;
  #buffers: Buffers | undefined;
  #known: Uint8Array;
  #isComplete = false;

  constructor(source: RgbImage, longSide: number) {
    const factor = Math.min(1, longSide / Math.max(source.width, source.height));
    this.source = source;
    this.width = Math.max(1, Math.round(source.width * factor));
    this.height = Math.max(1, Math.round(source.height * factor));
    this.scaleX = this.width / source.width;
    this.scaleY = this.height / source.height;
    this.#columns = samplePositions(source.width, this.width);
    this.#rows = samplePositions(source.height, this.height);
    this.#sampler = new PixelSampler(
      source,
      blurredSampling(this.#columns, source.width),
      blurredSampling(this.#rows, source.height),
    );
    this.#buffers = spareBuffers.take(this.width * this.height);
    this.#known = this.#buffers.known;
  }

  /**
   * What has been made so far, three values a pixel: of all pixels after `complete`, else of those that `at` was asked for. It may be
   * longer than the picture.
   *
   * @throws Error once the picture has been disposed of
   */
  get data(): Float32Array {
    if (!this.#buffers) throw new Error('this picture has left its memory to another one');
    return this.#buffers.data;
  }

  /** Index in `data` of the first value of a pixel, which it makes if need be. */
  at(x: number, y: number): number {
    const pixel = y * this.width + x;
    if (this.#known[pixel] === 0) this.#make(x, y, pixel);
    return 3 * pixel;
  }

  /** Makes all pixels, for far less per pixel than one by one. */
  complete(): this {
    if (this.#isComplete) return this;
    this.#isComplete = true;
    const { width, height } = this;
    const { data } = this;
    const stride = width * 3;
    // three rows are enough to blur down: they stay in the processor's cache
    const sampled = new Float32Array(stride + 6);
    const rows = [new Float64Array(stride), new Float64Array(stride), new Float64Array(stride)];
    this.#makeRow(0, sampled, rows[0]!);
    for (let y = 0; y < height; y++) {
      const here = rows[y % 3]!;
      const above = y > 0 ? rows[(y + 2) % 3]! : here;
      const below = y < height - 1 ? rows[(y + 1) % 3]! : here;
      if (below !== here) this.#makeRow(y + 1, sampled, below);
      for (let i = 0, at = y * stride; i < stride; i++, at++) {
        data[at] = 0.25 * (above[i]! + below[i]!) + 0.5 * here[i]!;
      }
    }
    this.#known.fill(1);
    return this;
  }

  #make(x: number, y: number, pixel: number): void {
    const { data } = this;
    const at = 3 * pixel;
    this.#sampler.read(x, y, data, at);
    writeOpponent(data, at, data[at]!, data[at + 1]!, data[at + 2]!);
    this.#known[pixel] = 1;
  }

  /** Leaves the memory to the next picture: this one has no data any more. */
  [Symbol.dispose](): void {
    this.#sampler.release();
    if (this.#buffers) spareBuffers.giveBack(this.#buffers);
    this.#buffers = undefined;
    this.#known = new Uint8Array(0);
  }

  /** One row, sampled and blurred across; `sampled` is scratch space with one pixel more at either end. */
  #makeRow(y: number, sampled: Float32Array, row: Float64Array): void {
    const { data: pixels, width } = this.source;
    const { first, second, share } = this.#columns;
    const top = this.#rows.first[y]! * width * 3;
    const below = this.#rows.second[y]! * width * 3 - top;
    const fy = this.#rows.share[y]!;
    for (let x = 0, to = 3; x < this.width; x++, to += 3) {
      const a = top + first[x]! * 3;
      const b = a + below;
      const right = (second[x]! - first[x]!) * 3;
      const fx = share[x]!;
      const w11 = fx * fy;
      const w01 = fx - w11;
      const w10 = fy - w11;
      const w00 = 1 - fx - w10;
      writeOpponent(
        sampled,
        to,
        w00 * pixels[a]! + w01 * pixels[a + right]! + w10 * pixels[b]! + w11 * pixels[b + right]!,
        w00 * pixels[a + 1]! +
          w01 * pixels[a + right + 1]! +
          w10 * pixels[b + 1]! +
          w11 * pixels[b + right + 1]!,
        w00 * pixels[a + 2]! +
          w01 * pixels[a + right + 2]! +
          w10 * pixels[b + 2]! +
          w11 * pixels[b + right + 2]!,
      );
    }
    sampled.copyWithin(0, 3, 6);
    sampled.copyWithin(sampled.length - 3, sampled.length - 6, sampled.length - 3);
    for (let i = 0; i < row.length; i++) {
      row[i] = 0.25 * (sampled[i]! + sampled[i + 6]!) + 0.5 * sampled[i + 3]!;
    }
  }
}

interface Buffers {
  /** Interleaved luma, red-green, yellow-blue, row by row. */
  readonly data: Float32Array;
  /** Which pixels have been made. */
  readonly known: Uint8Array;
}

/** Keeps the memory of the last picture for the next one: new memory of that size costs a fault of the system for each page that is touched. */
class SpareBuffers {
  #spare: Buffers | undefined;

  take(pixels: number): Buffers {
    const taken = this.#spare;
    this.#spare = undefined;
    if (!taken || taken.known.length < pixels) {
      return { data: new Float32Array(3 * pixels), known: new Uint8Array(pixels) };
    }
    taken.known.fill(0, 0, pixels);
    return taken;
  }

  giveBack(buffers: Buffers): void {
    this.#spare = buffers;
  }
}

// One for each thread, where one photo follows the other; who holds its buffers is alone in using them.
const spareBuffers = new SpareBuffers();

function writeOpponent(out: Float32Array, at: number, r: number, g: number, b: number): void {
  out[at] = 0.299 * r + 0.587 * g + 0.114 * b;
  out[at + 1] = redGreenWeight * (r - g);
  out[at + 2] = yellowBlueWeight * (0.5 * (r + g) - b);
}

/** As interleaved bytes for OpenCV, chroma shifted to the middle of the range; half the size when `half` is set. */
export function toBytes(
  image: OpponentImage,
  half: boolean,
): { pixels: Uint8Array; width: number; height: number } {
  const { data } = image.complete();
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
