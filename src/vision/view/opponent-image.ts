import { type ChannelMix, PixelSampler } from '../kernels/pixel-sampler.js';
import { samplePositions } from '../kernels/resample.js';
import type { RgbImage } from '../types.js';

const redGreenWeight = 0.7;
const yellowBlueWeight = 0.5;
/** What a level of red, green and blue counts for in luma, red against green, and yellow against blue. */
const mix: ChannelMix = [
  [0.299, redGreenWeight, yellowBlueWeight / 2],
  [0.587, -redGreenWeight, yellowBlueWeight / 2],
  [0.114, 0, -yellowBlueWeight],
];

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
    this.#sampler = new PixelSampler(
      source,
      samplePositions(source.width, this.width),
      samplePositions(source.height, this.height),
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
    this.#sampler.readAll(mix, this.data);
    this.#known.fill(1);
    return this;
  }

  #make(x: number, y: number, pixel: number): void {
    const { data } = this;
    const at = 3 * pixel;
    this.#sampler.read(x, y, data, at);
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const [red, green, blue] = mix;
    for (let channel = 0; channel < 3; channel++) {
      data[at + channel] = red[channel]! * r + green[channel]! * g + blue[channel]! * b;
    }
    this.#known[pixel] = 1;
  }

  /** Leaves the memory to the next picture: this one has no data any more. */
  [Symbol.dispose](): void {
    this.#sampler.release();
    if (this.#buffers) spareBuffers.giveBack(this.#buffers);
    this.#buffers = undefined;
    this.#known = new Uint8Array(0);
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

/** Each channel as bytes, chroma shifted to the middle of the range; half the size when `half` is set. */
export function toChannels(
  image: OpponentImage,
  half: boolean,
): { channels: readonly [Uint8Array, Uint8Array, Uint8Array]; width: number; height: number } {
  const { data } = image.complete();
  const step = half && Math.min(image.width, image.height) > 1 ? 2 : 1;
  const width = Math.floor(image.width / step);
  const height = Math.floor(image.height / step);
  const right = step === 2 ? 3 : 0;
  const below = step === 2 ? image.width * 3 : 0;
  const channelOf = (channel: number): Uint8Array => {
    const pixels = new Uint8ClampedArray(width * height);
    const middle = channel === 0 ? 0 : 128;
    for (let y = 0, target = 0; y < height; y++) {
      let i = y * step * image.width * 3 + channel;
      for (let x = 0; x < width; x++, target++, i += 3 * step) {
        pixels[target] =
          0.25 * (data[i]! + data[i + right]! + data[i + below]! + data[i + right + below]!) + middle;
      }
    }
    return new Uint8Array(pixels.buffer);
  };
  return { channels: [channelOf(0), channelOf(1), channelOf(2)], width, height };
}
