import type { Random } from '../../random.js';
import { type Canvas, createCanvas } from '../canvas.js';
import { white } from '../colour.js';
import * as identity from './identity.js';
import * as other from './other.js';
import * as paper from './paper.js';
import type { Design } from './types.js';

const cards = {
  national: identity.national,
  permit: identity.permit,
  licence: identity.licence,
  plain: identity.plain,
  banded: identity.banded,
  framed: identity.framed,
  dark: other.dark,
  swoosh: other.swoosh,
  'stripe-back': other.stripeBack,
  'zone-back': other.zoneBack,
  halves: other.halves,
  shapes: other.shapes,
  scenic: other.scenic,
  badge: other.badge,
  student: other.student,
} as const satisfies Record<string, Design>;

/** Larger documents: what a card must not be mistaken for, and what croppers are asked to find as well. */
const sheets = {
  letter: paper.letter,
  form: paper.form,
  'passport-page': paper.passportPage,
  'sales-slip': paper.salesSlip,
} as const satisfies Record<string, Design>;

export const designs = { ...cards, ...sheets } as const;

export type DesignName = keyof typeof designs;

/** The cards of ISO/IEC 7810 ID-1 size. */
export const cardNames = Object.keys(cards) as readonly DesignName[];
export const sheetNames = Object.keys(sheets) as readonly DesignName[];

/** Draws one face of a card; `scale` in pixels per millimetre. */
export function drawFace(design: Design, random: Random, scale: number): Canvas {
  const canvas = createCanvas(design.width, design.height, scale, white);
  design.draw(canvas, random);
  return canvas;
}

export { cardCornerRadius, type Design } from './types.js';
