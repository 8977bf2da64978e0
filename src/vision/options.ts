import type { CropOptions } from './types.js';

/** What the library does when it is asked for nothing else. */
export const defaultCropOptions: CropOptions = {
  // 8192 × 8192: the largest of the usual "50 MP" phones has 8192 × 6144, those of 64 have 9248 × 6936.
  maxPixels: 2 ** 26,
  minSide: 64,
  minConfidence: 0.5,
  outputFormat: 'same',
  maxOutputSide: 2000,
  quality: 90,
};
