import sharp from 'sharp';

/** A picture of nothing in particular: soft grey, no edge in it. */
export const blankJpeg = (width = 320, height = 240): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: 150, g: 150, b: 150 } } })
    .jpeg()
    .toBuffer();

/** The first bytes of a JPEG, in base64: they get as far as the cropper, which answers 422 at once, without OpenCV. */
export const unreadableJpeg = '/9j/4AAQ';

export const base64 = (bytes: Buffer): string => bytes.toString('base64');
