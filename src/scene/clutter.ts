import type { Random } from '../random.js';
import type { Placement } from './camera.js';
import { createCanvas } from './canvas.js';
import { hsl, ink, mix, mixInto, type PaintFunction, type Rgb, vary, white } from './colour.js';
import { fillRect, fillRoundedRect } from './fill.js';
import { canvasFace, type FlatObject, roundedBox } from './flat-object.js';
import { createNoise } from './noise.js';
import { drawText } from './text.js';
import { drawParagraph } from './words.js';

interface Item {
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
  readonly thickness: number;
  readonly face: PaintFunction;
  /** Rounded rectangle unless given. */
  readonly distance?: FlatObject['distance'];
  readonly radius?: number;
  readonly opacity?: number;
}

type MakeItem = (random: Random, scale: number) => Item;

const printScale = (scale: number) => Math.min(10, Math.max(1.5, scale));

const phone: MakeItem = (random, scale) => {
  const canvas = createCanvas(72, 148, printScale(scale), [18, 18, 20]);
  if (random.chance(0.5)) drawScreen();
  return { width: 72, height: 148, thickness: 8, radius: 9, face: canvasFace(canvas) };
  function drawScreen(): void {
    fillRoundedRect(canvas, 3, 3, 66, 142, 6, hsl(random.uniform(0, 360), 0.4, random.uniform(0.2, 0.6)));
    for (let row = 0; row < 5; row++)
      for (let column = 0; column < 4; column++)
        fillRoundedRect(
          canvas,
          8 + column * 15,
          30 + row * 20,
          11,
          11,
          2.6,
          hsl(random.uniform(0, 360), 0.6, 0.6),
        );
  }
};

const sheet: MakeItem = (random, scale) => {
  const canvas = createCanvas(210, 297, Math.min(4, printScale(scale)), vary(white, random, 6));
  drawText(canvas, 'Statement of account', 20, 32, { size: 4, paint: ink });
  for (let block = 0; block < 4; block++)
    drawParagraph(canvas, random, { x: 20, y: 48 + block * 56, width: 165, lines: 8, size: 2.4, paint: ink });
  return { width: 210, height: 297, thickness: 0.1, face: canvasFace(canvas) };
};

const note: MakeItem = (random, scale) => {
  const colour = random.pick<Rgb>([
    [246, 226, 110],
    [248, 170, 190],
    [160, 214, 240],
  ]);
  const canvas = createCanvas(76, 76, printScale(scale), colour);
  drawParagraph(canvas, random, { x: 8, y: 16, width: 58, lines: 5, size: 3.4, paint: [50, 50, 90] });
  return { width: 76, height: 76, thickness: 0.4, face: canvasFace(canvas) };
};

const receipt: MakeItem = (random, scale) => {
  const height = random.uniform(110, 190);
  const canvas = createCanvas(80, height, printScale(scale), [242, 241, 236]);
  drawText(canvas, 'CORNER SHOP', 18, 12, { size: 4, paint: ink, weight: 0.18 });
  const lines = Math.floor((height - 30) / 5);
  for (let line = 0; line < lines; line++) {
    drawParagraph(canvas, random, { x: 6, y: 22 + line * 5, width: 50, lines: 1, size: 2, paint: ink });
    drawText(canvas, `${random.int(1, 30)}.${random.int(10, 99)}`, 64, 22 + line * 5, {
      size: 2,
      paint: ink,
    });
  }
  return { width: 80, height, thickness: 0.2, face: canvasFace(canvas) };
};

const notebook: MakeItem = (random, scale) => {
  const cover = hsl(random.uniform(0, 360), random.uniform(0.2, 0.7), random.uniform(0.15, 0.55));
  const canvas = createCanvas(148, 210, Math.min(3, printScale(scale)), cover);
  fillRect(canvas, 0, 0, 14, 210, mix(cover, ink, 0.5));
  fillRoundedRect(canvas, 45, 50, 70, 36, 2, [240, 238, 230]);
  drawText(canvas, 'Notes', 55, 72, { size: 9, paint: ink });
  return { width: 148, height: 210, thickness: 9, radius: 3, face: canvasFace(canvas) };
};

const coin: MakeItem = (random) => {
  const metal = random.pick<Rgb>([
    [196, 156, 92],
    [182, 182, 186],
    [164, 100, 64],
  ]);
  const size = random.uniform(17, 26);
  const relief = createNoise(random);
  const face: PaintFunction = (x, y, out) => {
    const r = Math.hypot(x - size / 2, y - size / 2) / (size / 2);
    const ridge = r > 0.86 ? 1.12 : 0.75 + 0.5 * relief(x / 2.2, y / 2.2);
    mixInto(out, metal, metal, 0);
    for (let channel = 0; channel < 3; channel++) out[channel]! *= ridge;
  };
  return { width: size, height: size, thickness: 2, radius: size / 2, face };
};

const pen: MakeItem = (random) => {
  const colour = hsl(random.uniform(0, 360), random.uniform(0.1, 0.8), random.uniform(0.12, 0.6));
  const breadth = random.uniform(7, 10);
  const face: PaintFunction = (x, y, out) => {
    const t = (2 * y) / breadth - 1;
    const light = 0.45 + 0.7 * Math.sqrt(Math.max(0, 1 - t * t)) + 0.5 * Math.exp(-(((t + 0.4) / 0.12) ** 2));
    const base: Rgb = x > 132 || (x > 44 && x < 48) ? [200, 200, 204] : colour;
    for (let channel = 0; channel < 3; channel++) out[channel] = base[channel]! * light;
  };
  return { width: 140, height: breadth, thickness: 6, radius: breadth / 2.2, face };
};

/** A cable in slow waves: its distance follows from the slope, which is gentle. */
const cable: MakeItem = (random) => {
  const colour: Rgb = random.pick<Rgb>([
    [238, 238, 236],
    [26, 26, 28],
  ]);
  const swing = random.uniform(8, 36);
  const length = random.uniform(22, 60);
  const centre = (x: number) => 40 + swing * Math.sin(x / length);
  const distance = (x: number, y: number) => {
    const slope = (swing / length) * Math.cos(x / length);
    return Math.abs(y - centre(x)) / Math.sqrt(1 + slope * slope) - 1.9;
  };
  const face: PaintFunction = (x, y, out) => {
    const light = 0.75 - 0.25 * Math.min(1, Math.max(-1, (y - centre(x)) / 2));
    for (let channel = 0; channel < 3; channel++) out[channel] = colour[channel]! * light;
  };
  return { width: 600, height: 80, thickness: 3, distance, face };
};

const cup: MakeItem = (random) => {
  const glaze = hsl(random.uniform(0, 360), random.uniform(0, 0.6), random.uniform(0.3, 0.92));
  const face: PaintFunction = (x, y, out) => {
    const r = Math.hypot(x - 42, y - 42);
    if (r > 37) mixInto(out, glaze, white, 0.25);
    else if (r > 34) mixInto(out, glaze, ink, 0.35);
    else mixInto(out, [58, 36, 22], [96, 64, 40], r / 34);
  };
  return { width: 84, height: 84, thickness: 22, radius: 42, face };
};

/** The far side of a table, a shelf or a book cover: one straight border across the photo. */
const ledge: MakeItem = (random) => {
  const colour = hsl(random.uniform(0, 360), random.uniform(0, 0.4), random.uniform(0.1, 0.9));
  const noise = createNoise(random);
  const face: PaintFunction = (x, y, out) => {
    const light = 0.92 + 0.12 * noise(x / 3, y / 3);
    for (let channel = 0; channel < 3; channel++) out[channel] = colour[channel]! * light;
  };
  return { width: 1600, height: 1600, thickness: random.uniform(1, 12), face };
};

/** A transparent cover around the card: a second, fainter rectangle with the same sides. */
const sleeve: MakeItem = (random) => {
  const [width, height] = [85.6 + random.uniform(3, 9), 53.98 + random.uniform(3, 9)];
  const face: PaintFunction = (x, y, out) => {
    const seam = Math.min(x, y, width - x, height - y);
    mixInto(out, [206, 210, 214], white, seam < 1.2 ? 0.9 : 0);
  };
  return { width, height, thickness: 0.3, radius: 2, face, opacity: random.uniform(0.12, 0.4) };
};

const items = { phone, sheet, note, receipt, notebook, coin, pen, cable, cup, ledge, sleeve } as const;

export type ClutterName = keyof typeof items;

export const clutterNames = Object.keys(items) as readonly ClutterName[];

/** Things that show no rectangle which could pass for a document. */
export const harmlessClutter: readonly ClutterName[] = ['coin', 'pen', 'cable', 'cup', 'ledge'];

export interface Surroundings {
  /** Half the visible breadth of the desk, in millimetres. */
  readonly reach: number;
  /** What must stay visible: nothing else lies upon it, some things may lie under it. */
  readonly card: Placement | null;
  /** Pixels per millimetre. */
  readonly scale: number;
}

export function createClutter(name: ClutterName, random: Random, surroundings: Surroundings): FlatObject {
  const item = items[name](random.fork('item'), surroundings.scale);
  return placeItem(item, place(name, item, random.fork('place'), surroundings));
}

/** Over the middle of the card, in any direction: a pen or a cable that was not put aside. */
export function createAcross(name: ClutterName, random: Random, card: Placement, scale: number): FlatObject {
  const item = items[name](random.fork('item'), scale);
  const { width, height } = item;
  const place = random.fork('place');
  const near = (size: number) => place.uniform(-0.45, 0.45) * size;
  return placeItem(item, {
    x: card.x + near(card.width),
    y: card.y + near(card.height),
    rotation: place.uniform(0, 360),
    width,
    height,
  });
}

function placeItem(
  { width, height, thickness, face, opacity, radius = 0, distance }: Item,
  placement: Placement,
) {
  return { placement, thickness, face, opacity, distance: distance ?? roundedBox(width, height, radius) };
}

/** The same turn as the card's, whichever way up that is read. */
function around(card: Placement, { width, height }: Item): Placement {
  const rotation = card.width < card.height ? card.rotation + 90 : card.rotation;
  return { x: card.x, y: card.y, rotation, width, height };
}

/** Too round or too tall for a card to lie upon. */
const keepClear: readonly ClutterName[] = ['coin', 'cup', 'pen'];

function place(name: ClutterName, item: Item, random: Random, { reach, card }: Surroundings): Placement {
  const { width, height } = item;
  const away = random.uniform(0, 2 * Math.PI);
  const outward = (away * 180) / Math.PI;
  if (name === 'sleeve' && card !== null) return around(card, item);
  const distance = random.uniform(0.45, 1.15) * reach;
  const rotation = random.chance(0.4) ? random.normal(0, 5) : random.uniform(0, 360);
  const at = (centre: { x: number; y: number }, radius: number, turn: number): Placement => ({
    x: centre.x + radius * Math.cos(away),
    y: centre.y + radius * Math.sin(away),
    rotation: turn,
    width,
    height,
  });
  const middle = { x: 0, y: 0 };
  // A ledge's border passes somewhere between the middle and the rim of the photo.
  if (name === 'ledge') return at(middle, width / 2 + reach * random.uniform(0.1, 0.9), outward);
  if (card === null || !keepClear.includes(name)) return at(card ?? middle, distance, rotation);
  const clear = (Math.hypot(card.width, card.height) + height) / 2 + 1;
  return at(card, Math.max(distance, clear), outward + 90 + random.normal(0, 8));
}
