import type { Random } from '../../random.js';
import { type Canvas, createCanvas } from '../canvas.js';
import { white } from '../colour.js';
import * as identity from './identity.js';
import * as other from './other.js';
import { cardBreadth, cardLength, type Design } from './types.js';

export const designs = {
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

export type DesignName = keyof typeof designs;

export const designNames = Object.keys(designs) as readonly DesignName[];

/** Draws one face of a card; `scale` in pixels per millimetre. */
export function drawCard(design: Design, random: Random, scale: number): Canvas {
  const upright = design.format === 'portrait';
  const [width, height] = upright ? [cardBreadth, cardLength] : [cardLength, cardBreadth];
  const canvas = createCanvas(width, height, scale, white);
  design.draw(canvas, random);
  return canvas;
}

export { cardBreadth, cardCornerRadius, cardLength, type Design } from './types.js';
