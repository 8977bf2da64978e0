import { encodeImage } from './codec/encode.js';
import { cropCard } from './crop.js';
import type { RgbImage } from './types.js';

/** Loads OpenCV and the image codecs and crops a drawn card, so that the first real crop is not the slow one. */
export async function warmUp(): Promise<void> {
  const photo = await encodeImage(drawCard(480, 360), 'jpeg', 90);
  // The second time through, the hot loops run as compiled code.
  await cropCard(photo, { minConfidence: 0 });
  await cropCard(photo, { minConfidence: 0 });
}

/** A light card on a dark table. */
function drawCard(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3).fill(60);
  for (let y = Math.round(height * 0.25); y < height * 0.75; y++) {
    data.fill(220, (y * width + Math.round(width * 0.2)) * 3, (y * width + Math.round(width * 0.8)) * 3);
  }
  return { data, width, height };
}
