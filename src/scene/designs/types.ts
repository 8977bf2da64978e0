import type { Random } from '../../random.js';
import type { Canvas } from '../canvas.js';

// ISO/IEC 7810 ID-1: 85.60 × 53.98 mm, corners rounded with 3.18 mm.
export const cardLength = 85.6;
export const cardBreadth = 53.98;
export const cardCornerRadius = 3.18;

/** What is printed on one side of a card or sheet. */
export interface Design {
  /** Millimetres, as it is read. */
  readonly width: number;
  readonly height: number;
  /** Thin, cut square and without gloss, where a card is thick, rounded and glossy. */
  readonly paper?: true;
  /** Paints the whole canvas, which is as large as the card, in millimetres. */
  readonly draw: (canvas: Canvas, random: Random) => void;
}

export const landscape = { width: cardLength, height: cardBreadth } as const;
export const portrait = { width: cardBreadth, height: cardLength } as const;
