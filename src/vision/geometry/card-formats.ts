import type { Quad } from '../types.js';
import { assumedCamera, rectangleBehind } from './perspective.js';

/** Long side over short side. */
export const cardFormats = {
  /** ISO/IEC 7810 ID-1: 85.60 × 53.98 mm. */
  id1: 85.6 / 53.98,
  /** ISO/IEC 7810 ID-2 (105 × 74 mm); ID-3 (125 × 88 mm) and the A series (√2) differ by less than a photo shows. */
  id2: 105 / 74,
} as const;

/** The rectangle behind a quad seen in perspective, whichever way round it lies. */
export interface Shape {
  /** Long side over short side. */
  readonly aspect: number;
  /** Cosine of the angle between the recovered sides: 0 for a true rectangle, at most 1. */
  readonly skew: number;
}

/** `width` and `height` are those of the picture. */
export function recoverShape(quad: Quad, width: number, height: number): Shape {
  const rectangle = rectangleBehind(quad, assumedCamera({ width, height }));
  if (!rectangle || !(rectangle.aspect > 0)) return { aspect: 1, skew: 1 };
  return {
    aspect: Math.max(rectangle.aspect, 1 / rectangle.aspect),
    skew: Math.min(1, Math.abs(rectangle.skew)),
  };
}
