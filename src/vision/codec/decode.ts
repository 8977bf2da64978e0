import sharp from 'sharp';
import { scaleQuad } from '../geometry/plane.js';
import { shrinkBy } from '../kernels/shrink.js';
import type { CropOptions, PhotoFacts, Quad, Region, RgbImage, Size } from '../types.js';
import { completeFile, describeDamage, lacksScans } from './damage.js';
import { describeForeign, sniffImageFormat } from './image-format.js';
import { hasOneScan } from './jpeg-structure.js';
import { decodeJpeg } from './jpeg-turbo.js';
import { lacksLastRows } from './last-rows.js';
import { type Orientation, parseOrientation, turnUpright, uprightSize } from './orientation.js';
import { PhotoError } from './photo-error.js';
import { type EncodedPhoto, readPixels } from './read-pixels.js';
import { refuseWork } from './work-limit.js';

/** A photo whose header has been read and found acceptable; no pixel of it is decoded yet. */
export interface Photo extends PhotoFacts, EncodedPhoto {
  /** Size before the EXIF turn. */
  readonly stored: Size;
  readonly orientation: Orientation;
  /** Whether a reduced JPEG can be decoded for less than the whole one. */
  readonly shrinksOnLoad: boolean;
  /** Three 8-bit channels that are sRGB as they stand: nothing is left to do once they are decoded. */
  readonly isPlainJpeg: boolean;
}

/** What the detector looks at, and the photo's own pixels where decoding all of them was the cheaper way. */
export interface DecodedPhoto {
  /** Upright, long side 600 to 1200 pixels unless the photo is smaller. */
  readonly image: RgbImage;
  /** Pixels of the upright photo per pixel of `image`, across and down. */
  readonly scale: readonly [x: number, y: number];
  /** The whole photo as stored, not turned. */
  readonly pixels?: RgbImage;
}

// libvips would keep what it decoded last. No two photos are the same, and these show people's documents.
sharp.cache(false);

const maxImageSide = 1200;
/** bench/crop.ts: at 2 MP one full decode costs less CPU than a reduced one plus a region, at 12 MP more. */
const maxPixelsForOneDecode = 3_000_000;
/** PNG, WebP and progressive JPEG cost the same at any size, so twice costs double; 16 MP are 48 MB of RGB. */
const maxPixelsForOneDecodeWithoutShrinking = 16_000_000;
/**
 * A JPEG in one scan is shrunk while it is read, and its rows are given up one after the other: it is never whole in memory, and may have so
 * many times the pixels. At 200 MP it takes 110 MB; one in several scans takes 240 at 64, a WebP 510 (bench/README.md#memory).
 */
const streamedAllowance = 4;
/** Smallest image worth having: below, the sides of a card become too short to be measured. */
const minReducedSide = 700;

/**
 * Reads the header and nothing else, so that an enormous picture in a small file costs nothing.
 *
 * @throws PhotoError image-unreadable, image-too-large or image-too-small
 */
export async function openPhoto(
  bytes: Uint8Array,
  { maxPixels, minSide }: Pick<CropOptions, 'maxPixels' | 'minSide'>,
): Promise<Photo> {
  const format = sniffImageFormat(bytes);
  if (format === null) throw new PhotoError('image-unreadable', describeForeign(bytes));
  refuseWork(bytes, format, maxPixels);
  const completed = completeFile(bytes, format);
  const header = await readHeader({ bytes, completed, format });
  const { width, height } = header;
  const isStreamed = format === 'jpeg' && hasOneScan(bytes);
  refuseSize(header, isStreamed ? maxPixels * streamedAllowance : maxPixels, minSide);
  if (lacksScans(bytes, format)) {
    throw new PhotoError('image-unreadable', describeDamage({ bytes, format, inHeader: false }));
  }
  const orientation = parseOrientation(header.orientation);
  return {
    bytes,
    completed,
    format,
    ...uprightSize(header, orientation),
    stored: { width, height },
    orientation,
    shrinksOnLoad: format === 'jpeg' && !header.isProgressive,
    isPlainJpeg: format === 'jpeg' && header.space === 'srgb' && header.channels === 3 && !header.hasProfile,
  };
}

function refuseSize({ width, height }: Size, mostPixels: number, minSide: number): void {
  const size = `${width} × ${height} pixels`;
  if (width * height > mostPixels) {
    throw new PhotoError(
      'image-too-large',
      `${size} are ${megapixels(width * height)}: at most ${megapixels(mostPixels)} pass (max-pixels)`,
    );
  }
  if (Math.min(width, height) < minSide) {
    throw new PhotoError('image-too-small', `${size}: at least ${minSide} a side pass (min-side)`);
  }
}

const megapixels = (pixels: number) => `${(pixels / 1e6).toFixed(1)} million`;

/**
 * Decodes what the detector needs.
 *
 * @throws PhotoError image-unreadable
 */
export async function decodePhoto(photo: Photo): Promise<DecodedPhoto> {
  const decoded = await decodeForSearch(photo);
  const mayLackRows = photo.shrinksOnLoad && photo.completed !== photo.bytes;
  if (mayLackRows && (await lacksLastRows(photo.bytes, photo.stored))) {
    throw new PhotoError('image-unreadable', describeDamage({ ...photo, inHeader: false }));
  }
  return decoded;
}

async function decodeForSearch(photo: Photo): Promise<DecodedPhoto> {
  const limit = photo.shrinksOnLoad ? maxPixelsForOneDecode : maxPixelsForOneDecodeWithoutShrinking;
  if (photo.width * photo.height > limit) return uprightImage(photo, await decodeReduced(photo));
  const pixels = await readWhole(photo);
  const factor = Math.ceil(Math.max(pixels.width, pixels.height) / maxImageSide);
  return { ...uprightImage(photo, shrinkBy(pixels, factor), factor), pixels };
}

/** The same photo with its short side, not its long one, brought down to so many pixels: for very wide and very tall ones. */
export async function decodeByShortSide(
  photo: Photo,
  { pixels }: DecodedPhoto,
  { shortSide, longSide }: { shortSide: number; longSide: number },
): Promise<DecodedPhoto> {
  const { width, height } = photo.stored;
  const scale = Math.min(1, shortSide / Math.min(width, height), longSide / Math.max(width, height));
  return uprightImage(photo, await readScaled(pixels ?? photo, photo.stored, scale));
}

/** A quad of the decoded image in pixels of the upright photo. */
export function toPhoto(quad: Quad, { scale: [x, y] }: DecodedPhoto): Quad {
  return scaleQuad(quad, x, y);
}

/** And back. */
export function toDecoded(quad: Quad, { scale: [x, y] }: DecodedPhoto): Quad {
  return scaleQuad(quad, 1 / x, 1 / y);
}

/**
 * One region of the stored photo, shrunk to `size` with anti-aliasing; decoded where `source` is not pixels already.
 *
 * @throws PhotoError image-unreadable
 */
export function cutRegion(
  source: Photo | RgbImage,
  { left, top, width, height }: Region,
  size: Size,
): Promise<RgbImage> {
  return readPixels(source, (whole) =>
    whole.extract({ left, top, width, height }).resize(size.width, size.height, { fit: 'fill' }),
  );
}

async function readWhole(photo: Photo): Promise<RgbImage> {
  return (photo.isPlainJpeg && decodeJpeg(photo.completed)) || readPixels(photo, (source) => source);
}

function uprightImage(photo: Photo, stored: RgbImage, factor?: number): DecodedPhoto {
  const image = turnUpright(stored, photo.orientation);
  return { image, scale: [factor ?? photo.width / image.width, factor ?? photo.height / image.height] };
}

function decodeReduced(photo: Photo): Promise<RgbImage> {
  const longSide = Math.max(photo.width, photo.height);
  return readScaled(photo, photo.stored, reducedSide(longSide) / longSide);
}

function readScaled(source: Photo | RgbImage, stored: Size, scale: number): Promise<RgbImage> {
  const width = Math.max(1, Math.round(stored.width * scale));
  const height = Math.max(1, Math.round(stored.height * scale));
  // The detector looks for borders, not for true colours: converting the colours of 12 MP would cost as much again.
  return readPixels(source, (whole) => whole.resize(width, height, { fit: 'fill', kernel: 'linear' }), {
    ignoreIcc: true,
  });
}

/** libvips lets libjpeg skip 7/8, 3/4 or 1/2 of either side when the reduction exceeds 9, 5 or 3 (it keeps a reserve). */
function reducedSide(longSide: number): number {
  const sides = [9, 5, 3].map((reduction) => Math.floor(longSide / reduction));
  return (
    sides.find((side) => side >= minReducedSide && side <= maxImageSide) ?? Math.min(longSide, maxImageSide)
  );
}

async function readHeader({ completed, ...file }: EncodedPhoto) {
  try {
    return await sharp(completed, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new PhotoError('image-unreadable', describeDamage({ ...file, inHeader: true }), { cause });
  }
}
