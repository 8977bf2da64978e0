import type { Homography } from '../geometry/perspective.js';
import type { RgbImage, Size } from '../types.js';

/**
 * Fills the pixels of a warped picture of which `map` leads out of the frame by more than `tolerance`: of each row, what lies beside a stretch of it.
 *
 * @param map from pixels of the picture to pixels of the frame; what it leads behind the camera is outside
 * @param level of all three channels
 */
export function fillOutside(
  { data, width, height }: RgbImage,
  [a, b, c, d, e, f, g, h, i]: Homography,
  frame: Size,
  { tolerance, level }: { readonly tolerance: number; readonly level: number },
): void {
  const right = frame.width - 1 + tolerance;
  const bottom = frame.height - 1 + tolerance;
  const fill = (y: number, from: number, to: number) =>
    data.fill(level, 3 * (y * width + from), 3 * (y * width + to));
  for (let y = 0; y < height; y++) {
    const u = b * y + c;
    const v = e * y + f;
    const w = h * y + i;
    // each side of the frame: it is inside where `slope` · x + `start` is not negative
    const sides = [
      [a + tolerance * g, u + tolerance * w],
      [d + tolerance * g, v + tolerance * w],
      [right * g - a, right * w - u],
      [bottom * g - d, bottom * w - v],
    ] as const;
    let [first, end] = [0, width];
    for (const [slope, start] of sides) {
      const crossing = -start / slope;
      if (slope > 0) first = Math.max(first, Math.ceil(crossing));
      else if (slope < 0) end = Math.min(end, Math.floor(crossing) + 1);
      else if (start < 0) end = 0;
    }
    first = Math.min(first, width);
    fill(y, 0, first);
    fill(y, Math.max(first, end), width);
  }
}
