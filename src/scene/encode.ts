import sharp from 'sharp';
import type { ImageFormat, RgbImage } from '../vision/types.js';

export interface PhotoEncoding {
  readonly format: ImageFormat;
  /** 1 to 100, for JPEG and WebP. */
  readonly quality?: number;
  /** EXIF orientation, 1 to 8: the stored pixels are turned so that a viewer who heeds it sees `image`. */
  readonly orientation?: number;
  /** Dots per inch, for what is to be printed. */
  readonly density?: number;
}

/** How far a viewer turns the stored pixels for the orientations that phones write. */
const turns: Readonly<Record<number, number>> = { 1: 0, 3: 180, 6: 90, 8: 270 };

/** The photo as a phone would have stored it. */
export async function encodePhoto(image: RgbImage, encoding: PhotoEncoding): Promise<Buffer> {
  const { format, quality = 90, orientation = 1, density } = encoding;
  const { data, width, height } = image;
  const turn = turns[orientation];
  if (turn === undefined) throw new RangeError(`orientation ${orientation} is not one of 1, 3, 6, 8`);
  const picture = sharp(data, { raw: { width, height, channels: 3 } }).rotate((360 - turn) % 360);
  const tags = { ...(orientation !== 1 && { orientation }), ...(density !== undefined && { density }) };
  const tagged = Object.keys(tags).length === 0 ? picture : picture.withMetadata(tags);
  if (format === 'png') return tagged.png({ compressionLevel: 9 }).toBuffer();
  if (format === 'webp') return tagged.webp({ quality }).toBuffer();
  return tagged.jpeg({ quality }).toBuffer();
}
