import sharp, { type FailOnOptions, type Sharp, type SharpOptions } from 'sharp';
import { scaleQuad } from '../geometry/plane.js';
import { shrinkBy } from '../kernels/shrink.js';
import type { CropOptions, PhotoFacts, Quad, Region, RgbImage, Size } from '../types.js';
import { sniffImageFormat } from './image-format.js';
import { decodeJpeg } from './jpeg-turbo.js';
import { type Orientation, parseOrientation, turnUpright, uprightSize } from './orientation.js';
import { PhotoError } from './photo-error.js';

/** A photo whose header has been read and found acceptable; no pixel of it is decoded yet. */
export interface Photo extends PhotoFacts {
  readonly bytes: Uint8Array;
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
/** Smallest image worth having: below, the sides of a card become too short to be measured. */
const minReducedSide = 700;

/** Complaints of libjpeg about oddities that some phones and editors write, in files whose pixels are all there. */
const harmless =
  /^(VipsJpeg: (Invalid SOS parameters for sequential JPEG|Corrupt JPEG data: \d+ extraneous bytes before marker .*)\n?)+$/;

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
  if (format === null) throw new PhotoError('image-unreadable', 'neither JPEG, PNG nor WebP');
  const header = await readHeader(bytes);
  const { width, height } = header;
  if (width * height > maxPixels)
    throw new PhotoError('image-too-large', `${width} × ${height} pixels, over the limit of ${maxPixels}`);
  if (Math.min(width, height) < minSide)
    throw new PhotoError(
      'image-too-small',
      `${width} × ${height} pixels, a side under the limit of ${minSide}`,
    );
  const orientation = parseOrientation(header.orientation);
  return {
    bytes,
    format,
    ...uprightSize(header, orientation),
    stored: { width, height },
    orientation,
    shrinksOnLoad: format === 'jpeg' && !header.isProgressive,
    isPlainJpeg: format === 'jpeg' && header.space === 'srgb' && header.channels === 3 && !header.hasProfile,
  };
}

/**
 * Decodes what the detector needs.
 *
 * @throws PhotoError image-unreadable
 */
export async function decodePhoto(photo: Photo): Promise<DecodedPhoto> {
  const limit = photo.shrinksOnLoad ? maxPixelsForOneDecode : maxPixelsForOneDecodeWithoutShrinking;
  if (photo.width * photo.height > limit) return uprightImage(photo, await decodeReduced(photo));
  const pixels = await readWhole(photo);
  const factor = Math.ceil(Math.max(pixels.width, pixels.height) / maxImageSide);
  return { ...uprightImage(photo, shrinkBy(pixels, factor), factor), pixels };
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
  return (photo.isPlainJpeg && decodeJpeg(photo.bytes)) || readPixels(photo, (source) => source);
}

function uprightImage(photo: Photo, stored: RgbImage, factor?: number): DecodedPhoto {
  const image = turnUpright(stored, photo.orientation);
  return { image, scale: [factor ?? photo.width / image.width, factor ?? photo.height / image.height] };
}

function decodeReduced(photo: Photo): Promise<RgbImage> {
  const side = reducedSide(Math.max(photo.width, photo.height));
  const scale = side / Math.max(photo.width, photo.height);
  const width = Math.max(1, Math.round(photo.stored.width * scale));
  const height = Math.max(1, Math.round(photo.stored.height * scale));
  // The detector looks for borders, not for true colours: converting the colours of 12 MP would cost as much again.
  return readPixels(photo, (source) => source.resize(width, height, { fit: 'fill', kernel: 'linear' }), {
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

async function readHeader(bytes: Uint8Array) {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new PhotoError('image-unreadable', 'the header is damaged', { cause });
  }
}

/** 8-bit sRGB pixels of what `prepare` makes of the picture; transparent parts turn white. */
async function readPixels(
  source: Photo | RgbImage,
  prepare: (source: Sharp) => Sharp,
  options: SharpOptions = {},
): Promise<RgbImage> {
  const read = async (failOn: FailOnOptions) => {
    const { data, info } = await prepare(openWithSharp(source, { ...options, failOn }))
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  };
  try {
    // The strictest level: whatever libvips warns of has left its mark on the picture, but for what `harmless` lists.
    return await read('warning').catch((error) => {
      if (harmless.test(String(error?.message))) return read('error');
      throw error;
    });
  } catch (cause) {
    throw new PhotoError('image-unreadable', describeDamage(cause), { cause });
  }
}

function openWithSharp(source: Photo | RgbImage, options: SharpOptions): Sharp {
  if ('bytes' in source) return sharp(source.bytes, { ...options, limitInputPixels: false });
  const { data, width, height } = source;
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}

function describeDamage(cause: unknown): string {
  const text = String((cause as Partial<Error> | undefined)?.message);
  return /premature end|truncated|end of (file|stream)|read error/i.test(text)
    ? 'the file ends before the picture does'
    : 'the picture data is damaged';
}
