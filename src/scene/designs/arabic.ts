import type { Random } from '../../random.js';
import type { Point } from '../../vision/types.js';
import { type Holder, inventHolder, yearFirst } from '../arabic/people.js';
import { arabicFigures, setText } from '../arabic/typeset.js';
import { type Bilingual, labels } from '../arabic/vocabulary.js';
import type { Canvas } from '../canvas.js';
import { ink, mix, type Rgb } from '../colour.js';
import { fillPolygon, fillRect, fillRoundedRect } from '../fill.js';
import { strokeLines } from '../stroke.js';
import { drawLikeness, type HairStyle } from './likeness.js';
import { drawPitchedZone, zoneLines } from './machine-readable.js';
import { blend, drawChip, drawEmblem, drawRosette, drawStackedCode } from './parts.js';
import { drawHologram, drawWaves } from './security-print.js';
import { type Box, cardBreadth, cardLength, type Design, landscape } from './types.js';

const whole = { x: 0, y: 0, width: cardLength, height: cardBreadth } as const;
const faded: Rgb = [92, 96, 108];

/** What an issuer prints on: two pale tints, and a deep colour for titles. */
interface Palette {
  readonly paper: Rgb;
  readonly other: Rgb;
  readonly deep: Rgb;
  readonly accent: Rgb;
}

const palettes: readonly Palette[] = [
  { paper: [246, 238, 218], other: [208, 230, 226], deep: [24, 74, 78], accent: [166, 46, 48] },
  { paper: [238, 236, 226], other: [214, 222, 240], deep: [36, 54, 110], accent: [158, 40, 60] },
  { paper: [244, 234, 222], other: [222, 232, 206], deep: [66, 76, 34], accent: [160, 60, 36] },
];

export const stateOf = ({ land }: Holder): Bilingual => ({
  arabic: `${land.style.arabic} ${land.name.arabic}`,
  latin: `${land.style.latin} ${land.name.latin}`,
});

/** Dunes, towers and palms that stand nowhere, as a pale picture along the foot. */
function drawHorizon(canvas: Canvas, random: Random, paint: Rgb, opacity: number): void {
  const { width, height } = canvas;
  const foot = height * 0.86;
  for (const [x, size] of [
    [0.42, 11],
    [0.56, 15],
    [0.63, 8],
  ] as const)
    drawTower(canvas, width * x, foot, size * random.uniform(0.9, 1.1), paint, opacity);
  for (let layer = 0; layer < 2; layer++) {
    const [phase, rise] = [random.uniform(0, 6), random.uniform(2, 4)];
    const crest = Array.from({ length: 41 }, (_, i): Point => {
      const t = i / 40;
      return [t * width, foot + layer * 3 - rise * Math.sin(t * 5 + phase) - rise * 0.4 * Math.sin(t * 11)];
    });
    fillPolygon(canvas, [[...crest, [width, height], [0, height]]], paint, opacity * 0.7);
  }
}

function drawTower(canvas: Canvas, x: number, foot: number, size: number, paint: Rgb, opacity: number): void {
  const [half, top] = [size * 0.22, foot - size];
  fillRect(canvas, x - half, top, half * 2, size, paint, opacity);
  fillRect(canvas, x - half * 1.3, top, half * 2.6, size * 0.06, paint, opacity);
  const dome = Array.from({ length: 21 }, (_, i): Point => {
    const angle = Math.PI + (i / 20) * Math.PI;
    return [x + half * Math.cos(angle), top + half * 1.5 * Math.sin(angle)];
  });
  fillPolygon(canvas, [[...dome, [x, top]]], paint, opacity);
}

function drawPaper(canvas: Canvas, random: Random, { paper, other, deep }: Palette): void {
  fillRect(canvas, 0, 0, canvas.width, canvas.height, blend(paper, other, 24, canvas.width));
  drawWaves(canvas, random.fork('waves'), whole, mix(other, deep, 0.35), 0.42);
  drawWaves(canvas, random.fork('more waves'), whole, mix(paper, [214, 140, 90], 0.5), 0.3);
}

/** Nobody shall take it for a document: large and pale under the print, small and red above it. */
export function drawSpecimen(
  canvas: Canvas,
  { paper, accent }: Palette,
  x: number,
  y: number,
  size: number,
): void {
  const paint = mix(paper, accent, 0.2);
  setText(canvas, labels.specimen.arabic, x, y, { size, paint, align: 'centre' });
  setText(canvas, labels.specimen.latin, x, y + size * 0.62, {
    size: size * 0.55,
    paint,
    align: 'centre',
    spacing: size * 0.05,
  });
}

function stampSpecimen(canvas: Canvas, { accent }: Palette, x: number, y: number): void {
  setText(canvas, `${labels.specimen.latin} · ${labels.specimen.arabic}`, x, y, {
    size: 2.6,
    paint: accent,
    align: 'left',
  });
}

/** An identity card from right to left: portrait on the left, name and address on the right, the number along the foot. */
export const arabicFront: Design = {
  ...landscape,
  draw(canvas, random) {
    const holder = inventHolder(random.fork('holder'));
    const palette = random.fork('palette').pick(palettes);
    const { deep, accent } = palette;
    drawPaper(canvas, random, palette);
    drawHorizon(canvas, random.fork('horizon'), mix(palette.other, deep, 0.5), 0.3);
    drawRosette(canvas, 62, 30, 15, mix(palette.paper, deep, 0.5), 0.3);
    drawSpecimen(canvas, palette, 56, 33, 13);

    drawEmblem(canvas, random.fork('emblem'), 10, 7, 4, deep);
    setText(canvas, stateOf(holder).arabic, 81, 7.4, { size: 5.2, paint: deep });
    setText(canvas, labels.identityCard.arabic, 81, 13.2, { size: 4, paint: accent });
    drawHolder(canvas, random, holder, { x: 4.5, y: 13, width: 20.5, height: 26 });
    drawFrame(canvas, 4.5, 13, 20.5, 26, mix(deep, [255, 255, 255], 0.4));

    const line = { paint: ink, room: 52 };
    setText(canvas, holder.given.arabic, 81, 20.4, { ...line, size: 5.2 });
    const family = `${holder.father.arabic} ${holder.grandfather.arabic} ${holder.family.arabic}`;
    setText(canvas, family, 81, 27, { ...line, size: 4.6 });
    const street = `${arabicFigures(holder.house)} ${labels.street.arabic} ${holder.street}`;
    setText(canvas, street, 81, 33.2, { ...line, size: 4 });
    setText(canvas, holder.town.arabic, 81, 39, { ...line, size: 4 });
    setText(canvas, arabicFigures(holder.nationalNumber), 81, 48.6, {
      size: 5.4,
      paint: ink,
      spacing: 0.75,
    });
    setText(canvas, arabicFigures(yearFirst(holder.person.birth)), 14.7, 44.6, {
      size: 3.6,
      paint: ink,
      align: 'centre',
    });
    setText(canvas, holder.person.number, 14.7, 50.4, {
      size: 3,
      paint: deep,
      align: 'centre',
      spacing: 0.3,
    });
    stampSpecimen(canvas, palette, 29.5, 51.6);
    if (random.fork('foil').chance(0.5)) drawHologram(canvas, random.fork('foil'), 34, 22, 5);
  },
};

/** The back of it: occupation and status above, validity, and a stacked code. */
export const arabicBack: Design = {
  ...landscape,
  draw(canvas, random) {
    const holder = inventHolder(random.fork('holder'));
    const palette = random.fork('palette').pick(palettes);
    drawPaper(canvas, random, palette);
    drawSpecimen(canvas, palette, 34, 20, 9);
    const line = { paint: ink, size: 3.8 };
    setText(canvas, arabicFigures(holder.nationalNumber), 81, 7, { ...line, spacing: 0.5 });
    setText(canvas, arabicFigures(yearFirst(holder.issued).slice(0, 7)), 5, 7, { ...line, align: 'left' });
    setText(canvas, holder.occupation.arabic, 81, 13.2, line);
    setText(canvas, labels.ministry.arabic, 81, 19.2, line);
    setText(canvas, holder.sexName.arabic, 81, 25.2, line);
    setText(canvas, holder.unmarried, 56, 25.2, line);
    setText(
      canvas,
      `${labels.valid.arabic} ${arabicFigures(yearFirst(holder.person.expiry))}`,
      81,
      31.4,
      line,
    );
    stampSpecimen(canvas, palette, 5, 31.4);
    drawStackedCode(canvas, random.fork('code'), { x: 5.5, y: 36, width: 74.6, height: 14 });
  },
};

/** A residence permit in two scripts that meet in the middle: portrait on the right, chip on the left. */
export const arabicPermit: Design = {
  ...landscape,
  draw(canvas, random) {
    const holder = inventHolder(random.fork('holder'));
    const palette = random.fork('palette').pick(palettes);
    const { deep, accent } = palette;
    drawPaper(canvas, random, palette);
    fillRect(canvas, 0, 0, cardLength, 11.5, blend(deep, mix(deep, [255, 255, 255], 0.25), 0, cardLength));
    const title = { size: 3.8, paint: [250, 248, 240] as const, room: 31 };
    const state = stateOf(holder);
    drawEmblem(canvas, random.fork('emblem'), cardLength / 2, 5.8, 4, [236, 214, 150]);
    setText(canvas, state.arabic, 81, 5.4, title);
    setText(canvas, labels.residencePermit.arabic, 81, 9.9, { ...title, size: 3.2 });
    setText(canvas, state.latin, 4.6, 5.2, { ...title, size: 2.9, align: 'left' });
    setText(canvas, labels.residencePermit.latin, 4.6, 9.6, { ...title, size: 2.6, align: 'left' });
    drawSpecimen(canvas, palette, 36, 34, 11);
    drawChip(canvas, 5, 15.5);
    drawHolder(canvas, random, holder, { x: 60, y: 14.5, width: 21, height: 26.5 });
    drawFrame(canvas, 60, 14.5, 21, 26.5, [255, 255, 255]);
    drawRows(canvas, { left: 19, right: 58, top: 16.4, step: 6.6, size: 2.9 }, [
      [labels.name, fullName(holder)],
      [labels.nationality, holder.land.name],
      [labels.birth, dates(holder.person.birth)],
      [labels.expires, dates(holder.person.expiry)],
    ]);
    const { occupation, person } = holder;
    drawRows(canvas, { left: 5, right: 57.5, top: 43, step: 5, size: 2.7 }, [
      [labels.occupation, occupation],
    ]);
    setText(canvas, labels.permitNumber.arabic, 81, 44.4, { size: 2.2, paint: faded });
    setText(canvas, person.number, 81, 48.6, { size: 3.4, paint: accent });
    stampSpecimen(canvas, palette, 5, 51.8);
    if (random.fork('foil').chance(0.6)) drawHologram(canvas, random.fork('foil'), 58, 40, 4.5);
  },
};

/** The back of the permit: a small portrait, what it allows, and a zone of three lines (ICAO 9303-5, TD1). */
export const arabicPermitBack: Design = {
  ...landscape,
  draw(canvas, random) {
    const holder = inventHolder(random.fork('holder'));
    const palette = random.fork('palette').pick(palettes);
    drawPaper(canvas, random, palette);
    drawSpecimen(canvas, palette, 40, 16, 9);
    drawHolder(canvas, random, holder, { x: 68, y: 5, width: 12.5, height: 16 }, 0.6);
    const place = { left: 5, right: 64, top: 6, step: 6.2, size: 2.8 };
    drawRows(canvas, place, [
      [labels.occupation, holder.occupation],
      [labels.birthPlace, holder.town],
      [labels.authority, labels.ministry],
    ]);
    stampSpecimen(canvas, palette, 5, 29);
    fillRoundedRect(canvas, 2.5, 32, cardLength - 5, 19, 1, [250, 250, 246], 0.85);
    drawPitchedZone(canvas, zoneLines('TD1', holder.person, holder.sex), { x: 4.7, y: 37.6, pitch: 2.54 });
  },
};

export const fullName = ({ given, father, family }: Holder): Bilingual => ({
  arabic: `${given.arabic} ${father.arabic} ${family.arabic}`,
  latin: `${given.latin} ${family.latin}`,
});

export const dates = (date: string): Bilingual => ({
  arabic: arabicFigures(yearFirst(date)),
  latin: date.replaceAll('.', '/'),
});

interface Rows {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Millimetres from row to row, and of a value's em. */
  readonly step: number;
  readonly size: number;
}

/** Latin letters from the left, Arabic ones from the right: label above, value below. */
export function drawRows(
  canvas: Canvas,
  { left, right, top, step, size }: Rows,
  rows: readonly (readonly [label: Bilingual, value: Bilingual])[],
): void {
  const room = (right - left) / 2 - 0.8;
  rows.forEach(([label, value], i) => {
    const y = top + i * step;
    const small = { size: size * 0.62, paint: faded, room };
    setText(canvas, label.latin, left, y, { ...small, align: 'left' });
    setText(canvas, label.arabic, right, y, { ...small, size: size * 0.74 });
    const strong = { size, paint: ink, room };
    setText(canvas, value.latin, left, y + size * 0.98, { ...strong, align: 'left' });
    setText(canvas, value.arabic, right, y + size * 0.98, { ...strong, size: size * 1.15 });
  });
}

const hairStyles: Readonly<Record<'F' | 'M', readonly HairStyle[]>> = {
  F: ['long', 'covered', 'covered'],
  M: ['short', 'short', 'beard', 'bald'],
};

export function drawHolder(canvas: Canvas, random: Random, { sex }: Holder, box: Box, opacity = 1): void {
  drawLikeness(canvas, random.fork('likeness'), box, opacity, hairStyles[sex]);
}

export function drawFrame(
  canvas: Canvas,
  x: number,
  y: number,
  width: number,
  height: number,
  paint: Rgb,
): void {
  const corners: Point[] = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
    [x, y],
  ];
  strokeLines(canvas, [corners], 0.4, paint);
}
