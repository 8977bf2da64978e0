import sharp from 'sharp';
import { decodePhoto, openPhoto, toDecoded } from '../codec/decode.js';
import { scaleQuad } from '../geometry/plane.js';
import type { Detection, Quad } from '../types.js';
import { drawDetection } from './detection-svg.js';

/** Smaller photos are enlarged to this long side, in pixels, so that there is room for what is written into them. */
const leastLongSide = 800;

/**
 * The photo, upright and at most 1,200 pixels long, with what the detector saw in it: each candidate with its rank, its source and its
 * score, the card in bold green with a dot in its top-left corner. A red frame: no card.
 *
 * @param detection what `detectCard` answered for the same bytes
 * @returns a PNG file; what is written in it needs a font on the machine, the lines do not
 * @throws PhotoError where the bytes are no photo
 */
export async function paintCandidates(bytes: Uint8Array, detection: Detection): Promise<Uint8Array> {
  const photo = await openPhoto(bytes, { maxPixels: Number.POSITIVE_INFINITY, minSide: 1 });
  const decoded = await decodePhoto(photo);
  const { data, width, height } = decoded.image;
  const factor = Math.max(1, leastLongSide / Math.max(width, height));
  const size = { width: Math.round(width * factor), height: Math.round(height * factor) };
  const place = (quad: Quad): Quad => scaleQuad(toDecoded(quad, decoded), factor);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize(size.width, size.height, { fit: 'fill' })
    .composite([{ input: Buffer.from(drawDetection(detection, size, place)) }])
    .png()
    .toBuffer();
}
