import type { Point } from '../../vision/types.js';
import { hsl, ink, mix, type Rgb } from '../colour.js';
import { fillEllipse, fillPolygon, fillRect, fillRoundedRect } from '../fill.js';
import { drawText } from '../text.js';
import { drawParagraph, inventPerson } from '../words.js';
import {
  blend,
  drawBarcode,
  drawCentred,
  drawChip,
  drawEmblem,
  drawField,
  drawGuilloche,
  drawMachineReadableZone,
  drawPortrait,
  drawStackedCode,
} from './parts.js';
import { type Design, landscape, portrait } from './types.js';

/** Dark plastic with a chip and a number. */
export const dark: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const base = hsl(random.uniform(0, 360), random.uniform(0.05, 0.6), random.uniform(0.06, 0.2));
    const gold: Rgb = random.pick<Rgb>([
      [214, 186, 120],
      [220, 222, 226],
    ]);
    fillRect(canvas, 0, 0, 86, 55, blend(base, mix(base, [90, 90, 110], 0.35), 30, 100));
    drawText(canvas, `${person.country} CLUB`, 7, 10, { size: 3, paint: gold });
    drawChip(canvas, 9, 19);
    const digits = Array.from({ length: 4 }, () => String(random.int(1000, 9999))).join(' ');
    drawText(canvas, digits, 9, 38, { size: 3.6, paint: gold, monospaced: true });
    drawText(canvas, `${person.givenName} ${person.familyName}`, 9, 46, { size: 2.3, paint: gold });
    drawEmblem(canvas, random, 73, 43, 6, gold);
  },
};

/** Two saturated colours that meet in a curve, as on bank cards. */
export const swoosh: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const hue = random.uniform(0, 360);
    fillRect(canvas, 0, 0, 86, 55, blend(hsl(hue, 0.7, 0.42), hsl(hue + 30, 0.8, 0.3), 45, 90));
    const height = random.uniform(15, 35);
    const curve = Array.from({ length: 33 }, (_, i): Point => {
      const t = i / 32;
      return [t * 85.6, height + 12 * Math.sin(t * 3.4 + hue)];
    });
    fillPolygon(
      canvas,
      [[...curve, [85.6, 54], [0, 54]]],
      hsl(hue + random.uniform(40, 160), 0.7, 0.55),
      0.8,
    );
    drawChip(canvas, 9, 19);
    drawText(canvas, 'Meridian', 60, 9, { size: 3.4, paint: [250, 250, 250], weight: 0.2 });
    const digits = Array.from({ length: 4 }, () => String(random.int(1000, 9999))).join(' ');
    drawText(canvas, digits, 9, 37, { size: 3.6, paint: [250, 250, 250], monospaced: true });
    drawText(canvas, `${person.givenName} ${person.familyName}`, 9, 47, {
      size: 2.2,
      paint: [250, 250, 250],
    });
  },
};

/** The back of a bank or member card: magnetic stripe, signature, small print. */
export const stripeBack: Design = {
  ...landscape,
  draw(canvas, random) {
    const light = random.chance(0.7);
    fillRect(canvas, 0, 0, 86, 55, light ? [232, 232, 228] : hsl(random.uniform(0, 360), 0.4, 0.3));
    // ISO/IEC 7811: the stripe lies 5.5 mm from the long edge.
    fillRect(canvas, 0, 4.5, 85.6, 12.7, [26, 24, 24]);
    fillRect(canvas, 5, 22, 58, 8, [250, 250, 246]);
    drawText(canvas, String(random.int(100, 999)), 54, 27.5, { size: 2.6, paint: ink, monospaced: true });
    drawParagraph(canvas, random, {
      x: 5,
      y: 36,
      width: 74,
      lines: 4,
      size: 1.3,
      paint: light ? [70, 70, 76] : [230, 230, 232],
    });
  },
};

/** The back of an identity card: machine-readable zone under a few fields. */
export const zoneBack: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const hue = random.uniform(0, 360);
    fillRect(canvas, 0, 0, 86, 55, blend(hsl(hue, 0.3, 0.92), hsl(hue + 60, 0.3, 0.86), 0, 86));
    drawGuilloche(canvas, random, hsl(hue, 0.4, 0.65), 0.35);
    drawField(canvas, 'Address', '4 Lighthouse Row', 6, 7);
    drawField(canvas, 'Place of birth', person.country, 6, 14.5);
    drawField(canvas, 'Authority', 'Registry Office 12', 6, 22);
    drawStackedCode(canvas, random, { x: 52, y: 7, width: 27, height: 12 });
    fillRect(canvas, 0, 34, 85.6, 20, [246, 246, 244], 0.75);
    drawMachineReadableZone(canvas, random, 40, 3);
  },
};

/** Ground and text in two halves, one dark, one light: at one end the card may be as dark as the desk. */
export const halves: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const seam = random.uniform(24, 50);
    const deep = hsl(random.uniform(0, 360), 0.6, random.uniform(0.12, 0.35));
    fillRect(canvas, 0, 0, 86, 55, [238, 236, 230]);
    fillRect(canvas, 0, 0, seam, 54, deep);
    drawEmblem(canvas, random, seam / 2, 27, 8, [236, 226, 200]);
    drawText(canvas, `${person.country} LIBRARY`, seam + 4, 12, {
      size: 1.7,
      paint: deep,
      weight: 0.2,
    });
    drawField(canvas, 'Reader', person.familyName, seam + 4, 20);
    drawBarcode(canvas, random, { x: seam + 5, y: 36, width: 78 - seam, height: 8 });
  },
};

/** A travel pass: bold shapes over the whole face. */
export const shapes: Design = {
  ...landscape,
  draw(canvas, random) {
    const hue = random.uniform(0, 360);
    fillRect(canvas, 0, 0, 86, 55, hsl(hue, 0.5, random.uniform(0.35, 0.8)));
    for (let i = 0; i < 16; i++) {
      const colour = hsl(hue + random.uniform(-90, 90), random.uniform(0.3, 0.9), random.uniform(0.25, 0.85));
      const [x, y, size] = [random.uniform(0, 86), random.uniform(0, 54), random.uniform(4, 20)];
      if (random.chance(0.5)) fillEllipse(canvas, x, y, size, size, colour, 0.85);
      else {
        const corner = (): Point => [x + random.uniform(-size, size), y + random.uniform(-size, size)];
        fillPolygon(canvas, [[corner(), corner(), corner()]], colour, 0.85);
      }
    }
    fillRoundedRect(canvas, 6, 34, 44, 15, 2.5, [248, 248, 246]);
    drawText(canvas, 'Quayline Pass', 9, 41, { size: 3, paint: ink, weight: 0.2 });
    drawText(canvas, 'zones 2 - 5', 9, 46, { size: 2, paint: ink });
  },
};

/** A landscape printed to the edge: sky, hills, sun. No side of the card has one colour. */
export const scenic: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const hue = random.uniform(180, 250);
    fillRect(canvas, 0, 0, 86, 55, blend(hsl(hue, 0.6, 0.6), hsl(hue - 150, 0.7, 0.85), 90, 40));
    fillEllipse(canvas, random.uniform(50, 75), random.uniform(10, 22), 6, 6, [255, 240, 190]);
    for (let ridge = 0; ridge < 4; ridge++) {
      const phase = random.uniform(0, 6.3);
      const outline = Array.from({ length: 41 }, (_, i): Point => {
        const x = (i / 40) * 85.6;
        return [x, 22 + ridge * 7 + 4 * Math.sin(x / 9 + phase) + 2 * Math.sin(x / 3.7 + 2 * phase)];
      });
      fillPolygon(
        canvas,
        [[...outline, [85.6, 54], [0, 54]]],
        hsl(hue - 70 - ridge * 12, 0.4, 0.5 - ridge * 0.11),
      );
    }
    drawText(canvas, `${person.country} PARKS`, 6, 9, { size: 3.2, paint: [250, 250, 250], weight: 0.2 });
    drawText(canvas, person.number, 6, 49, { size: 2.4, paint: [250, 250, 250], monospaced: true });
  },
};

/** A badge that is read upright. */
export const badge: Design = {
  ...portrait,
  draw(canvas, random) {
    const person = inventPerson(random);
    const band = hsl(random.uniform(0, 360), random.uniform(0.3, 0.8), random.uniform(0.25, 0.5));
    fillRect(canvas, 0, 0, 55, 86, [246, 246, 244]);
    fillRect(canvas, 0, 0, 54, 17, band);
    drawCentred(canvas, person.country, 11, 4, [250, 250, 250], 0.2);
    drawPortrait(canvas, random, { x: 14, y: 22, width: 26, height: 32 });
    drawCentred(canvas, person.givenName, 61, 3.2, ink);
    drawCentred(canvas, person.familyName, 66.5, 3.2, ink);
    drawBarcode(canvas, random, { x: 10, y: 72, width: 34, height: 8 });
  },
};

/** An upright student card over security print. */
export const student: Design = {
  ...portrait,
  draw(canvas, random) {
    const person = inventPerson(random);
    const hue = random.uniform(0, 360);
    fillRect(canvas, 0, 0, 55, 86, blend(hsl(hue, 0.4, 0.88), hsl(hue + 50, 0.4, 0.76), 80, 90));
    drawGuilloche(canvas, random, hsl(hue, 0.5, 0.5), 0.4);
    drawEmblem(canvas, random, 10, 11, 5, hsl(hue, 0.6, 0.3));
    drawText(canvas, 'UNIVERSITY', 18, 10, { size: 2.6, paint: hsl(hue, 0.6, 0.25), weight: 0.2 });
    drawText(canvas, `of ${person.country.toLowerCase()}`, 18, 15, { size: 2.2, paint: hsl(hue, 0.6, 0.25) });
    drawPortrait(canvas, random, { x: 6, y: 23, width: 22, height: 28 });
    drawField(canvas, 'Student', person.familyName, 6, 57);
    drawField(canvas, 'Given name', person.givenName, 6, 64.5);
    drawField(canvas, 'Number', person.number, 6, 72);
  },
};
