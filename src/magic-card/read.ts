import { decodeQR } from 'qr/decode.js';
import { shrinkBy } from '../vision/kernels/shrink.js';
import type { RgbImage } from '../vision/types.js';
import { fromCardText } from './card-text.js';
import { hasFinderPattern } from './finder.js';

/** Pixels of a card's longer side at which its codes are read best; below the second it is doubled. */
const readingSide = 640;
const doubledBelow = 450;

/** Never by the clock, which would make the answer depend on what else the machine does. */
const decoding = { format: 'I420', effort: 8, timeLimit: Infinity } as const;

/**
 * The scenario that a magic card names, as `no-card` or `slow;ms=500`; undefined for any other card.
 * The card may lie on its side or its head. Never throws.
 *
 * @param crop a straightened card
 */
export function readScenarioText(crop: RgbImage): string | undefined {
  if (!hasFinderPattern(crop)) return undefined;
  try {
    return fromCardText(decodeQR(toReadingSize(crop), decoding));
  } catch {
    return undefined; // how the decoder says that there is no code
  }
}

interface GreyImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

function toReadingSize(crop: RgbImage): GreyImage {
  const factor = Math.max(1, Math.round(Math.max(crop.width, crop.height) / readingSide));
  const grey = toGrey(shrinkBy(crop, factor));
  return Math.max(grey.width, grey.height) < doubledBelow ? double(grey) : grey;
}

function toGrey({ data, width, height }: RgbImage): GreyImage {
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3)
    grey[i] = (data[at]! + 2 * data[at + 1]! + data[at + 2]!) >> 2;
  return { data: grey, width, height };
}

/** Twice the size, by linear interpolation. */
function double({ data, width, height }: GreyImage): GreyImage {
  const doubled = new Uint8Array(4 * width * height);
  for (let y = 0, to = 0; y < 2 * height; y++) {
    const near = (y >> 1) * width;
    const far = Math.min(height - 1, Math.max(0, (y >> 1) + (y % 2 === 0 ? -1 : 1))) * width;
    for (let x = 0; x < 2 * width; x++, to++) {
      const left = x >> 1;
      const beside = Math.min(width - 1, Math.max(0, left + (x % 2 === 0 ? -1 : 1)));
      const sum =
        9 * data[near + left]! + 3 * (data[near + beside]! + data[far + left]!) + data[far + beside]!;
      doubled[to] = (sum + 8) >> 4;
    }
  }
  return { data: doubled, width: 2 * width, height: 2 * height };
}
