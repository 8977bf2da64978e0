import type { Region, RgbImage } from '../types.js';

/** The pixels of a region that lies in the image. */
export function cutOut(image: RgbImage, { left, top, width, height }: Region): RgbImage {
  if (width === image.width && height === image.height) return image;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * 3;
    data.set(image.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { data, width, height };
}
