import type { Random } from '../../random.js';
import { type Holder, inventHolder } from '../arabic/people.js';
import { setText } from '../arabic/typeset.js';
import { type Bilingual, labels } from '../arabic/vocabulary.js';
import type { Canvas } from '../canvas.js';
import { ink, mix, type Rgb } from '../colour.js';
import { fillRect } from '../fill.js';
import { dates, drawFrame, drawHolder, drawRows, drawSpecimen, stateOf } from './arabic.js';
import { drawPitchedZone, zoneLines } from './machine-readable.js';
import { blend, drawRosette } from './parts.js';
import { drawHologram, drawSignature, drawWaves } from './security-print.js';
import type { Design } from './types.js';

// ISO/IEC 7810 ID-3: 125 × 88 mm.
const width = 125;
const height = 88;

/** Two tints and a title's colour. */
const palettes: readonly (readonly [paper: Rgb, other: Rgb, deep: Rgb])[] = [
  [
    [240, 234, 222],
    [210, 226, 234],
    [30, 66, 104],
  ],
  [
    [236, 240, 226],
    [240, 222, 206],
    [24, 88, 62],
  ],
  [
    [242, 232, 230],
    [226, 224, 242],
    [104, 32, 56],
  ],
];

/** The data page of a passport in two scripts, with a zone of two lines (ICAO 9303-4, TD3). */
export const arabicPassport: Design = {
  width,
  height,
  paper: true,
  draw(canvas, random) {
    const holder = inventHolder(random.fork('holder'));
    const [paper, other, deep] = random.fork('palette').pick(palettes);
    drawPage(canvas, random, paper, other, deep);
    drawSpecimen(canvas, { paper, other, deep, accent: [170, 40, 50] }, 82, 43, 15);
    drawTitle(canvas, holder, deep);
    drawHolder(canvas, random, holder, { x: 6, y: 17, width: 33, height: 42 });
    drawFrame(canvas, 6, 17, 33, 42, [255, 255, 255]);
    drawRows(canvas, { left: 44, right: 119, top: 23, step: 5.2, size: 2.65 }, rowsOf(holder));
    drawSignature(canvas, random.fork('signature'), 11, 63.6, 22, ink);
    if (random.fork('foil').chance(0.6)) drawHologram(canvas, random.fork('foil'), 37, 55, 7);
    fillRect(canvas, 0, 64.8, width, height - 64.8, [250, 249, 245], 0.7);
    drawPitchedZone(canvas, zoneLines('TD3', holder.person, holder.sex), { x: 6.6, y: 74.4, pitch: 2.54 });
  },
};

function drawPage(canvas: Canvas, random: Random, paper: Rgb, other: Rgb, deep: Rgb): void {
  fillRect(canvas, 0, 0, width, height, blend(paper, other, 30, width));
  const page = { x: 0, y: 0, width, height };
  drawWaves(canvas, random.fork('waves'), page, mix(other, deep, 0.4), 0.5);
  drawWaves(canvas, random.fork('more waves'), page, mix(paper, [210, 130, 80], 0.5), 0.35);
  drawRosette(canvas, 84, 40, 20, mix(paper, deep, 0.5), 0.35);
}

function drawTitle(canvas: Canvas, holder: Holder, deep: Rgb): void {
  const state = stateOf(holder);
  const { person } = holder;
  setText(canvas, state.latin, 6, 7, { size: 4, paint: deep, align: 'left', room: 54 });
  setText(canvas, state.arabic, 119, 7, { size: 5, paint: deep, room: 54 });
  setText(canvas, labels.passport.latin, 6, 13, { size: 4.4, paint: deep, align: 'left', spacing: 0.4 });
  setText(canvas, labels.passport.arabic, 119, 13.4, { size: 5, paint: deep });
  const small = { size: 1.9, paint: [92, 96, 108], align: 'left' } as const;
  const strong = { size: 3, paint: ink, align: 'left' } as const;
  const cells: readonly (readonly [Bilingual, string, number])[] = [
    [labels.type, 'P', 44],
    [labels.countryCode, person.country.slice(0, 3), 55.5],
    [labels.passportNumber, person.number, 76],
  ];
  for (const [label, value, x] of cells) {
    const end = setText(canvas, label.latin, x, 15.6, small);
    setText(canvas, label.arabic, x + end + 1.2, 15.6, { ...small, size: 2.2 });
    setText(canvas, value, x, 19.2, strong);
  }
}

function rowsOf(holder: Holder): readonly (readonly [Bilingual, Bilingual])[] {
  const { given, father, family, land, sexName, town, person, issued } = holder;
  const names = { arabic: `${given.arabic} ${father.arabic}`, latin: `${given.latin} ${father.latin}` };
  return [
    [labels.surname, family],
    [labels.givenNames, names],
    [labels.nationality, land.name],
    [labels.birth, dates(person.birth)],
    [labels.sex, sexName],
    [labels.birthPlace, town],
    [labels.issued, dates(issued)],
    [labels.expires, dates(person.expiry)],
  ];
}
