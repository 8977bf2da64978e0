import type { Random } from '../../random.js';
import { type Canvas, createCanvas } from '../canvas.js';
import { white } from '../colour.js';
import * as arabic from './arabic.js';
import { arabicPassport } from './arabic-passport.js';
import * as identity from './identity.js';
import * as issued from './issued.js';
import * as other from './other.js';
import * as pages from './pages.js';
import * as paper from './paper.js';
import * as passport from './passport.js';
import * as things from './things.js';
import type { Design, Plan } from './types.js';

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

/** Documents whose layout is left to chance. */
const issues = {
  'issued-front': issued.issuedFront,
  'issued-upright': issued.issuedUpright,
  'issued-back': issued.issuedBack,
  'passport-data': passport.passportData,
  'passport-cover': passport.passportCover,
  'passport-spread': passport.passportSpread,
} as const satisfies Record<string, Design | Plan>;

/** Documents in Arabic and Latin letters, of lands that do not exist. */
const arabicIssues = {
  'arabic-front': arabic.arabicFront,
  'arabic-back': arabic.arabicBack,
  'arabic-permit': arabic.arabicPermit,
  'arabic-permit-back': arabic.arabicPermitBack,
  'arabic-passport': arabicPassport,
} as const satisfies Record<string, Design>;

/** A document on something larger: a copy of it, or the thing itself on paper, in a holder, on a screen. */
const mounts = {
  'copied-card': pages.copiedCard,
  'copied-sides': pages.copiedSides,
  'card-on-form': pages.cardOnForm,
  'card-on-magazine': pages.cardOnMagazine,
  'card-in-mat': pages.cardInMat,
  'card-in-sleeve': pages.cardInSleeve,
  'card-in-wallet': pages.cardInWallet,
  'card-on-screen': pages.cardOnScreen,
} as const satisfies Record<string, Plan>;

/** Rectangular things that are no documents: whoever finds one there is wrong. */
const noDocuments = {
  'framed-picture': things.framedPicture,
  laptop: things.laptop,
  'keyboard-deck': things.keyboardDeck,
  monitor: things.monitor,
  tablet: things.tablet,
  'phone-screen': things.phoneScreen,
  door: things.door,
  'window-pane': things.windowPane,
  tray: things.tray,
  box: things.box,
  magazine: things.magazine,
  'book-spread': things.bookSpread,
  'book-cover': things.bookCover,
  poster: things.poster,
  whiteboard: things.whiteboard,
  slab: things.slab,
} as const satisfies Record<string, Plan>;

/** Pictures that show no document, from edge to edge. */
const pictures = {
  picture: things.picture,
  'captioned-picture': things.captionedPicture,
  screenshot: things.screenshot,
  collage: things.collage,
  diagram: things.diagram,
} as const satisfies Record<string, Plan>;

/** The designs that are the same in size and layout every time. */
export const designs = { ...cards, ...sheets } as const;

const catalogue = { ...designs, ...issues, ...arabicIssues, ...mounts, ...noDocuments, ...pictures } as const;

export type DesignName = keyof typeof catalogue;

/** The cards of ISO/IEC 7810 ID-1 size, of which chance picks one where no design is named. */
export const cardNames = Object.keys(cards) as readonly DesignName[];
export const sheetNames = Object.keys(sheets) as readonly DesignName[];
export const arabicNames = Object.keys(arabicIssues) as readonly (keyof typeof arabicIssues)[];
export const thingNames = Object.keys(noDocuments) as readonly DesignName[];
export const pictureNames = Object.keys(pictures) as readonly DesignName[];
export const designNames = Object.keys(catalogue) as readonly DesignName[];

/** The named design, its size and layout decided. */
export function planDesign(name: DesignName, random: Random): Design {
  const design: Design | Plan = catalogue[name];
  return typeof design === 'function' ? design(random) : design;
}

/** Draws one face of a card; `scale` in pixels per millimetre. */
export function drawFace(design: Design, random: Random, scale: number): Canvas {
  const canvas = createCanvas(design.width, design.height, scale, white);
  design.draw(canvas, random);
  return canvas;
}

export { boxQuad, cardCornerRadius, type Design } from './types.js';
