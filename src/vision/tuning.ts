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

/** Shape and place of what can be a card in a photo: convex, not tiny, corners not far outside the frame. */
export const plausibility = {
  /** Shares of the frame's area. */
  minArea: 0.015,
  maxArea: 1.1,
  /** Shares of the frame's long side. */
  minSide: 0.06,
  outside: 0.08,
  maxProportion: 6,
  /** Angles from 35 to 145 degrees. */
  cornerCosine: 0.82,
} as const;

/**
 * How much work a search does. Set by hand and kept by the runs of 2026-11-23 in bench/README.md; where a number was
 * compared with others, it says so.
 */
export const detectionTuning = {
  /** Long side of the picture that is scored, in pixels. */
  scoringSide: 600,
  /** Canny's thresholds in levels of a step, low and high. */
  faintEdges: [4, 10],
  strongEdges: [20, 50],
  glance: { side: 300, thresholds: [20, 50], sameOverlap: 0.95, refined: 2 },
  refinedCheaply: 4,
  /** A rating that ends the search, where besides no stronger edge runs beside any side. */
  sureEnough: 0.95,
  leastDominance: 0.5,
  /** 64 lines left 89 % of the medium photos with a candidate at IoU 0.90 or better, 110 left 100 %. */
  maxLines: 100,
  maxQuads: 200,
  refinedThoroughly: 16,
  /** Share of the diagonal. */
  refineReach: 0.008,
  sameOverlap: 0.97,
  reconstructedBest: 8,
  refinedReconstructed: 4,
  exchangedBest: 3,
  exchangePool: 16,
  /** What a picture that looks like a cropped card is taken for. */
  croppedConfidence: { exact: 0.95, likely: 0.8 },
} as const;
