import type { Quad } from '../vision/types.js';

/** As the commands print them: to a hundredth of a pixel. */
export const roundCorners = (corners: Quad | null) =>
  corners?.map((corner) => corner.map((value) => Math.round(value * 100) / 100)) ?? null;
