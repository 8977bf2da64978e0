import type { OpponentImage } from './opponent-image.js';

/** A blurred picture and how strong a step has to be to stand out in it. */
export interface Evidence {
  readonly image: OpponentImage;
  /** Median colour step over four pixels. */
  readonly noise: number;
  /** A step of this size counts as a full edge. */
  readonly edgeStep: number;
}

/** Lines of the grid on which steps are taken: few where each of its pixels has to be made for that, else many. */
const gridLines = { glance: 28, search: 64 } as const;

/** `edgeStep` keeps within what a faint and a strong edge look like (8-bit levels). */
export function gatherEvidence(image: OpponentImage, purpose: keyof typeof gridLines): Evidence {
  const noise = medianStep(image, gridLines[purpose]);
  return { image, noise, edgeStep: Math.min(28, Math.max(3, 2.5 * noise)) };
}

function medianStep(image: OpponentImage, lines: number): number {
  const { data, width, height } = image;
  const reach = 4;
  const stride = Math.max(2, Math.round(Math.max(width, height) / lines));
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
