import { hsl, ink, mix, type Rgb } from '../colour.js';
import { fillRect } from '../fill.js';
import { strokeLines } from '../stroke.js';
import { drawText } from '../text.js';
import { inventPerson } from '../words.js';
import {
  blend,
  drawCentred,
  drawChip,
  drawEmblem,
  drawField,
  drawGuilloche,
  drawPortrait,
  drawRosette,
  drawScript,
} from './parts.js';
import { type Design, landscape } from './types.js';

/** A national card: pale security print, header, portrait on the left, a second script on the right. */
export const national: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const hue = random.pick([195, 150, 30, 260, 330]);
    const deep = hsl(hue, 0.5, 0.28);
    fillRect(canvas, 0, 0, 86, 55, blend(hsl(hue, 0.35, 0.9), hsl(hue + 40, 0.35, 0.82), 25, 90));
    drawGuilloche(canvas, random, hsl(hue, 0.45, 0.55), 0.5);
    drawRosette(canvas, 66, 32, 13, hsl(hue + 30, 0.5, 0.5), 0.5);
    drawText(canvas, `REPUBLIC OF ${person.country}`, 5, 7, { size: 2.6, paint: deep, weight: 0.2 });
    drawText(canvas, 'Identity Card', 5, 11.4, { size: 1.8, paint: deep });
    drawScript(canvas, random, 56, 8, 22, 2.4, deep);
    drawPortrait(canvas, random, { x: 5, y: 14.5, width: 21, height: 27 });
    drawField(canvas, 'Surname', person.familyName, 30, 17);
    drawField(canvas, 'Given name', person.givenName, 30, 24);
    drawField(canvas, 'Date of birth', person.birth, 30, 31);
    drawField(canvas, 'Card number', person.number, 30, 38);
    for (let row = 0; row < 3; row++)
      drawScript(canvas, random, 58, 21 + row * 7, random.uniform(12, 20), 2, ink);
    drawText(canvas, person.number, 5, 48, { size: 2.6, paint: [150, 40, 40], monospaced: true });
  },
};

/** A residence permit: warm paper, portrait on the right, a round seal over the edge of the picture. */
export const permit: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const base: Rgb = random.pick<Rgb>([
      [236, 222, 192],
      [226, 230, 206],
      [232, 214, 214],
    ]);
    fillRect(canvas, 0, 0, 86, 55, blend(base, mix(base, [255, 255, 255], 0.5), 0, 86));
    drawGuilloche(canvas, random, mix(base, [120, 80, 60], 0.5), 0.4);
    drawCentred(canvas, `${person.country} RESIDENCE PERMIT`, 7, 2.5, [96, 44, 40], 0.2);
    strokeLines(
      canvas,
      [
        [
          [5, 9.5],
          [80.6, 9.5],
        ],
      ],
      0.4,
      [96, 44, 40],
    );
    drawPortrait(canvas, random, { x: 58, y: 13, width: 22, height: 28 });
    drawField(canvas, 'Name', `${person.givenName} ${person.familyName}`, 6, 15);
    drawField(canvas, 'Valid until', person.expiry, 6, 22.5);
    drawField(canvas, 'Born', person.birth, 6, 30);
    drawField(canvas, 'Remarks', 'WORK PERMITTED', 6, 37.5);
    drawRosette(canvas, 54, 40, 7, [150, 50, 60], 0.75);
    drawEmblem(canvas, random, 54, 40, 3, [150, 50, 60]);
  },
};

/** A driving licence: numbered lines, a coloured field with letters, two portraits. */
export const licence: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const hue = random.pick([340, 350, 10, 200]);
    fillRect(canvas, 0, 0, 86, 55, blend(hsl(hue, 0.55, 0.86), hsl(hue + 20, 0.45, 0.8), 60, 80));
    drawGuilloche(canvas, random, hsl(hue, 0.5, 0.62), 0.45);
    fillRect(canvas, 3.5, 3.5, 10, 8, [36, 62, 140]);
    drawText(canvas, person.country.slice(0, 2), 5.6, 9.6, { size: 3.4, paint: [246, 220, 90], weight: 0.2 });
    drawText(canvas, 'DRIVING LICENCE', 17, 8.4, { size: 3, paint: [36, 62, 140], weight: 0.2 });
    drawPortrait(canvas, random, { x: 4, y: 15, width: 20, height: 26 }, true);
    const rows = [person.familyName, person.givenName, person.birth, person.expiry, person.number, 'AM B C1'];
    rows.forEach((row, i) => {
      drawText(canvas, `${i + 1}.`, 28, 18.5 + i * 5.2, { size: 1.4, paint: ink });
      drawText(canvas, row, 32, 18.5 + i * 5.2, { size: 2, paint: ink, weight: 0.17 });
    });
    drawPortrait(canvas, random, { x: 69, y: 36, width: 10, height: 13 }, true);
  },
};

/** White plastic with very little on it: the hardest to tell from white paper. */
export const plain: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    fillRect(
      canvas,
      0,
      0,
      85.6,
      54,
      hsl(random.uniform(0, 360), random.uniform(0, 0.08), random.uniform(0.93, 0.98)),
    );
    drawText(canvas, `Union of ${person.country[0]}${person.country.slice(1).toLowerCase()}`, 6, 10, {
      size: 3,
      paint: ink,
    });
    drawPortrait(canvas, random, { x: 6, y: 15, width: 19, height: 25 }, random.chance(0.6));
    drawField(canvas, 'Name', `${person.givenName} ${person.familyName}`, 30, 18);
    drawField(canvas, 'No.', person.number, 30, 26);
    drawField(canvas, 'Expires', person.expiry, 30, 34);
  },
};

/** A residence card with header and footer bands and a chip. */
export const banded: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const hue = random.uniform(0, 360);
    const band = hsl(hue, random.uniform(0.3, 0.8), random.uniform(0.2, 0.42));
    fillRect(canvas, 0, 0, 86, 55, hsl(hue, 0.2, random.uniform(0.88, 0.95)));
    fillRect(canvas, 0, 0, 85.6, 11, band);
    fillRect(canvas, 0, 48.5, 85.6, 6, band);
    drawEmblem(canvas, random, 8, 5.5, 3.8, [240, 226, 170]);
    drawText(canvas, `STATE OF ${person.country}`, 15, 7, { size: 3, paint: [248, 248, 246], weight: 0.2 });
    drawChip(canvas, 8, 18);
    drawField(canvas, 'Holder', `${person.givenName} ${person.familyName}`, 26, 19);
    drawField(canvas, 'Number', person.number, 26, 27);
    drawField(canvas, 'Valid until', person.expiry, 26, 35);
    drawPortrait(canvas, random, { x: 62, y: 15, width: 19, height: 25 });
  },
};

/** A card whose print has a dark frame of its own, well inside the edge: it must not be taken for the card. */
export const framed: Design = {
  ...landscape,
  draw(canvas, random) {
    const person = inventPerson(random);
    const tone = hsl(random.uniform(0, 360), 0.5, 0.25);
    fillRect(canvas, 0, 0, 86, 55, hsl(random.uniform(30, 220), 0.12, 0.93));
    const inset = random.uniform(2.5, 5);
    const [right, bottom] = [85.6 - inset, 53.98 - inset];
    strokeLines(
      canvas,
      [
        [
          [inset, inset],
          [right, inset],
          [right, bottom],
          [inset, bottom],
          [inset, inset],
        ],
      ],
      random.uniform(0.4, 1.2),
      tone,
    );
    drawCentred(canvas, `CIVIL REGISTER OF ${person.country}`, inset + 6.5, 2.4, tone);
    drawPortrait(canvas, random, { x: inset + 3, y: 15, width: 18, height: 24 });
    drawField(canvas, 'Surname', person.familyName, inset + 26, 18);
    drawField(canvas, 'Given name', person.givenName, inset + 26, 26);
    drawField(canvas, 'Register entry', person.number, inset + 26, 34);
  },
};
