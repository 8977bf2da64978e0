import type { Quad } from '../types.js';
import { rectangleBehind } from './perspective.js';

/** Long side over short side. */
export const cardFormats = {
  /** ISO/IEC 7810 ID-1: 85.60 × 53.98 mm. */
  id1: 85.6 / 53.98,
  /** ISO/IEC 7810 ID-2 (105 × 74 mm); ID-3 (125 × 88 mm) and the A series (√2) differ by less than a photo shows. */
  id2: 105 / 74,
} as const;

/** Focal length in long sides of the photo: main cameras of phones lie near 26 mm equivalent on a 36 × 24 mm frame. */
export const assumedFocalLength = 1.05;

/** The rectangle behind a quad seen in perspective, whichever way round it lies. */
export interface Shape {
  /** Long side over short side. */
  readonly aspect: number;
  /** Cosine of the angle between the recovered sides: 0 for a true rectangle, at most 1. */
  readonly skew: number;
}

/** `width` and `height` are those of the picture, whose middle the camera is assumed to have pointed at. */
export function recoverShape(quad: Quad, width: number, height: number): Shape {
  const focalLength = assumedFocalLength * Math.max(width, height);
  const rectangle = rectangleBehind(quad, focalLength, [(width - 1) / 2, (height - 1) / 2]);
  if (!rectangle || !(rectangle.aspect > 0)) return { aspect: 1, skew: 1 };
  return {
    aspect: Math.max(rectangle.aspect, 1 / rectangle.aspect),
    skew: Math.min(1, Math.abs(rectangle.skew)),
  };
}
