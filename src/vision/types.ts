/**
 * A position in pixels of an image; pixel centres lie at integers. Of which image is said where a point is used. There are
 *
 * - the stored photo, as the file has it, and a patch, which is a part of it: `rectify/rectify.ts` leads from the crop to both;
 * - the upright photo, with the EXIF turn applied, in which every answer is given: `codec/orientation.ts` leads to the stored one;
 * - the decoded image, upright and often smaller, which is searched for the card: `codec/decode.ts` leads to the upright photo and back;
 * - the view, smaller still, in which the search looks: `view/search-view.ts` leads to the decoded image and back.
 */
export type Point = readonly [x: number, y: number];

/** Four corners, clockwise from the card's top-left as seen when the photo stands upright. */
export type Quad = readonly [topLeft: Point, topRight: Point, bottomRight: Point, bottomLeft: Point];

/** Interleaved 8-bit sRGB, `width * height * 3` bytes, row by row from the top. */
export interface RgbImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of stored pixels. */
export interface Region extends Size {
  readonly left: number;
  readonly top: number;
}

export type ImageFormat = 'jpeg' | 'png' | 'webp';

/** How a candidate came about: by a proposer, by completing or correcting what proposers found, or as the whole picture. */
export type CandidateSource =
  | 'bold-outlines'
  | 'network'
  | 'contours'
  | 'lines'
  | 'reconstruct'
  | 'outer-sides'
  | 'verifier'
  | 'frame';

/** A quad that may be the card, with what the scoring thought of it. For `detect --debug`. */
export interface Candidate {
  readonly quad: Quad;
  readonly source: CandidateSource;
  readonly score: number;
}

/** What the detector saw in one image; coordinates in pixels of the image that it was given. */
export interface Detection {
  /** The card, or `null` where the confidence stays under the threshold. */
  readonly corners: Quad | null;
  /** Calibrated share of such answers that are right, 0 to 1; also given when `corners` is null. */
  readonly confidence: number;
  /** The best candidates, best first; kept only when asked for. */
  readonly candidates?: readonly Candidate[];
}

/** A detection, and what it rests on: for whoever has to say why there is no card. */
export interface Finding extends Detection {
  /** What the confidence is that of; null where nothing was looked at closely. */
  readonly best: Candidate | null;
  /** How sure the network is that there is a document in the picture at all, 0 to 1. */
  readonly presence: number;
}

/** Why a photo gives no crop. The names are rows of the simulator's error catalogue. */
export type PhotoFault = 'image-unreadable' | 'image-too-small' | 'image-too-large' | 'card-not-found';

/** Milliseconds of wall time per stage. */
export type StageTimings = Readonly<Record<'decode' | 'detect' | 'rectify' | 'inspect' | 'encode', number>>;

/**
 * Looks at the straightened card before it is encoded, or, where there is no answer, at the best few quads, small and straightened; all that is booked
 * as `inspect`. It must not change the pixels.
 * @returns true where it has read something that makes it certain of the card, however doubtful its corners were
 */
export type Inspect = (card: RgbImage) => unknown;

export interface CropOptions {
  /** Largest accepted photo, in pixels (width × height) before any decoding. */
  readonly maxPixels: number;
  /** Shortest accepted side of the photo, in pixels. */
  readonly minSide: number;
  /** Answers below this confidence count as "no card". */
  readonly minConfidence: number;
  /** `same`: JPEG for JPEG, PNG for PNG, JPEG for the rest. */
  readonly outputFormat: 'same' | ImageFormat;
  /** Longest side of the crop, in pixels; never enlarged beyond what the photo holds. */
  readonly maxOutputSide: number;
  /** 1 to 100, for JPEG and WebP. */
  readonly quality: number;
}

/** What is known of a photo once it has been looked at. */
export interface PhotoFacts {
  readonly format: ImageFormat;
  /** Upright size, in pixels. */
  readonly width: number;
  readonly height: number;
}

export type DetectResult =
  | (PhotoFacts & Detection & { readonly fault?: never; readonly timings: StageTimings })
  | { readonly fault: PhotoFault; readonly detail: string };

export type CropResult =
  | {
      readonly fault?: never;
      readonly photo: PhotoFacts;
      readonly corners: Quad;
      readonly confidence: number;
      /** The best candidates, best first; kept only when asked for. */
      readonly candidates?: readonly Candidate[];
      readonly image: Uint8Array;
      readonly format: ImageFormat;
      readonly width: number;
      readonly height: number;
      readonly timings: StageTimings;
    }
  | {
      readonly fault: PhotoFault;
      readonly detail: string;
      readonly photo?: PhotoFacts;
      readonly confidence?: number;
      readonly candidates?: readonly Candidate[];
      readonly timings?: StageTimings;
    };
