import type { Random } from '../../random.js';
import { type BackgroundName, createBackground } from '../backgrounds/index.js';
import type { Canvas } from '../canvas.js';
import { hsl, ink, mix, type Rgb, vary } from '../colour.js';
import { fillRect, fillRoundedRect } from '../fill.js';
import { createNoise } from '../noise.js';
import { strokeLines } from '../stroke.js';
import { drawText } from '../text.js';
import { drawParagraph, makeWord } from '../words.js';
import { issuedBack, issuedFront, issuedUpright } from './issued.js';
import { passportData } from './passport.js';
import { drawShadowOf, pasteFace, quadAt, type Spot, strokeOutline } from './paste.js';
import { drawPicture } from './pictures.js';
import { drawScreen } from './screens.js';
import { type Box, cardCornerRadius, type Design, type Plan } from './types.js';

// A document on something larger that is a rectangle too. The document is the smaller one.

const a4 = { width: 210, height: 297 } as const;

function anyDocument(random: Random): Design {
  const plan = random.pick([issuedFront, issuedFront, issuedFront, issuedBack, issuedUpright, passportData]);
  return typeof plan === 'function' ? plan(random) : plan;
}

const radiusOf = (random: Random, { paper }: Design) =>
  paper ? 0 : random.pick([0, cardCornerRadius, cardCornerRadius]);

/** Where a document lies in the room: anywhere that it fits, nearly straight. */
function spotIn(random: Random, design: Design, room: Box, size: number): Spot {
  const rotation = random.pick([0, 0, 0, 0, 90, 180, 270]) + random.normal(0, 1.6);
  const turned = Math.abs(Math.sin((rotation * Math.PI) / 180)) > 0.5;
  const [across, down] = turned ? [design.height, design.width] : [design.width, design.height];
  const fits = Math.min(size, (0.96 * room.width) / across, (0.96 * room.height) / down);
  return {
    x: room.x + (across * fits) / 2 + random.next() * (room.width - across * fits),
    y: room.y + (down * fits) / 2 + random.next() * (room.height - down * fits),
    rotation,
    size: fits,
    radius: radiusOf(random, design),
  };
}

/** The glass of a copier leaves a dark line where a card stands off it, or a thin outline. */
function drawCopy(canvas: Canvas, random: Random, design: Design, spot: Spot): void {
  if (random.chance(0.5)) drawShadowOf(canvas, random, design, spot);
  pasteFace(canvas, design, random.fork('face'), spot);
  if (random.chance(0.35))
    strokeOutline(canvas, design, spot, random.uniform(0.15, 0.5), [60, 60, 60], random.uniform(0.4, 1));
}

/** White paper with specks and streaks of toner, and at times a line of writing. */
function drawCopyPaper(canvas: Canvas, random: Random): void {
  const { width, height } = canvas;
  fillRect(canvas, 0, 0, width, height, vary([249, 249, 248], random, 6));
  const specks = Array.from(
    { length: random.int(0, 60) },
    () => [[random.uniform(0, width), random.uniform(0, height)]] as const,
  );
  if (specks.length > 0) strokeLines(canvas, specks, random.uniform(0.2, 0.6), [90, 90, 90], 0.7);
  if (random.chance(0.25))
    fillRect(
      canvas,
      random.uniform(0, width),
      0,
      random.uniform(0.3, 2),
      height,
      [120, 120, 120],
      random.uniform(0.05, 0.4),
    );
  if (random.chance(0.2))
    fillRect(canvas, 0, 0, random.uniform(1, 7), height, [30, 30, 30], random.uniform(0.2, 0.9));
  if (random.chance(0.3))
    drawParagraph(canvas, random, {
      x: width * 0.1,
      y: height * random.pick([0.05, 0.93]),
      width: width * 0.7,
      lines: random.int(1, 3),
      size: 2.6,
      paint: ink,
    });
}

/** A copy of one document on a page. */
export const copiedCard: Plan = (random) => {
  const page = random.chance(0.85) ? a4 : { width: 297, height: 210 };
  const design = anyDocument(random);
  const room = { x: 8, y: 8, width: page.width - 16, height: page.height - 16 };
  const size = random.chance(0.6) ? 1 : random.uniform(0.9, 1.9);
  const spot = spotIn(
    random,
    design,
    random.chance(0.6) ? { ...room, height: room.height * 0.6 } : room,
    size,
  );
  const print = random.fork('print');
  return {
    ...page,
    paper: true,
    document: quadAt(design, spot),
    draw(canvas) {
      drawCopyPaper(canvas, print.fork('paper'));
      drawCopy(canvas, print.fork('card'), design, spot);
    },
  };
};

/** Front and back on a page: the document is the upper one, or the left one of two beside each other. */
export const copiedSides: Plan = (random) => {
  const beside = random.chance(0.25);
  const cropped = random.chance(0.25);
  const first = issuedFront(random.fork('front'));
  const size = beside ? random.uniform(0.8, 1) : random.uniform(0.95, 1.5);
  const gap = random.uniform(2, 30) / (cropped ? 4 : 1);
  const [across, down] = [first.width * size, first.height * size];
  const edge = cropped ? random.uniform(1, 8) : 0;
  const block = beside
    ? { width: 2 * across + gap, height: down }
    : { width: across, height: 2 * down + gap };
  const page = cropped
    ? { width: block.width + 2 * edge, height: block.height + 2 * edge }
    : { width: Math.max(a4.width, block.width + 12), height: a4.height };
  const left = cropped ? edge : random.uniform(0.1, 0.9) * (page.width - block.width);
  const top = cropped ? edge : random.uniform(0.05, 0.6) * (page.height - block.height);
  const tilt = random.normal(0, cropped ? 0.2 : 0.8);
  const radius = radiusOf(random, first);
  const spot: Spot = { x: left + across / 2, y: top + down / 2, rotation: tilt, size, radius };
  const below: Spot = {
    ...spot,
    x: spot.x + (beside ? across + gap : random.normal(0, 0.6)),
    y: spot.y + (beside ? 0 : down + gap),
    rotation: tilt + random.normal(0, 0.4),
  };
  const back: Design = { ...first, draw: issuedBack(random.fork('back')).draw };
  const print = random.fork('print');
  return {
    ...page,
    paper: true,
    document: quadAt(first, spot),
    draw(canvas) {
      drawCopyPaper(canvas, print.fork('paper'));
      drawCopy(canvas, print.fork('sides'), first, spot);
      drawCopy(canvas, print.fork('sides'), back, below);
    },
  };
};

interface Mount {
  readonly width: number;
  readonly height: number;
  /** Where the document may lie. */
  readonly room: Box;
  readonly draw: (canvas: Canvas, random: Random, card: Box) => void;
  /** Painted over the document: foil, a pocket's rim. */
  readonly cover?: (canvas: Canvas, random: Random, card: Box) => void;
}

/** A document on a mount; the camera looks at the whole of it or at the part around the document. */
function mounted(
  makeMount: (random: Random, design: Design) => Mount,
  straight: boolean,
  near: number,
): Plan {
  return (random) => {
    const design = anyDocument(random.fork('document'));
    const mount = makeMount(random.fork('mount'), design);
    const spot = straight
      ? {
          ...spotIn(random, design, mount.room, 1),
          rotation: random.pick([0, 0, 0, 180]) + random.normal(0, 0.4),
          x: mount.room.x + mount.room.width / 2,
          y: mount.room.y + mount.room.height / 2,
        }
      : spotIn(random, design, mount.room, 1);
    const loose = !straight && random.chance(0.4) ? { ...spot, rotation: random.uniform(0, 360) } : spot;
    const document = quadAt(design, loose);
    const card = boundsOf(document);
    const print = random.fork('print');
    const paint = (canvas: Canvas) => {
      mount.draw(canvas, print.fork('mount'), card);
      if (!straight || print.chance(0.6)) drawShadowOf(canvas, print.fork('shadow'), design, loose);
      pasteFace(canvas, design, print.fork('face'), loose);
      mount.cover?.(canvas, print.fork('cover'), card);
    };
    const whole = { width: mount.width, height: mount.height, paper: true, document, draw: paint } as const;
    return random.chance(near) ? { ...whole, focus: grown(card, random.uniform(0.05, 0.6)) } : whole;
  };
}

function boundsOf(quad: readonly (readonly [number, number])[]): Box {
  const [xs, ys] = [quad.map(([x]) => x), quad.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function grown({ x, y, width, height }: Box, share: number): Box {
  return {
    x: x - (width * share) / 2,
    y: y - (height * share) / 2,
    width: width * (1 + share),
    height: height * (1 + share),
  };
}

const onA4 =
  (draw: Mount['draw']): ((random: Random) => Mount) =>
  () => ({ ...a4, room: { x: 6, y: 6, width: 198, height: 285 }, draw });

/** On a form, a letter or a written sheet. */
export const cardOnForm = mounted(
  onA4((canvas, random) => {
    const { width, height } = canvas;
    fillRect(canvas, 0, 0, width, height, vary([246, 245, 241], random, 8));
    if (random.chance(0.5))
      fillRect(
        canvas,
        0,
        0,
        width,
        height * random.uniform(0.04, 0.14),
        hsl(random.uniform(0, 360), 0.5, random.uniform(0.25, 0.8)),
      );
    const step = random.uniform(9, 22);
    const boxes = random.chance(0.5);
    for (let y = 34; y < height - 14; y += step) {
      if (boxes) {
        const split = random.uniform(50, 160);
        for (const [left, right] of [
          [12, split],
          [split + 3, 198],
        ] as const)
          strokeLines(
            canvas,
            [
              [
                [left, y],
                [right, y],
                [right, y + step * 0.75],
                [left, y + step * 0.75],
                [left, y],
              ],
            ],
            0.4,
            ink,
          );
      }
      drawParagraph(canvas, random, {
        x: 16,
        y: y + step * 0.5,
        width: random.uniform(40, 175),
        lines: 1,
        size: random.uniform(2, 3),
        paint: ink,
      });
    }
    drawText(canvas, makeWord(random).toUpperCase(), 16, 22, { size: 6, paint: ink, weight: 0.2 });
  }),
  false,
  0.6,
);

/** On a page full of pictures and text. */
export const cardOnMagazine = mounted(
  onA4((canvas, random) => {
    const { width, height } = canvas;
    fillRect(canvas, 0, 0, width, height, vary([240, 238, 232], random, 14));
    const tall = height * random.uniform(0.3, 1);
    drawPicture(canvas, random, { x: 0, y: 0, width, height: tall });
    if (random.chance(0.5))
      drawPicture(canvas, random.fork('second'), {
        x: 14,
        y: tall + 8,
        width: width * 0.5,
        height: Math.max(10, height - tall - 20),
      });
    else
      drawParagraph(canvas, random, {
        x: 14,
        y: tall + 10,
        width: 180,
        lines: Math.floor(Math.max(0, height - tall - 16) / 5),
        size: 2.5,
        paint: ink,
      });
  }),
  false,
  0.6,
);

/** In the mat of a picture, on a coloured board, on a page cut a little larger: one even rim around it. */
export const cardInMat = mounted(
  (random, { width, height }) => {
    const rim = random.uniform(3, 34);
    const [across, down] = [width + 2 * rim, height + 2 * rim * random.uniform(0.7, 1.3)];
    const colour = random.chance(0.4)
      ? vary([245, 244, 240], random, 8)
      : hsl(random.uniform(0, 360), random.uniform(0, 0.7), random.uniform(0.08, 0.95));
    const border = random.chance(0.4) ? random.uniform(0.6, 6) : 0;
    return {
      width: across,
      height: down,
      room: { x: (across - width) / 2, y: (down - height) / 2, width: width * 1.001, height: height * 1.001 },
      draw(canvas, chance) {
        const noise = createNoise(chance);
        fillRect(canvas, 0, 0, across, down, mix(colour, ink, 0.7));
        fillRect(canvas, border, border, across - 2 * border, down - 2 * border, (x, y, out) => {
          const light = 1 + 0.05 * (noise(x * 2, y * 2) - 0.5);
          for (let channel = 0; channel < 3; channel++) out[channel] = colour[channel]! * light;
        });
      },
    };
  },
  true,
  0.15,
);

/** Behind clear foil with a welded rim, or in a holder with a slot. */
export const cardInSleeve = mounted(
  (random, { width, height }) => {
    const rim = random.uniform(2, 9);
    const slot = random.chance(0.5) ? random.uniform(6, 14) : 0;
    const [across, down] = [width + 2 * rim, height + 2 * rim + slot];
    const under = random.chance(0.6)
      ? vary([226, 228, 230], random, 20)
      : hsl(random.uniform(0, 360), random.uniform(0, 0.6), random.uniform(0.1, 0.85));
    return {
      width: across,
      height: down,
      room: { x: rim, y: rim + slot, width: width * 1.001, height: height * 1.001 },
      draw(canvas) {
        fillRect(canvas, 0, 0, across, down, under);
        if (slot > 0)
          fillRoundedRect(
            canvas,
            across / 2 - 7,
            slot * 0.35,
            14,
            slot * 0.35,
            slot * 0.17,
            mix(under, ink, 0.75),
          );
        strokeLines(
          canvas,
          [
            [
              [1, 1],
              [across - 1, 1],
              [across - 1, down - 1],
              [1, down - 1],
              [1, 1],
            ],
          ],
          0.5,
          mix(under, [255, 255, 255], 0.7),
          0.8,
        );
      },
      cover(canvas, chance) {
        for (let i = chance.int(1, 4); i > 0; i--) {
          const x = chance.uniform(0, across);
          const lean = chance.uniform(-20, 20);
          strokeLines(
            canvas,
            [
              [
                [x, 0],
                [x + lean, down],
              ],
            ],
            chance.uniform(0.4, 7),
            [255, 255, 255],
            chance.uniform(0.06, 0.3),
          );
        }
        fillRect(canvas, 0, 0, across, down, [240, 242, 244], chance.uniform(0, 0.18));
      },
    };
  },
  true,
  0.1,
);

/** In the pocket of a wallet or a folder, which hides a strip along one long side. The whole card is the truth. */
export const cardInWallet = mounted(
  (random, { width, height }) => {
    const [across, down] = [width + random.uniform(12, 40), height + random.uniform(14, 60)];
    const leather = random.pick<Rgb>([
      [62, 38, 26],
      [28, 24, 24],
      [120, 76, 44],
      [150, 40, 44],
      [40, 52, 78],
    ]);
    const top = random.uniform(4, 10);
    const hidden = random.uniform(0, 0.1) * height;
    const pocket = {
      x: 3,
      y: top + height - hidden,
      width: across - 6,
      height: down - top - height + hidden,
    };
    const stitch = (canvas: Canvas, y: number) =>
      strokeLines(
        canvas,
        Array.from(
          { length: Math.floor(across / 4) },
          (_, i) =>
            [
              [2 + i * 4, y],
              [4 + i * 4, y],
            ] as const,
        ),
        0.4,
        mix(leather, [255, 240, 200], 0.5),
      );
    return {
      width: across,
      height: down,
      room: { x: (across - width) / 2, y: top, width: width * 1.001, height: height * 1.001 },
      draw(canvas, chance) {
        const surface = createBackground(
          chance.pick<BackgroundName>(['leather', 'fabric', 'denim']),
          chance,
          0.3,
        );
        const colour = new Float32Array(3);
        fillRect(canvas, 0, 0, across, down, (x, y, out) => {
          surface(x, y, colour);
          const light = 0.6 + (colour[0]! + colour[1]! + colour[2]!) / 900;
          for (let channel = 0; channel < 3; channel++) out[channel] = leather[channel]! * light;
        });
        stitch(canvas, 2);
      },
      cover(canvas) {
        fillRoundedRect(canvas, pocket.x, pocket.y, pocket.width, pocket.height, 2, mix(leather, ink, 0.15));
        strokeLines(
          canvas,
          [
            [
              [pocket.x, pocket.y],
              [pocket.x + pocket.width, pocket.y],
            ],
          ],
          0.6,
          mix(leather, [255, 255, 255], 0.25),
        );
        stitch(canvas, pocket.y + 2);
      },
    };
  },
  true,
  0.2,
);

/** A picture of the document on a screen, in a window, or pasted into a dark or white field. */
export const cardOnScreen = mounted(
  (random, { width, height }) => {
    const across = width * random.uniform(1.15, 2.6);
    const down = height * random.uniform(1.25, 2.6);
    const [left, top] = [
      random.uniform(0.2, 0.8) * (across - width),
      random.uniform(0.2, 0.8) * (down - height),
    ];
    return {
      width: across,
      height: down,
      room: { x: left, y: top, width: width * 1.001, height: height * 1.001 },
      draw(canvas, chance, card) {
        const kind = chance.next();
        if (kind < 0.35)
          fillRect(
            canvas,
            0,
            0,
            across,
            down,
            chance.pick<Rgb>([
              [0, 0, 0],
              [18, 18, 20],
              [255, 255, 255],
              [38, 40, 44],
            ]),
          );
        else drawScreen(canvas, chance, { x: 0, y: 0, width: across, height: down });
        const rim = chance.uniform(0, 0.5) * Math.min(card.x, card.y);
        if (chance.chance(0.5))
          fillRect(
            canvas,
            card.x - rim,
            card.y - rim,
            card.width + 2 * rim,
            card.height + 2 * rim,
            chance.chance(0.5) ? [30, 32, 36] : [250, 250, 250],
          );
        if (chance.chance(0.3))
          drawPicture(canvas, chance, {
            x: card.x - rim,
            y: card.y - rim,
            width: card.width + 2 * rim,
            height: card.height + 2 * rim,
          });
      },
    };
  },
  true,
  0.1,
);
