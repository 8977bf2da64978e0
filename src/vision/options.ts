import type { CropOptions } from './types.js';

/** What the library does when it is asked for nothing else. */
export const defaultCropOptions: CropOptions = {
  maxPixels: 50_000_000,
  minSide: 64,
  minConfidence: 0.5,
  outputFormat: 'same',
  maxOutputSide: 2000,
  quality: 90,
};
