import type { Random } from '../../random.js';
import type { Canvas } from '../canvas.js';
import { createCanvas } from '../canvas.js';
import { hsl, ink, mix, type PaintFunction, type Rgb } from '../colour.js';
import { fillPolygon, fillRect } from '../fill.js';
import { canvasFace } from '../flat-object.js';
import { strokeLines } from '../stroke.js';
import { drawText } from '../text.js';
import { drawParagraph, inventPerson } from '../words.js';
import { drawCursive } from './cursive.js';
import { drawEntries, drawGround, makeStyle, type Style } from './issued.js';
import { drawLikeness } from './likeness.js';
import { drawZone, zoneLines } from './machine-readable.js';
import { drawBarcode, drawCentred, drawEmblem, drawRosette } from './parts.js';
import { drawHologram, drawSignature, drawWaves } from './security-print.js';
import type { Design, Plan } from './types.js';

// ISO/IEC 7810 ID-3: 125 × 88 mm.
const long = 125;
const short = 88;

/** The page with portrait and machine-readable zone. */
export const passportData: Design = { width: long, height: short, paper: true, draw: drawDataPage };

function drawDataPage(canvas: Canvas, random: Random): void {
  const { width, height } = canvas;
  const style = { ...pale(makeStyle(random)), size: random.uniform(1.9, 2.6) };
  const person = inventPerson(random);
  drawGround(canvas, random, style);
  const floor = height - 23.2;
  if (random.chance(0.5))
    fillRect(canvas, 0, floor, width, height - floor, [248, 248, 244], random.uniform(0.3, 0.95));
  const size = random.uniform(2.2, 3.6);
  drawText(canvas, 'PASSPORT', 6, 8, { size, paint: style.deep, weight: 0.2 });
  drawText(canvas, `REPUBLIC OF ${person.country}`, 44, 8, {
    size: size * 0.9,
    paint: style.deep,
    weight: 0.2,
  });
  if (style.rightToLeft)
    drawCursive(canvas, random, { x: 88, y: 8, width: 32, size: size * 1.1 }, style.deep);
  drawText(canvas, `P   ${person.country.slice(0, 3)}   ${person.number}`, 46, 15, {
    size: style.size,
    paint: style.text,
    weight: style.weight,
  });
  const wide = random.uniform(28, 36);
  drawLikeness(canvas, random.fork('photo'), {
    x: random.uniform(4, 8),
    y: random.uniform(12, 16),
    width: wide,
    height: Math.min(wide * 1.28, floor - 17),
  });
  drawEntries(canvas, random, style, { x: 46, y: 18, width: 72, height: floor - 20 }, person);
  if (random.chance(0.6))
    drawLikeness(
      canvas,
      random.fork('photo'),
      { x: 96, y: 24, width: 20, height: 26 },
      random.uniform(0.15, 0.5),
    );
  if (random.chance(0.6)) drawSignature(canvas, random, 50, floor - 3, 30, ink);
  if (random.chance(0.5))
    drawHologram(canvas, random, random.uniform(30, 110), random.uniform(20, 55), random.uniform(8, 22));
  if (random.chance(0.15))
    drawText(canvas, 'SPECIMEN', 40, 50, { size: 9, paint: [200, 60, 60], weight: 0.12 });
  if (random.chance(0.3)) drawPerforation(canvas, random, person.number);
  drawZone(canvas, zoneLines('TD3', person, random.pick(['F', 'M', '<'] as const)), {
    x: 6.5,
    y: floor + 9.5,
    pitch: 2.54,
  });
}

/** Pages are printed on light paper, whatever the cover's colour. */
function pale(style: Style): Style {
  const light = hsl(style.hue, 0.35, 0.88);
  return { ...style, paper: mix(style.paper, light, 0.7), text: ink, label: [80, 84, 96] };
}

/** The number, punched through the page. */
function drawPerforation(canvas: Canvas, random: Random, number: string): void {
  const x = canvas.width - 6;
  const dots = [...number].flatMap((_, i) =>
    Array.from(
      { length: 6 },
      (_, j) => [[x + (j % 3) * 1.1, 12 + i * 4.2 + Math.floor(j / 3) * 1.3]] as const,
    ).filter(() => random.chance(0.7)),
  );
  strokeLines(canvas, dots, 0.6, [90, 90, 90], 0.6);
}

/** The cover, closed: dark cloth with a gilt emblem, read upright. */
export const passportCover: Plan = (random) => {
  const colour = hsl(
    random.pick([220, 230, 350, 0, 150, 10, 205, 90]) + random.uniform(-12, 12),
    random.uniform(0.2, 0.7),
    random.uniform(0.08, 0.34),
  );
  return { width: short, height: long, draw: (canvas, inner) => drawCover(canvas, inner, colour) };
};

function drawCover(canvas: Canvas, random: Random, colour: Rgb): void {
  const { width, height } = canvas;
  const gold: Rgb = random.pick<Rgb>([
    [214, 180, 100],
    [190, 170, 130],
    [220, 220, 215],
  ]);
  const person = inventPerson(random);
  fillRect(canvas, 0, 0, width, height, colour);
  drawWaves(canvas, random, { x: 0, y: 0, width, height }, [0, 0, 0], 0.12);
  const up = random.chance(0.5);
  drawCentred(canvas, person.country, up ? 16 : 88, 4.2, gold, 0.18);
  if (random.chance(0.5)) drawCentred(canvas, 'REPUBLIC OF', up ? 9 : 81, 3, gold, 0.16);
  drawEmblem(canvas, random, width / 2, height * 0.43, random.uniform(13, 21), gold);
  drawCentred(canvas, 'PASSPORT', height * random.uniform(0.72, 0.84), random.uniform(4, 6), gold, 0.18);
  if (random.chance(0.3))
    drawCursive(canvas, random, { x: width * 0.25, y: height * 0.9, width: width * 0.5, size: 4 }, gold);
  if (random.chance(0.6)) drawCoverChip(canvas, gold);
}

/** The sign of a passport with a chip (ICAO 9303-9): a disc in a bar. */
function drawCoverChip(canvas: Canvas, gold: Rgb): void {
  const [x, y] = [canvas.width / 2, canvas.height * 0.92];
  const ring = Array.from(
    { length: 25 },
    (_, i) => [x + 2 * Math.cos((i / 24) * 6.2832), y + 2 * Math.sin((i / 24) * 6.2832)] as const,
  );
  strokeLines(
    canvas,
    [
      ring,
      [
        [x - 7, y],
        [x - 2, y],
      ],
      [
        [x + 2, y],
        [x + 7, y],
      ],
      [
        [x - 7, y - 3.4],
        [x + 7, y - 3.4],
      ],
      [
        [x - 7, y + 3.4],
        [x + 7, y + 3.4],
      ],
    ],
    0.7,
    gold,
  );
}

/** The open book: the data page under another (`above`), or beside it and turned. The document is the data page. */
export const passportSpread: Plan = (random) => {
  const shown = random.pick([1, 1, 1, random.uniform(0.06, 0.7)]);
  const other = short * shown;
  const lip = random.chance(0.5) ? random.uniform(0, 3.5) : 0;
  const page = random.fork('page');
  const document = [
    [lip, other],
    [lip + long, other],
    [lip + long, other + short],
    [lip, other + short],
  ] as const;
  return {
    width: long + 2 * lip,
    height: other + short + lip,
    paper: true,
    document,
    draw(canvas) {
      if (lip > 0) fillRect(canvas, 0, 0, canvas.width, canvas.height, hsl(page.uniform(0, 360), 0.5, 0.2));
      drawOtherPage(canvas, page.fork('other'), lip, other);
      const data = createCanvas(long, short, canvas.scale, [255, 255, 255]);
      drawDataPage(data, page.fork('data'));
      paste(canvas, data, lip, other);
      drawFold(canvas, page.fork('fold'), other);
    },
  };
};

function paste(canvas: Canvas, part: Canvas, x: number, y: number): void {
  const face = canvasFace(part);
  const moved: PaintFunction = (px, py, out) => face(px - x, py - y, out);
  fillRect(canvas, x, y, part.width, part.height, moved);
}

/** Visas, observations or a picture: the page that is no data page, its foot at the fold. */
function drawOtherPage(canvas: Canvas, random: Random, left: number, height: number): void {
  const sheet = createCanvas(long, short, canvas.scale, [240, 240, 234]);
  const style = makeStyle(random);
  drawGround(sheet, random, random.chance(0.7) ? { ...style, paper: hsl(style.hue, 0.3, 0.9) } : style);
  if (random.chance(0.6))
    drawParagraph(sheet, random, {
      x: 12,
      y: 60,
      width: 100,
      lines: random.int(2, 7),
      size: 1.7,
      paint: style.text,
    });
  if (random.chance(0.4)) drawEmblem(sheet, random, long / 2, 32, 14, style.deep);
  if (random.chance(0.3)) drawRosette(sheet, 30, 30, 16, [150, 40, 60], 0.6);
  if (random.chance(0.3)) drawBarcode(sheet, random, { x: 70, y: 72, width: 44, height: 8 });
  if (random.chance(0.4)) drawCentred(sheet, String(random.int(2, 31)), 82, 2, style.text);
  const face = canvasFace(sheet);
  const paint: PaintFunction = (x, y, out) => face(x - left, y + short - height, out);
  fillPolygon(
    canvas,
    [
      [
        [left, 0],
        [left + long, 0],
        [left + long, height],
        [left, height],
      ],
    ],
    paint,
  );
}

/** The pages dip towards the thread. */
function drawFold(canvas: Canvas, random: Random, at: number): void {
  const [deep, reach] = [random.uniform(0.15, 0.6), random.uniform(1, 8)];
  const { width } = canvas;
  const steps = 12;
  for (let i = 0; i < steps; i++) {
    const thick = (reach * (steps - i)) / steps;
    fillRect(canvas, 0, at - thick, width, thick * 1.7, [30, 26, 24], deep / steps);
  }
  strokeLines(
    canvas,
    [
      [
        [0, at],
        [width, at],
      ],
    ],
    random.uniform(0.1, 0.4),
    [40, 36, 34],
    random.uniform(0.3, 0.9),
  );
}
