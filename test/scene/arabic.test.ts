import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import t from 'tap';
import { outlinesSource } from '../../scripts/shape-outlines.js';
import { drawScene } from '../../src/photos/draw-scene.js';
import { createRandom } from '../../src/random.js';
import { inventHolder, yearFirst } from '../../src/scene/arabic/people.js';
import { arabicFigures, setText } from '../../src/scene/arabic/typeset.js';
import { words } from '../../src/scene/arabic/vocabulary.js';
import { type Canvas, createCanvas } from '../../src/scene/canvas.js';
import { checkDigit, zoneLines } from '../../src/scene/designs/machine-readable.js';
import { arabicNames, renderScene } from '../../src/scene/index.js';
import { detectCard } from '../../src/vision/index.js';

const black = [0, 0, 0] as const;
const blank = () => createCanvas(60, 12, 8, [255, 255, 255]);

/** The columns in which something was drawn, in millimetres. */
function inked(canvas: Canvas): { left: number; right: number; share: number } {
  const columns = Array.from({ length: canvas.columns }, (_, x) =>
    Array.from({ length: canvas.rows }, (_, y) => canvas.data[(y * canvas.columns + x) * 3]! < 128).some(
      Boolean,
    ),
  );
  const [first, last] = [columns.indexOf(true), columns.lastIndexOf(true)];
  const gaps = columns.slice(first, last).filter((ink) => !ink).length;
  return { left: first / canvas.scale, right: last / canvas.scale, share: 1 - gaps / (last - first) };
}

t.test('the outlines are what HarfBuzz makes of the vocabulary', async (t) => {
  t.equal(
    await readFile('src/scene/arabic/outlines.ts', 'utf8'),
    await outlinesSource(),
    'npm run arabic-outlines',
  );
});

t.test('every word can be set, and nothing that was not shaped', (t) => {
  for (const word of words) t.ok(setText(blank(), word, 50, 8, { size: 4, paint: black }) > 1, word);
  t.throws(() => setText(blank(), 'كلمة', 50, 8, { size: 4, paint: black }), RangeError);
  t.end();
});

t.test('letters join: a word is one piece of ink, its letters apart are not', (t) => {
  const style = { size: 6, paint: black };
  const joined = blank();
  setText(joined, 'شخصية', 50, 8, style); // the whole word joins
  t.equal(inked(joined).share, 1);
  const figures = blank();
  setText(figures, '٢٨٢١٢', 50, 8, { ...style, spacing: 0.6 });
  t.ok(inked(figures).share < 1);
  t.end();
});

t.test('a line runs from right to left, and its figures from left to right', (t) => {
  const style = { size: 4, paint: black } as const;
  const draw = (text: string) => {
    const canvas = blank();
    setText(canvas, text, 55, 8, style);
    return canvas;
  };
  const [line, first] = [draw('شارع المنارة'), draw('شارع')];
  const begin = Math.floor(inked(first).left * 8) * 3;
  for (let y = 0; y < line.rows; y++)
    for (let i = y * line.columns * 3 + begin; i < (y + 1) * line.columns * 3; i += 3)
      if (line.data[i] !== first.data[i]) return t.fail('the first word is not the rightmost');
  const left = { ...style, align: 'left' } as const;
  const [number, one] = [blank(), blank()];
  setText(number, arabicFigures('17'), 5, 8, left);
  setText(one, arabicFigures('1'), 5, 8, left);
  t.equal(inked(number).left, inked(one).left, 'the one of 17 is on the left');
  t.ok(inked(number).right > inked(one).right + 1);
  t.equal(arabicFigures(yearFirst('04.01.2032')), '٢٠٣٢/٠١/٠٤');
  t.end();
});

t.test('a line that is too long is set smaller', (t) => {
  const style = { size: 6, paint: black };
  const natural = setText(blank(), 'بطاقة إثبات شخصية', 58, 8, style);
  t.ok(natural > 20);
  t.ok(Math.abs(setText(blank(), 'بطاقة إثبات شخصية', 58, 8, { ...style, room: 15 }) - 15) < 0.01);
  t.end();
});

t.test('zones of the holders are those of ICAO 9303, with right check digits', (t) => {
  for (let seed = 0; seed < 50; seed++) {
    const { person, sex, nationalNumber, issued } = inventHolder(createRandom(seed));
    const [names, line] = zoneLines('TD3', person, sex);
    if (!/^P<[A-Z]{3}[A-Z]+<<[A-Z]+<[A-Z]+<+$/.test(names!)) t.fail(`the zone begins with ${names}`);
    const parts = [line!.slice(0, 9), line!.slice(13, 19), line!.slice(21, 27)];
    const digits = [line![9], line![19], line![27]];
    t.same(parts.map(checkDigit), digits);
    t.equal(checkDigit(line!.slice(0, 10) + line!.slice(13, 20) + line!.slice(21, 43)), line![43]);
    t.match(nationalNumber, new RegExp(`^[23]${person.birth.slice(8)}`));
    t.equal(Number(nationalNumber[12]) % 2, sex === 'M' ? 1 : 0);
    t.ok(Number(person.expiry.slice(6)) - Number(issued.slice(6)) === 10);
  }
  t.end();
});

t.test('the pixels are the same on every machine', (t) => {
  const hash = createHash('sha256');
  for (const [i, design] of arabicNames.entries())
    hash.update(
      renderScene({
        seed: 3,
        design,
        hand: i % 2 ? 'left' : 'right',
        width: 320,
        height: 240,
        level: 'medium',
      }).image.data,
    );
  t.equal(hash.digest('hex').slice(0, 16), 'd9a37055d66d988d');
  t.end();
});

t.test('the detector finds them, held in a hand too', async (t) => {
  for (const [i, design] of arabicNames.entries()) {
    const hand = (['none', 'left', 'right'] as const)[i % 3]!;
    const { bytes, corners } = await draw(design, hand);
    const detection = await detectCard(bytes);
    if (detection.fault !== undefined || detection.corners === null) return t.fail(`${design}: no card`);
    const far = detection.corners.map(([x, y], at) => Math.hypot(x - corners![at]![0], y - corners![at]![1]));
    t.ok(Math.max(...far) < 6, `${design} in hand ${hand}: within 1 % of the diagonal`);
  }
});

async function draw(design: (typeof arabicNames)[number], hand: 'none' | 'left' | 'right') {
  const pose = { tilt: 8, rotation: 5, areaFraction: 0.25, offset: [0, -0.3] as const };
  return drawScene({
    seed: 4,
    design,
    hand,
    fingers: 0,
    background: 'wood',
    width: 480,
    height: 360,
    ...pose,
  });
}
