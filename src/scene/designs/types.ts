import type { Random } from '../../random.js';
import type { Quad } from '../../vision/types.js';
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
  /** Where the document lies on the face, from its top-left as read: the whole face unless given, null where there is none. */
  readonly document?: Quad | null;
  /** What the camera is pointed at: the whole face unless given. */
  readonly focus?: Box;
  /** Paints the whole canvas, which is as large as the card, in millimetres. */
  readonly draw: (canvas: Canvas, random: Random) => void;
}

/** A design of which chance decides the size and the layout too. */
export type Plan = (random: Random) => Design;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const landscape = { width: cardLength, height: cardBreadth } as const;
export const portrait = { width: cardBreadth, height: cardLength } as const;

export function boxQuad({ x, y, width, height }: Box): Quad {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}
