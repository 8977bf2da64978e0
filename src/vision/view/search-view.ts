import { scaleQuad } from '../geometry/plane.js';
import type { Quad, RgbImage } from '../types.js';
import type { OpponentImage } from './opponent-image.js';

declare const inView: unique symbol;

/** A quad in pixels of a search's view, which must not be mixed up with one in pixels of the image that is searched. */
export type ViewQuad = Quad & { readonly [inView]: true };

/** How much of an edge is taken for granted where a side lies outside the frame: evidence neither for a card nor against it. */
export const unseenEdge = 0.45;

/** On how many points along the longer side steps are taken: few where each of their pixels has to be made for that, else many. */
const samplingPoints = { glance: 28, search: 64 } as const;

/** The picture as the search sees it: small and blurred, and how strong a step has to be to stand out in it. */
export class SearchView {
  readonly opponent: OpponentImage;
  /** Median colour step over four pixels. */
  readonly noise: number;
  /** A step of this size counts as a full edge; kept within what a faint and a strong edge look like (8-bit levels). */
  readonly edgeStep: number;

  constructor(opponent: OpponentImage, purpose: keyof typeof samplingPoints) {
    this.opponent = opponent;
    this.noise = medianStep(opponent, samplingPoints[purpose]);
    this.edgeStep = Math.min(28, Math.max(3, 2.5 * this.noise));
  }

  /** The image that is searched, in its own pixels. */
  get image(): RgbImage {
    return this.opponent.source;
  }

  /** A quad of the image that is searched, in pixels of this view. */
  toView(quad: Quad): ViewQuad {
    return scaleQuad(quad, this.opponent.scaleX, this.opponent.scaleY) as ViewQuad;
  }

  /** And back, in pixels of the image that is searched. */
  toImage(quad: ViewQuad): Quad {
    return scaleQuad(quad, 1 / this.opponent.scaleX, 1 / this.opponent.scaleY);
  }
}

function medianStep(image: OpponentImage, points: number): number {
  const { data, width, height } = image;
  const reach = 4;
  const stride = Math.max(2, Math.round(Math.max(width, height) / points));
  const steps = new Float32Array(Math.ceil(width / stride) * Math.ceil(height / stride));
  let count = 0;
  for (let y = 0; y + reach < height; y += stride) {
    for (let x = 0; x + reach < width; x += stride) {
      const across = (x + y) % (2 * stride) < stride;
      const i = image.at(x, y);
      const j = across ? image.at(x + reach, y) : image.at(x, y + reach);
      const d0 = data[j]! - data[i]!;
      const d1 = data[j + 1]! - data[i + 1]!;
      const d2 = data[j + 2]! - data[i + 2]!;
      steps[count++] = Math.sqrt(d0 * d0 + d1 * d1 + d2 * d2);
    }
  }
  return steps.subarray(0, count).sort()[count >> 1] ?? 0;
}
