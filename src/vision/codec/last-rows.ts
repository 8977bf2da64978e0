import sharp from 'sharp';
import type { Size } from '../types.js';

/** Rows of the tallest blocks that a JPEG's last row of them can have. */
const blockRows = 16;
const endMarker = [0xff, 0xd9];
/** Bytes that no pixel of a whole picture is made of, and that look like no marker. */
const filler = [0x5a, 0xc3, 0x96, 0x3c, 0xa5, 0x69];

/**
 * Whether pixels are missing from the last rows of a JPEG without its end marker: then what is put in their place shows. libvips itself
 * asks libjpeg for its complaints before each stretch of rows, and so never hears of those about the last one.
 *
 * @param bytes as they came
 * @param size as stored
 */
export async function lacksLastRows(bytes: Uint8Array, size: Size): Promise<boolean> {
  const read = (end: readonly number[]) => readLastRows(Buffer.concat([bytes, Uint8Array.from(end)]), size);
  const [ended, filled] = await Promise.all([read(endMarker), read([...filler, ...endMarker])]);
  return !ended.equals(filled);
}

function readLastRows(bytes: Uint8Array, { width, height }: Size): Promise<Buffer> {
  const rows = Math.min(blockRows, height);
  return sharp(bytes, { failOn: 'error', limitInputPixels: false })
    .extract({ left: 0, top: height - rows, width, height: rows })
    .raw()
    .toBuffer();
}
