import sharp from 'sharp';

/** Pixels of the longer side: enough for a row of a list on a screen of three pixels a point. */
const longestSide = 128;
/** As many as a drawn scene may have. An interlaced picture is whole in memory: 48 MB of these. */
const mostPixels = 4096 ** 2;
const quality = 70;

// As in `vision/codec`: libvips would keep what it decoded last, and these show people's documents.
sharp.cache(false);

/**
 * A small JPEG of a picture, upright and without metadata: 2 to 4 KB. Milliseconds of one of libuv's threads for a crop or a JPEG, which is
 * shrunk while it is read; some hundred for the largest PNG. What is missing of a damaged picture is grey.
 *
 * @throws {Error} sharp's, where there is nothing that could be decoded, or more than 16 megapixels
 */
export const drawThumbnail = (picture: Uint8Array): Promise<Buffer> =>
  sharp(picture, { failOn: 'none', limitInputPixels: mostPixels })
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality })
    .toBuffer();
