import type { Random } from '../../random.js';
import type { Canvas } from '../canvas.js';
import { hsl, ink, mix, type Rgb } from '../colour.js';
import { fillRect, fillRoundedRect } from '../fill.js';
import { strokeLines } from '../stroke.js';
import { drawText, measureText } from '../text.js';
import { drawParagraph, inventPerson, makeWord, type Person } from '../words.js';
import { drawCursive } from './cursive.js';
import { drawLikeness } from './likeness.js';
import { drawZone, zoneLines } from './machine-readable.js';
import { drawBarcode, drawChip, drawEmblem, drawGuilloche, drawRosette, drawStackedCode } from './parts.js';
import { drawFlag, drawHologram, drawLand, drawSignature, drawWaves, tint } from './security-print.js';
import { type Box, cardBreadth, cardLength, type Plan } from './types.js';

/** What the parts of one card have in common. */
export interface Style {
  readonly hue: number;
  readonly paper: Rgb;
  readonly deep: Rgb;
  readonly text: Rgb;
  readonly label: Rgb;
  /** Millimetres of a value's capitals. */
  readonly size: number;
  readonly weight: number;
  /** Runs from right to left, in strokes of no alphabet. */
  readonly rightToLeft: boolean;
}

/** ISO/IEC 7810 ID-1, mostly; ID-2 (105 × 74 mm) and the odd sizes of older cards. */
function cardSize(random: Random): { width: number; height: number } {
  const kind = random.next();
  if (kind < 0.68) return { width: cardLength, height: cardBreadth };
  if (kind < 0.8) return { width: 105, height: 74 };
  const height = random.uniform(52, 78);
  return { width: height * random.uniform(1.3, 1.85), height };
}

/** The front of an identity card, licence, permit or member card: layout, colours and script are left to chance. */
export const issuedFront: Plan = (random) => {
  const { width, height } = cardSize(random);
  return { width, height, draw: drawFront };
};

/** The same, read upright. */
export const issuedUpright: Plan = (random) => {
  const { width, height } = cardSize(random);
  return { width: height, height: width, draw: drawUpright };
};

/** A back: zone, codes, stripe, tables, small print. */
export const issuedBack: Plan = (random) => {
  const { width, height } = cardSize(random);
  return { width, height, draw: drawBack };
};

export function makeStyle(random: Random): Style {
  const hue = random.uniform(0, 360);
  const tone = random.next();
  const paper: Rgb =
    tone < 0.2
      ? hsl(hue, random.uniform(0, 0.15), random.uniform(0.92, 0.99))
      : tone < 0.75
        ? hsl(hue, random.uniform(0.15, 0.7), random.uniform(0.74, 0.93))
        : tone < 0.88
          ? hsl(hue, random.uniform(0.2, 0.7), random.uniform(0.5, 0.72))
          : hsl(hue, random.uniform(0.1, 0.7), random.uniform(0.12, 0.35));
  const isDark = 0.3 * paper[0] + 0.59 * paper[1] + 0.11 * paper[2] < 110;
  const deep = hsl(
    hue + random.pick([0, 0, 30, 180, 210]),
    random.uniform(0.3, 0.9),
    random.uniform(0.16, 0.42),
  );
  const print = random.chance(0.75) ? ink : deep;
  return {
    hue,
    paper,
    deep,
    text: isDark ? [240, 240, 236] : print,
    label: isDark ? [200, 204, 210] : random.pick([[90, 94, 104], deep, ink] as const),
    size: random.uniform(1.5, 2.6),
    weight: random.uniform(0.11, 0.23),
    rightToLeft: random.chance(0.3),
  };
}

/** Paper, security print, and sometimes a second tone over part of the face. */
export function drawGround(canvas: Canvas, random: Random, style: Style): void {
  const { width, height } = canvas;
  const whole: Box = { x: 0, y: 0, width, height };
  const other = hsl(style.hue + random.uniform(-90, 90), random.uniform(0.1, 0.6), random.uniform(0.7, 0.92));
  const second = random.chance(0.7) ? mix(style.paper, other, random.uniform(0.2, 0.9)) : style.paper;
  fillRect(canvas, 0, 0, width, height, tint(random.fork('tint'), style.paper, second, width));
  if (random.chance(0.25)) drawSecondTone(canvas, random, style);
  const waves = random.pick([0, 1, 1, 2]);
  for (let i = 0; i < waves; i++) {
    const colour = hsl(
      style.hue + random.uniform(-120, 120),
      random.uniform(0.3, 0.8),
      random.uniform(0.35, 0.7),
    );
    drawWaves(canvas, random, whole, colour, random.uniform(0.1, 0.5));
  }
  if (random.chance(0.25))
    drawGuilloche(canvas, random, hsl(style.hue + 40, 0.5, 0.55), random.uniform(0.2, 0.5));
  if (random.chance(0.3))
    drawLand(
      canvas,
      random,
      random.uniform(0.3, 0.8) * width,
      height * 0.5,
      height * 0.36,
      style.deep,
      random.uniform(0.06, 0.2),
    );
  if (random.chance(0.35)) {
    const radius = height * random.uniform(0.15, 0.4);
    drawRosette(
      canvas,
      width * random.uniform(0.2, 0.9),
      height * random.uniform(0.3, 0.7),
      radius,
      style.deep,
      0.4,
    );
  }
}

/** One side of the card in another colour, straight across: no edge of the card, though it looks like one. */
function drawSecondTone(canvas: Canvas, random: Random, { hue, deep }: Style): void {
  const { width, height } = canvas;
  const share = random.uniform(0.14, 0.5);
  const colour = random.chance(0.5)
    ? hsl(hue + random.uniform(-60, 60), random.uniform(0.1, 0.6), random.uniform(0.55, 0.95))
    : deep;
  const opacity = random.uniform(0.5, 1);
  const side = random.int(0, 3);
  if (side === 0) fillRect(canvas, 0, 0, width * share, height, colour, opacity);
  else if (side === 1) fillRect(canvas, width * (1 - share), 0, width * share, height, colour, opacity);
  else if (side === 2) fillRect(canvas, 0, height * (1 - share), width, height * share, colour, opacity);
  else fillRect(canvas, 0, 0, width, height * share, colour, opacity);
}

/** A frame printed at some distance from the edge; its inside may be of another colour. */
function drawFrame(canvas: Canvas, random: Random, style: Style): void {
  const { width, height } = canvas;
  const inset = random.uniform(1.2, 5);
  if (random.chance(0.4)) {
    fillRect(canvas, 0, 0, width, height, style.deep);
    const inside = hsl(style.hue, random.uniform(0, 0.4), random.uniform(0.85, 0.98));
    fillRoundedRect(
      canvas,
      inset,
      inset,
      width - 2 * inset,
      height - 2 * inset,
      random.uniform(0.2, 4),
      inside,
    );
    return;
  }
  const [right, bottom] = [width - inset, height - inset];
  const outline = [
    [inset, inset],
    [right, inset],
    [right, bottom],
    [inset, bottom],
    [inset, inset],
  ] as const;
  strokeLines(canvas, [outline], random.uniform(0.25, 1.4), style.deep);
}

/** Title of the card; returns how far down it reaches. */
function drawHeader(canvas: Canvas, random: Random, style: Style, person: Person): number {
  const { width, height } = canvas;
  const tall = height * random.uniform(0.1, 0.2);
  const kind = random.pick(['band', 'text', 'text', 'flag', 'band', 'none'] as const);
  if (kind === 'none') return height * 0.06;
  const onBand = kind === 'band';
  const band = random.chance(0.8) ? style.deep : hsl(random.uniform(0, 360), 0.7, 0.45);
  if (onBand) fillRect(canvas, 0, 0, width, tall, band);
  const paint: Rgb = onBand ? [246, 246, 240] : random.pick([style.deep, style.text]);
  const margin = width * 0.05;
  const left = kind === 'flag' ? margin + tall * 1.5 : margin;
  if (kind === 'flag')
    drawFlag(canvas, random, { x: margin, y: tall * 0.2, width: tall * 1.2, height: tall * 0.75 });
  const title = random.pick([
    `REPUBLIC OF ${person.country}`,
    `KINGDOM OF ${person.country}`,
    `${person.country}`,
    `Federation of ${person.country[0]}${person.country.slice(1).toLowerCase()}`,
    'DRIVING LICENCE',
    'IDENTITY CARD',
    'RESIDENCE PERMIT',
    `STATE OF ${person.country}`,
  ]);
  const size = Math.min(tall * random.uniform(0.25, 0.42), 4.6);
  const heading = { size, paint, weight: random.uniform(0.14, 0.26) };
  const fits = Math.min(1, (width - left - margin) / measureText(title, heading));
  if (style.rightToLeft) {
    drawCursive(
      canvas,
      random,
      { x: width * 0.45, y: tall * 0.55, width: width * 0.5, size: size * 1.2 },
      paint,
    );
    if (random.chance(0.6))
      drawText(canvas, title, left, tall * 0.9, { ...heading, size: size * 0.6 * fits });
    return tall;
  }
  const centred = random.chance(0.3) ? (width - measureText(title, heading) * fits) / 2 : left;
  drawText(canvas, title, Math.max(left, centred), tall * 0.55, { ...heading, size: size * fits });
  if (random.chance(0.6))
    drawText(canvas, `${makeWord(random)} ${makeWord(random)} ${makeWord(random)}`, left, tall * 0.92, {
      size: size * 0.5,
      paint,
    });
  if (random.chance(0.4))
    drawEmblem(canvas, random, width - margin - tall * 0.35, tall * 0.5, tall * 0.36, paint);
  return tall;
}

/** Lines of what the card says, in one of the ways in which issuers set them. */
export function drawEntries(canvas: Canvas, random: Random, style: Style, box: Box, person: Person): void {
  const values = [
    person.familyName,
    person.givenName,
    person.birth,
    person.country,
    person.number,
    person.expiry,
    `${makeWord(random)} ${makeWord(random)}`.toUpperCase(),
    `${random.int(1, 99)} ${makeWord(random)} ${random.int(1000, 99999)}`.toUpperCase(),
    random.pick(['F', 'M', 'B C1', 'AM B', '1.74 m']),
  ];
  const setting = random.pick(['above', 'above', 'inline', 'numbered', 'bare'] as const);
  const step = Math.max(style.size * random.uniform(1.6, 2.6), setting === 'above' ? style.size * 2.5 : 0);
  const rows = Math.min(values.length, Math.floor(box.height / step));
  const columns = box.width > 40 && random.chance(0.4) ? 2 : 1;
  for (let i = 0; i < rows * columns; i++) {
    const value = values[i % values.length]!;
    const x = box.x + ((i % columns) * box.width) / columns;
    const y = box.y + Math.floor(i / columns) * step + style.size;
    if (style.rightToLeft && random.chance(0.8)) drawScriptEntry(x, y, box.width / columns);
    else drawEntry(value, i, x, y);
  }

  function drawEntry(value: string, i: number, x: number, y: number): void {
    const label = { size: style.size * 0.55, paint: style.label, weight: style.weight };
    const strong = { size: style.size, paint: style.text, weight: style.weight };
    const name = `${makeWord(random)}/${makeWord(random)}`;
    if (setting === 'above') {
      drawText(canvas, name, x, y, label);
      drawText(canvas, value, x, y + style.size * 1.35, strong);
    } else if (setting === 'inline')
      drawText(canvas, value, drawText(canvas, `${name}: `, x, y, label), y, strong);
    else if (setting === 'numbered')
      drawText(canvas, value, drawText(canvas, `${i + 1}. `, x, y, label), y, strong);
    else drawText(canvas, value, x, y, strong);
  }

  function drawScriptEntry(x: number, y: number, width: number): void {
    const length = random.uniform(0.3, 0.85) * width;
    drawCursive(
      canvas,
      random,
      { x: x + width * 0.96 - length, y: y, width: length, size: style.size * 1.15 },
      style.text,
    );
    if (setting === 'above' && random.chance(0.4))
      drawCursive(
        canvas,
        random,
        { x: x + width * 0.7, y: y - style.size * 1.1, width: width * 0.26, size: style.size * 0.6 },
        style.label,
      );
  }
}

function drawFront(canvas: Canvas, random: Random): void {
  const { width, height } = canvas;
  const style = makeStyle(random);
  const person = inventPerson(random);
  drawGround(canvas, random, style);
  if (random.chance(0.18)) drawFrame(canvas, random, style);
  const top = drawHeader(canvas, random, style, person);
  const zone = random.chance(0.18);
  const foot = zone ? height * 0.24 : height * random.uniform(0.03, 0.14);
  if (!zone && random.chance(0.2)) fillRect(canvas, 0, height - foot, width, foot, style.deep);
  const room = height - top - foot;
  const onRight = random.chance(style.rightToLeft ? 0.25 : 0.3);
  const tall = room * random.uniform(0.62, 0.96);
  const picture: Box = {
    width: tall * random.uniform(0.72, 0.84),
    height: tall,
    x: 0,
    y: top + (room - tall) * random.uniform(0.2, 0.7),
  };
  const margin = width * random.uniform(0.03, 0.07);
  const x = onRight ? width - margin - picture.width : margin;
  const portraits = random.chance(0.9);
  if (portraits) drawPhoto(canvas, random, { ...picture, x });
  const taken = portraits ? picture.width + margin * 1.8 : margin;
  const entries: Box = {
    x: onRight ? margin : taken,
    y: top + room * 0.06,
    width: width - taken - margin,
    height: room * 0.92,
  };
  drawEntries(canvas, random, style, entries, person);
  drawExtras(canvas, random, style, entries, person);
  if (zone) drawFrontZone(canvas, random, person);
  if (random.chance(0.45))
    drawHologram(
      canvas,
      random,
      random.uniform(0.2, 0.9) * width,
      random.uniform(0.3, 0.8) * height,
      height * random.uniform(0.12, 0.35),
    );
}

/** A zone of two lines under the front, on white, as older cards have it. */
function drawFrontZone(canvas: Canvas, random: Random, person: Person): void {
  const { width, height } = canvas;
  if (random.chance(0.6))
    fillRect(canvas, 0, height * 0.77, width, height * 0.23, [246, 246, 242], random.uniform(0.5, 1));
  const lines = random.chance(0.7) ? zoneLines('TD2', person) : [zoneLines('TD1', person)[0]!];
  const pitch = (width * 0.92) / lines[0]!.length;
  drawZone(canvas, lines, { x: width * 0.04, y: height * (lines.length === 2 ? 0.85 : 0.91), pitch });
}

function drawPhoto(canvas: Canvas, random: Random, box: Box): void {
  drawLikeness(canvas, random.fork('photo'), box);
  if (random.chance(0.3)) {
    const { x, y, width, height } = box;
    strokeLines(
      canvas,
      [
        [
          [x, y],
          [x + width, y],
          [x + width, y + height],
          [x, y + height],
          [x, y],
        ],
      ],
      random.uniform(0.15, 0.8),
      random.pick<Rgb>([
        [250, 250, 250],
        [40, 40, 44],
        [150, 150, 150],
      ]),
    );
  }
}

function drawExtras(canvas: Canvas, random: Random, style: Style, box: Box, person: Person): void {
  const { width, height } = canvas;
  const right = box.x + box.width;
  if (random.chance(0.35)) {
    const tall = height * random.uniform(0.2, 0.34);
    drawLikeness(
      canvas,
      random.fork('photo'),
      { x: right - tall * 0.8, y: height * random.uniform(0.4, 0.6), width: tall * 0.78, height: tall },
      random.uniform(0.25, 0.7),
    );
  }
  if (random.chance(0.2))
    drawChip(canvas, box.x + box.width * random.uniform(0.4, 0.7), height * random.uniform(0.3, 0.55));
  if (random.chance(0.5))
    drawSignature(
      canvas,
      random,
      box.x + box.width * random.uniform(0, 0.5),
      height * random.uniform(0.78, 0.92),
      width * random.uniform(0.16, 0.3),
      ink,
    );
  if (random.chance(0.4))
    drawText(canvas, person.number, right - width * 0.3, height * random.uniform(0.16, 0.26), {
      size: style.size * 1.2,
      paint: random.pick<Rgb>([[170, 30, 40], style.text]),
      monospaced: true,
    });
  if (random.chance(0.12))
    drawBarcode(canvas, random, {
      x: box.x + 3,
      y: height * 0.86,
      width: box.width * 0.6,
      height: height * 0.09,
    });
  if (random.chance(0.15))
    drawText(canvas, 'SPECIMEN', width * 0.25, height * random.uniform(0.4, 0.7), {
      size: height * 0.14,
      paint: [200, 60, 60],
      weight: 0.12,
    });
}

function drawUpright(canvas: Canvas, random: Random): void {
  const { width, height } = canvas;
  const style = makeStyle(random);
  const person = inventPerson(random);
  drawGround(canvas, random, style);
  const top = drawHeader(canvas, random, style, person) * 0.8;
  const wide = width * random.uniform(0.35, 0.6);
  const x = random.chance(0.5) ? (width - wide) / 2 : width * 0.08;
  drawPhoto(canvas, random, { x, y: top + 3, width: wide, height: wide * 1.27 });
  const under = top + 5 + wide * 1.27;
  drawEntries(
    canvas,
    random,
    style,
    { x: width * 0.08, y: under, width: width * 0.84, height: height * 0.9 - under },
    person,
  );
  if (random.chance(0.3)) drawChip(canvas, width * 0.7, height * 0.2);
  if (random.chance(0.35))
    drawBarcode(canvas, random, {
      x: width * 0.15,
      y: height * 0.88,
      width: width * 0.7,
      height: height * 0.07,
    });
  if (random.chance(0.35))
    drawHologram(canvas, random, width * 0.6, height * 0.5, width * random.uniform(0.15, 0.4));
}

function drawBack(canvas: Canvas, random: Random): void {
  const { width, height } = canvas;
  const style = makeStyle(random);
  const person = inventPerson(random);
  drawGround(canvas, random, style);
  let top = height * 0.06;
  if (random.chance(0.25)) {
    const tall = random.uniform(8, 13);
    fillRect(
      canvas,
      0,
      random.uniform(0, 5),
      width,
      tall,
      random.pick<Rgb>([
        [24, 22, 22],
        [60, 40, 30],
      ]),
    );
    top = tall + 6;
  } else if (random.chance(0.3)) top = drawHeader(canvas, random, style, person);
  const zone = random.chance(0.55);
  const floor = zone ? height * 0.62 : height * 0.94;
  if (zone) {
    if (random.chance(0.5))
      fillRect(canvas, 0, floor, width, height - floor, [248, 248, 246], random.uniform(0.5, 1));
    drawZone(canvas, zoneLines('TD1', person), {
      x: width * 0.055,
      y: floor + height * 0.1,
      pitch: (width * 0.89) / 30,
    });
  }
  const room: Box = { x: width * 0.06, y: top + 1, width: width * 0.88, height: floor - top - 2 };
  const left: Box = { ...room, width: room.width * random.uniform(0.4, 0.6) };
  const right: Box = { ...room, x: left.x + left.width + 2, width: room.width - left.width - 2 };
  for (const part of [left, right]) drawBackPart(canvas, random, style, part, person);
  if (random.chance(0.25))
    drawHologram(canvas, random, width * random.uniform(0.2, 0.8), height * 0.4, height * 0.2);
}

function drawBackPart(canvas: Canvas, random: Random, style: Style, box: Box, person: Person): void {
  const { x, y, width, height } = box;
  const kind = random.pick([
    'entries',
    'entries',
    'text',
    'table',
    'code',
    'bars',
    'bars',
    'signature',
    'portrait',
  ] as const);
  if (kind === 'entries') drawEntries(canvas, random, style, box, person);
  else if (kind === 'text')
    drawParagraph(canvas, random, {
      x,
      y: y + 2,
      width,
      lines: Math.floor(height / 2.6),
      size: 1.25,
      paint: style.text,
    });
  else if (kind === 'table') drawTable(canvas, random, style, box);
  else if (kind === 'code')
    drawStackedCode(canvas, random, {
      x: x + 2,
      y: y + 2,
      width: width - 4,
      height: Math.min(height - 4, width * 0.4),
    });
  else if (kind === 'bars')
    drawBarcode(canvas, random, { x: x + 2, y: y + 2, width: width - 4, height: Math.min(10, height * 0.4) });
  else if (kind === 'signature') {
    fillRect(canvas, x, y + 2, width, 8, [248, 248, 244]);
    drawSignature(canvas, random, x + 4, y + 8, width * 0.6, [30, 40, 90]);
  } else
    drawLikeness(
      canvas,
      random,
      { x: x + 2, y: y + 1, width: height * 0.7, height: height * 0.9 },
      random.uniform(0.4, 1),
    );
}

/** Rows and columns, as the backs of licences list classes. */
function drawTable(canvas: Canvas, random: Random, style: Style, { x, y, width, height }: Box): void {
  const rows = Math.max(3, Math.floor(height / random.uniform(2.4, 4)));
  const columns = random.int(2, 5);
  const lines = [
    ...Array.from(
      { length: rows + 1 },
      (_, i) =>
        [
          [x, y + (i * height) / rows],
          [x + width, y + (i * height) / rows],
        ] as const,
    ),
    ...Array.from(
      { length: columns + 1 },
      (_, i) =>
        [
          [x + (i * width) / columns, y],
          [x + (i * width) / columns, y + height],
        ] as const,
    ),
  ];
  strokeLines(canvas, lines, 0.18, style.text, 0.9);
  const size = Math.min(1.5, (height / rows) * 0.55);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (random.chance(0.5))
        drawText(
          canvas,
          random.pick(['B', 'AM', 'C1', '12.04.31', '01', 'D1E']),
          x + (column * width) / columns + 0.5,
          y + ((row + 0.8) * height) / rows,
          { size, paint: style.text },
        );
}
