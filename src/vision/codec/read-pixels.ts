import sharp, { type FailOnOptions, type Sharp, type SharpOptions } from 'sharp';
import type { ImageFormat, RgbImage } from '../types.js';
import { describeDamage } from './damage.js';
import { hasOneScan } from './jpeg-structure.js';
import { PhotoError } from './photo-error.js';

/** A file that holds a photo. */
export interface EncodedPhoto {
  readonly format: ImageFormat;
  /** As they came. */
  readonly bytes: Uint8Array;
  /** As decoders see them, with an end where there is none. */
  readonly completed: Uint8Array;
}

/**
 * Complaints of libjpeg about oddities that some phones and editors write, in files whose pixels are all there. Where one scan is all there
 * is: before another one, bytes nobody asked for are what is left of the scan before it, whose end the decoder came to too soon.
 */
const harmless =
  /^(VipsJpeg: (Invalid SOS parameters for sequential JPEG|Corrupt JPEG data: \d+ extraneous bytes before marker .*)\n?)+$/;

/**
 * 8-bit sRGB pixels of what `prepare` makes of the picture; transparent parts turn white.
 *
 * @throws PhotoError image-unreadable
 */
export async function readPixels(
  source: EncodedPhoto | RgbImage,
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
      if (isHarmless(error, source)) return read('error');
      throw error;
    });
  } catch (cause) {
    if (!('bytes' in source)) throw cause;
    throw new PhotoError('image-unreadable', describeDamage({ ...source, inHeader: false }), { cause });
  }
}

function isHarmless(error: unknown, source: EncodedPhoto | RgbImage): boolean {
  const text = String((error as Partial<Error> | undefined)?.message);
  return harmless.test(text) && 'bytes' in source && hasOneScan(source.bytes);
}

function openWithSharp(source: EncodedPhoto | RgbImage, options: SharpOptions): Sharp {
  if ('bytes' in source) return sharp(source.completed, { ...options, limitInputPixels: false });
  const { data, width, height } = source;
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}
