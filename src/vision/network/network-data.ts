/**
 * A convolutional network as data. Each layer makes one set of channels from those of earlier layers, which it names by
 * their numbers; the first three channels of `input` are the picture's red, green and blue, each `(level - 128) / 64`.
 */
export interface LayersData {
  readonly layers: readonly Layer[];
  /** Channels of `input`; 3 where nothing is said. */
  readonly planes?: number;
  /**
   * 16-bit floats (IEEE 754 binary16, little-endian) in base64, of each layer that has any: for each channel it makes the
   * weights, input channel by input channel, row by row, and after all channels' weights their biases.
   */
  readonly weights: string;
  /** How large each layer's values become, channel by channel and either way; in the same form (scripts/network-ranges.ts). */
  readonly ranges: string;
}

/** Of the network that finds documents. */
export interface NetworkData extends LayersData {
  /**
   * The layer with eight channels at a quarter of the input's size: 2 × 2 pixels of the mask, then of the border, row by row.
   * As log odds.
   */
  readonly maps: number;
  /** The layer with the one value that says, as log odds, whether there is a document. */
  readonly presence: number;
}

/** Of the network that judges candidates. */
export interface VerifierData extends LayersData {
  /** The layer with the ten values of a `Verdict`. */
  readonly verdict: number;
}

export type Layer =
  /** 3 × 3 over all channels, of every second pixel of every second row; zeros around the picture. */
  | { readonly kind: 'halving'; readonly from: Source; readonly channels: number; readonly relu: boolean }
  /** 1 × 1 over all channels. */
  | { readonly kind: 'pointwise'; readonly from: Source; readonly channels: number; readonly relu: boolean }
  /** 3 × 3 of each channel by itself; zeros around the picture. */
  | { readonly kind: 'depthwise'; readonly from: Source; readonly stride: 1 | 2; readonly relu: boolean }
  /** The sum of two of one size. */
  | { readonly kind: 'add'; readonly from: Source; readonly other: Source }
  /** The sum of one and another of half its size, each pixel of which counts for 2 × 2. */
  | { readonly kind: 'add-doubled'; readonly from: Source; readonly small: Source }
  /** The mean of each channel: one pixel. */
  | { readonly kind: 'mean'; readonly from: Source };

export type Source = number | 'input';
