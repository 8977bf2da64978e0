import type { Random } from '../../random.js';
import type { Canvas } from '../canvas.js';

// ISO/IEC 7810 ID-1: 85.60 × 53.98 mm, corners rounded with 3.18 mm.
export const cardLength = 85.6;
export const cardBreadth = 53.98;
export const cardCornerRadius = 3.18;

/** One side of a card. */
export interface Design {
  /** `portrait` cards are read with the short side on top. */
  readonly format: 'landscape' | 'portrait';
  /** Paints the whole canvas, which is as large as the card, in millimetres. */
  readonly draw: (canvas: Canvas, random: Random) => void;
}
