import type { Random } from '../../random.js';
import type { Canvas } from '../canvas.js';
import { hsl, ink, type Rgb, vary } from '../colour.js';
import { fillRect } from '../fill.js';
import { strokeLines } from '../stroke.js';
import { drawText } from '../text.js';
import { drawParagraph, inventPerson } from '../words.js';
import { drawEmblem, drawField, drawGuilloche, drawMachineReadableZone, drawPortrait } from './parts.js';
import type { Design } from './types.js';

const paperWhite: Rgb = [244, 243, 239];

function clear(canvas: Canvas, random: Random): void {
  fillRect(canvas, 0, 0, canvas.width + 1, canvas.height + 1, vary(paperWhite, random, 8));
}

/** A typed letter on A4. */
export const letter: Design = {
  width: 210,
  height: 297,
  paper: true,
  draw(canvas, random) {
    const person = inventPerson(random);
    clear(canvas, random);
    drawEmblem(canvas, random, 30, 28, 9, hsl(random.uniform(0, 360), 0.5, 0.35));
    drawText(canvas, `${person.familyName} AND SONS`, 46, 30, { size: 5, paint: ink });
    for (let block = 0; block < 5; block++) {
      const lines = random.int(4, 7);
      drawParagraph(canvas, random, { x: 22, y: 70 + block * 40, width: 166, lines, size: 2.5, paint: ink });
    }
  },
};

/** A form with ruled boxes: rectangles within the rectangle. */
export const form: Design = {
  width: 210,
  height: 297,
  paper: true,
  draw(canvas, random) {
    clear(canvas, random);
    fillRect(canvas, 14, 14, 182, 20, hsl(random.uniform(0, 360), 0.4, 0.4));
    drawText(canvas, 'APPLICATION', 22, 27, { size: 7, paint: paperWhite, weight: 0.2 });
    for (let row = 0; row < 12; row++) {
      const y = 44 + row * 20;
      const split = random.uniform(60, 150);
      strokeBox(canvas, 14, y, split - 14, 14);
      strokeBox(canvas, split + 4, y, 192 - split, 14);
      drawParagraph(canvas, random, { x: 18, y: y + 9, width: split - 24, lines: 1, size: 3, paint: ink });
    }
  },
};

function strokeBox(canvas: Canvas, x: number, y: number, width: number, height: number): void {
  const [right, bottom] = [x + width, y + height];
  strokeLines(
    canvas,
    [
      [
        [x, y],
        [right, y],
        [right, bottom],
        [x, bottom],
        [x, y],
      ],
    ],
    0.5,
    ink,
  );
}

// ISO/IEC 7810 ID-3: 125 × 88 mm.
export const passportPage: Design = {
  width: 125,
  height: 88,
  paper: true,
  draw(canvas, random) {
    const person = inventPerson(random);
    const hue = random.uniform(0, 360);
    fillRect(canvas, 0, 0, 126, 89, hsl(hue, 0.3, 0.88));
    drawGuilloche(canvas, random, hsl(hue, 0.4, 0.6), 0.4);
    drawText(canvas, `PASSPORT  ${person.country}`, 8, 10, {
      size: 3,
      paint: hsl(hue, 0.5, 0.25),
      weight: 0.2,
    });
    drawPortrait(canvas, random, { x: 8, y: 18, width: 33, height: 42 });
    drawField(canvas, 'Surname', person.familyName, 50, 22);
    drawField(canvas, 'Given names', person.givenName, 50, 32);
    drawField(canvas, 'Date of birth', person.birth, 50, 42);
    drawField(canvas, 'Date of expiry', person.expiry, 50, 52);
    drawMachineReadableZone(canvas, random, 74, 2);
  },
};

/** A long narrow receipt. */
export const salesSlip: Design = {
  width: 80,
  height: 160,
  paper: true,
  draw(canvas, random) {
    clear(canvas, random);
    drawText(canvas, 'CORNER SHOP', 18, 14, { size: 4, paint: ink, weight: 0.18 });
    for (let line = 0; line < 24; line++) {
      const y = 24 + line * 5;
      drawParagraph(canvas, random, { x: 6, y, width: 50, lines: 1, size: 2, paint: ink });
      drawText(canvas, `${random.int(1, 30)}.${random.int(10, 99)}`, 64, y, { size: 2, paint: ink });
    }
  },
};
