import { homography, project } from '../geometry/perspective.js';
import { mapQuad, scaleQuad } from '../geometry/plane.js';
import { resizeByArea } from '../kernels/area.js';
import { type Channels, rowOf } from '../network/channels.js';
import { inputUnit } from '../network/layer-weights.js';
import { LayeredNetwork, type LayerValues } from '../network/layered-network.js';
import type { VerifierData } from '../network/network-data.js';
import type { Point, Quad, RgbImage } from '../types.js';
import { inner, shown, straighten } from './straighten.js';
import { verifierWeights } from './verifier-weights.js';

/** What the verifier says of a quad. */
export interface Verdict {
  /** Log odds that it is the document, all of it and nothing else. */
  readonly right: number;
  /** Log odds that it lies on a document at all. */
  readonly onDocument: number;
  /** How far the document's corners lie from the quad's, in half sides of it: mean and worst. */
  readonly offMean: number;
  readonly offWorst: number;
  /** Where they lie, in pixels of the image; null where the quad cannot be straightened. It was trained on quads that overlap the document by an IoU of 0.3 or more. */
  readonly corners: Quad | null;
}

/** Of a quad that cannot be straightened. */
const none: Verdict = { right: -12, onDocument: -12, offMean: 1, offWorst: 1, corners: null };
/** A quad in its own measure: half sides from its middle. */
const square: Quad = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
];
/**
 * Log odds of the first look below which no second one is taken: 35 % of the refined quads of seven sets of drawn and photographed pictures
 * (37,655 quads), and 29 of the 12,813 among them that are right (run of 2026-11-26).
 */
const surelyWrong = -6;
/** Long side of the picture that quads are straightened from. */
const sourceSide = 320;

/**
 * Judges quads of one image by what they look like, straightened: a network that was shown right and wrong ones
 * (training/README.md).
 */
export class Verifier {
  readonly #network: Pick<LayeredNetwork, 'run'>;
  readonly #image: RgbImage;
  #source: RgbImage | undefined;

  constructor(image: RgbImage, network: Pick<LayeredNetwork, 'run'> = verifierNetwork()) {
    this.#network = network;
    this.#image = image;
  }

  /**
   * The mean of two looks, one of them upside down: the network has no top and bottom, but its opinions of the two differ.
   *
   * @param quad clockwise, in pixels of the image; it does not matter which corner comes first
   * @param deserves whether the second look is worth its time, by what the first one says
   */
  verify(quad: Quad, deserves: (first: Verdict) => boolean = () => true): Verdict {
    this.#source ??= shrink(this.#image);
    const source = this.#source;
    const { width, height } = this.#image;
    const shownQuad = lying(scaleQuad(quad, source.width / width, source.height / height));
    const colours = straighten(source, shownQuad);
    const map = homography(square, shownQuad);
    if (colours === null || map === null) return none;
    const located = ({ offsets, ...verdict }: Look): Verdict => {
      const corners = mapQuad(square, ([x, y], corner) =>
        project(map, [x + offsets[corner]![0], y + offsets[corner]![1]]),
      );
      return { ...verdict, corners: scaleQuad(corners, width / source.width, height / source.height) };
    };
    const upright = this.#look(colours);
    const first = located(upright);
    if (first.right < surelyWrong || !deserves(first)) return first;
    return located(meanOf(upright, this.#look(turnHalf(colours))));
  }

  #look(colours: Int16Array): Look {
    const values = this.#network.run(shown, (memory, input) => writeInput(colours, memory, input));
    return readLook(values, verifierWeights.verdict);
  }
}

let loaded: LayeredNetwork | undefined;

/** One for each thread, decoded on first use. */
function verifierNetwork(data: VerifierData = verifierWeights): LayeredNetwork {
  loaded ??= new LayeredNetwork(data, [data.verdict]);
  return loaded;
}

function shrink(image: RgbImage): RgbImage {
  const scale = sourceSide / Math.max(image.width, image.height);
  if (scale >= 1) return image;
  const side = (pixels: number) => Math.max(2, Math.round(pixels * scale));
  return resizeByArea(image, side(image.width), side(image.height));
}

/** Begun so that the first side is a long one, and lies above the one across from it. */
function lying(quad: Quad): Quad {
  const [a, b, c, d] = quad;
  const length = (from: readonly number[], to: readonly number[]) =>
    Math.hypot(to[0]! - from[0]!, to[1]! - from[1]!);
  const turned: Quad = length(a, b) + length(c, d) < length(b, c) + length(d, a) ? [b, c, d, a] : quad;
  const [e, f, g, h] = turned;
  // of two long sides that stand upright, the left one
  const [across, down] = [f[0] - e[0], f[1] - e[1]];
  const isUpsideDown = Math.abs(across) >= Math.abs(down) ? across < 0 : down > 0;
  return isUpsideDown ? [g, h, e, f] : turned;
}

/** What is the same for all quads, from -1 to 1: inside or outside of it; and how far across and how far down, as pairs. */
const fixed = makeFixed();

function makeFixed(): { readonly inside: Int16Array; readonly places: Int16Array } {
  const { width, height } = shown;
  const inside = new Int16Array(width * height);
  const places = new Int16Array(2 * width * height);
  const left = (width - inner.width) / 2;
  const top = (height - inner.height) / 2;
  const one = 1 / inputUnit;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const isInside = x >= left && x < left + inner.width && y >= top && y < top + inner.height;
      inside[at] = isInside ? one : -one;
      places[2 * at] = Math.round(((2 * x) / (width - 1) - 1) * one);
      places[2 * at + 1] = Math.round(((2 * y) / (height - 1) - 1) * one);
    }
  }
  return { inside, places };
}

/** Rows of `shown` fill those of the memory exactly: its width is a multiple of four. */
function writeInput(colours: Int16Array, numbers: Int16Array, { at, planeBytes }: Channels): void {
  const plane = shown.width * shown.height;
  const first = at / 2;
  const second = first + planeBytes / 2;
  for (let pixel = 0, to = 0; pixel < plane; pixel++, to += 2) {
    numbers[first + to] = colours[pixel]!;
    numbers[first + to + 1] = colours[pixel + plane]!;
    numbers[second + to] = colours[pixel + 2 * plane]!;
    numbers[second + to + 1] = fixed.inside[pixel]!;
  }
  numbers.set(fixed.places, first + planeBytes);
}

/** One look at a quad, in its own measure. */
interface Look extends Omit<Verdict, 'corners'> {
  /** How far each of the document's corners lies from the quad's, in half sides of it. */
  readonly offsets: readonly Point[];
}

function readLook({ numbers, layers, units }: LayerValues, layer: number): Look {
  const value = (channel: number): number =>
    numbers[rowOf(layers[layer]!, channel, 0)]! * units[layer]![channel]!;
  const offsets = [2, 4, 6, 8].map((channel): Point => [value(channel), value(channel + 1)]);
  const off = offsets.map(([x, y]) => Math.hypot(x, y));
  return {
    right: value(0),
    onDocument: value(1),
    offMean: off.reduce((sum, each) => sum + each, 0) / 4,
    offWorst: Math.max(...off),
    offsets,
  };
}

/** `turned` is a look at the same quad upside down. */
function meanOf(upright: Look, turned: Look): Look {
  const mean = (name: 'right' | 'onDocument' | 'offMean' | 'offWorst') => (upright[name] + turned[name]) / 2;
  return {
    right: mean('right'),
    onDocument: mean('onDocument'),
    offMean: mean('offMean'),
    offWorst: mean('offWorst'),
    offsets: upright.offsets.map(([x, y], corner): Point => {
      const [backX, backY] = turned.offsets[(corner + 2) % 4]!;
      return [(x - backX) / 2, (y - backY) / 2];
    }),
  };
}

/** The same picture turned by 180°, in its own memory. */
function turnHalf(planes: Int16Array): Int16Array {
  const plane = planes.length / 3;
  for (let channel = 0; channel < 3; channel++)
    planes.subarray(channel * plane, (channel + 1) * plane).reverse();
  return planes;
}
