import type { Random } from '../../random.js';
import type { Canvas } from '../canvas.js';
import { hsl, ink, mix, type PaintFunction, type Rgb, vary } from '../colour.js';
import { fillEllipse, fillPolygon, fillRect, fillRoundedRect } from '../fill.js';
import { createNoise, layerNoise } from '../noise.js';
import { strokeLines } from '../stroke.js';
import { drawText } from '../text.js';
import { drawParagraph, makeWord } from '../words.js';
import { blend, drawBarcode } from './parts.js';
import { drawPicture } from './pictures.js';
import { drawScreen } from './screens.js';
import { drawSignature } from './security-print.js';
import type { Box, Plan } from './types.js';

// Rectangles that are no documents. Their sizes in millimetres only matter beside the desk's pattern.

type Draw = (canvas: Canvas, random: Random) => void;

/** A thing of a size between the bounds, lying or standing. */
function thing(
  long: readonly [number, number],
  ratio: readonly [number, number],
  upright: number,
  draw: Draw,
): Plan {
  return (random) => {
    const length = random.uniform(...long);
    const breadth = length / random.uniform(...ratio);
    const size = random.chance(upright)
      ? { width: breadth, height: length }
      : { width: length, height: breadth };
    return { ...size, paper: true, document: null, draw };
  };
}

const whole = ({ width, height }: Canvas): Box => ({ x: 0, y: 0, width, height });

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

function fillBox(canvas: Canvas, { x, y, width, height }: Box, paint: Rgb | PaintFunction): void {
  fillRect(canvas, x, y, width, height, paint);
}

function cloudy(random: Random, colour: Rgb, size: number, depth: number): PaintFunction {
  const noise = layerNoise(createNoise(random), 3);
  return (x, y, out) => {
    const light = 1 + depth * (noise((x * 12) / size, (y * 12) / size) - 0.5);
    for (let channel = 0; channel < 3; channel++) out[channel] = colour[channel]! * light;
  };
}

const anyColour = (random: Random) =>
  hsl(random.uniform(0, 360), random.uniform(0, 0.7), random.uniform(0.08, 0.92));

export const framedPicture = thing([180, 900], [1, 1.7], 0.5, (canvas, random) => {
  const size = Math.min(canvas.width, canvas.height);
  const frame = size * random.uniform(0.02, 0.13);
  const colour = random.pick<Rgb>([
    [40, 28, 20],
    [20, 20, 20],
    [236, 234, 228],
    [170, 130, 60],
    anyColour(random),
    [120, 84, 52],
  ]);
  fillBox(canvas, whole(canvas), cloudy(random, colour, size, 0.3));
  for (let i = 0; i < 3; i++)
    fillBox(
      canvas,
      inset(whole(canvas), (frame * (i + 1)) / 4),
      mix(colour, i % 2 === 0 ? [255, 255, 255] : ink, 0.18),
    );
  let inner = inset(whole(canvas), frame);
  if (random.chance(0.5)) {
    fillBox(canvas, inner, random.chance(0.7) ? [244, 242, 236] : anyColour(random));
    inner = inset(inner, size * random.uniform(0.05, 0.2));
  }
  drawPicture(canvas, random, inner);
});

export const laptop = thing([300, 380], [0.68, 0.9], 0, (canvas, random) => {
  const { width, height } = canvas;
  const body = random.pick<Rgb>([
    [190, 192, 196],
    [60, 62, 66],
    [24, 24, 26],
    [214, 206, 196],
  ]);
  const hinge = height * random.uniform(0.46, 0.56);
  fillBox(canvas, whole(canvas), body);
  fillRect(canvas, 0, 0, width, hinge, random.chance(0.8) ? [16, 16, 18] : body);
  const bezel = width * random.uniform(0.01, 0.05);
  drawScreen(canvas, random, { x: bezel, y: bezel, width: width - 2 * bezel, height: hinge - bezel * 2.2 });
  fillRect(canvas, 0, hinge, width, height * 0.02, mix(body, ink, 0.5));
  drawKeys(
    canvas,
    random,
    { x: width * 0.06, y: hinge + height * 0.05, width: width * 0.88, height: (height - hinge) * 0.5 },
    body,
  );
  fillRoundedRect(
    canvas,
    width * 0.36,
    hinge + (height - hinge) * 0.68,
    width * 0.28,
    (height - hinge) * 0.26,
    3,
    mix(body, ink, 0.15),
  );
});

function drawKeys(canvas: Canvas, random: Random, box: Box, body: Rgb): void {
  const key = random.chance(0.7) ? ([26, 26, 28] as const) : mix(body, [255, 255, 255], 0.4);
  const [columns, rows] = [random.int(12, 15), random.int(4, 6)];
  const [wide, high] = [box.width / columns, box.height / rows];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const space = row === rows - 1 && column > 3 && column < 8;
      fillRoundedRect(
        canvas,
        box.x + column * wide,
        box.y + row * high,
        wide * (space ? 1.02 : 0.84),
        high * 0.84,
        wide * 0.1,
        key,
      );
      if (!space)
        drawText(
          canvas,
          random.pick([...'QWERTYUIOPASDFGHJKLZXCVBNM']),
          box.x + column * wide + wide * 0.2,
          box.y + row * high + high * 0.5,
          { size: high * 0.28, paint: mix(key, [255, 255, 255], 0.8) },
        );
    }
}

export const keyboardDeck = thing([280, 450], [2.3, 3.4], 0, (canvas, random) => {
  const body = random.pick<Rgb>([
    [30, 30, 32],
    [224, 224, 226],
    [120, 122, 126],
  ]);
  fillBox(canvas, whole(canvas), body);
  drawKeys(canvas, random, inset(whole(canvas), canvas.height * 0.06), body);
});

/** Monitor, television, tablet or phone: a dark border and something bright in it. */
const display: Draw = (canvas, random) => {
  const size = Math.min(canvas.width, canvas.height);
  const body = random.pick<Rgb>([
    [14, 14, 16],
    [30, 30, 32],
    [230, 230, 232],
    [18, 18, 22],
  ]);
  fillBox(canvas, whole(canvas), body);
  const bezel = size * random.uniform(0.015, 0.08);
  const inner = inset(whole(canvas), bezel);
  const chin = random.chance(0.4) ? size * random.uniform(0.02, 0.1) : 0;
  if (random.chance(0.08)) fillBox(canvas, inner, blend([30, 32, 38], [70, 74, 84], 50, canvas.width));
  else drawScreen(canvas, random, { ...inner, height: inner.height - chin });
};

export const monitor = thing([480, 1200], [1.45, 1.9], 0.05, display);
export const tablet = thing([200, 280], [1.3, 1.6], 0.5, display);
export const phoneScreen = thing([140, 165], [1.9, 2.2], 0.7, display);

export const door = thing([1800, 2200], [1.7, 2.6], 1, (canvas, random) => {
  const { width, height } = canvas;
  const colour = random.pick<Rgb>([[238, 236, 230], [120, 78, 46], anyColour(random), [90, 60, 40]]);
  fillBox(canvas, whole(canvas), cloudy(random, colour, width, 0.25));
  const [columns, rows] = [random.int(1, 2), random.int(1, 4)];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const box = {
        x: (width * (column + 0.14)) / columns,
        y: (height * (row + 0.1)) / rows,
        width: (width / columns) * 0.72,
        height: (height / rows) * 0.8,
      };
      fillBox(canvas, box, mix(colour, ink, 0.35));
      const pane = inset(box, width * 0.015);
      if (random.chance(0.15)) drawPicture(canvas, random, pane);
      else fillBox(canvas, pane, mix(colour, [255, 255, 255], 0.08));
    }
  const handle = random.chance(0.5) ? 0.08 : 0.92;
  fillEllipse(canvas, width * handle, height * 0.53, width * 0.025, width * 0.025, [200, 190, 150]);
});

export const windowPane = thing([700, 1600], [1, 1.7], 0.5, (canvas, random) => {
  const frame = random.pick<Rgb>([
    [240, 240, 238],
    [110, 76, 50],
    [60, 62, 64],
  ]);
  const bar = canvas.width * random.uniform(0.025, 0.06);
  drawPicture(canvas, random, whole(canvas));
  const [columns, rows] = [random.int(1, 3), random.int(1, 4)];
  for (let i = 0; i <= columns; i++)
    fillRect(canvas, (canvas.width * i) / columns - bar / 2, 0, bar, canvas.height, frame);
  for (let i = 0; i <= rows; i++)
    fillRect(canvas, 0, (canvas.height * i) / rows - bar / 2, canvas.width, bar, frame);
  fillRect(canvas, 0, 0, bar, canvas.height, frame);
  fillRect(canvas, canvas.width - bar, 0, bar, canvas.height, frame);
});

export const tray = thing([250, 420], [1.2, 1.8], 0.3, (canvas, random) => {
  const size = Math.min(canvas.width, canvas.height);
  const colour = anyColour(random);
  fillBox(canvas, whole(canvas), mix(colour, [255, 255, 255], 0.2));
  const floor = inset(whole(canvas), size * random.uniform(0.03, 0.1));
  fillBox(canvas, floor, cloudy(random, mix(colour, ink, 0.3), size, 0.4));
  for (let i = random.int(0, 9); i > 0; i--) {
    const radius = size * random.uniform(0.05, 0.16);
    const [x, y] = [
      floor.x + radius + random.next() * (floor.width - 2 * radius),
      floor.y + radius + random.next() * (floor.height - 2 * radius),
    ];
    const food = hsl(random.uniform(0, 110), random.uniform(0.2, 0.8), random.uniform(0.25, 0.8));
    fillEllipse(canvas, x, y, radius, radius * random.uniform(0.6, 1), cloudy(random, food, radius, 0.5));
    fillEllipse(canvas, x, y, radius * 0.6, radius * 0.5, mix(food, [255, 255, 255], 0.25), 0.6);
  }
});

export const box = thing([150, 500], [1, 1.9], 0.4, (canvas, random) => {
  const { width, height } = canvas;
  const colour = random.chance(0.6) ? vary([186, 146, 100], random, 20) : anyColour(random);
  fillBox(canvas, whole(canvas), cloudy(random, colour, width, 0.25));
  if (random.chance(0.6))
    fillRect(
      canvas,
      0,
      height * 0.44,
      width,
      height * 0.12,
      mix(colour, random.chance(0.5) ? [230, 220, 190] : ink, 0.35),
      0.8,
    );
  if (random.chance(0.6))
    drawText(canvas, makeWord(random).toUpperCase(), width * 0.08, height * 0.3, {
      size: height * random.uniform(0.06, 0.2),
      paint: mix(colour, ink, 0.8),
      weight: 0.2,
    });
  if (random.chance(0.5))
    drawBarcode(canvas, random, {
      x: width * 0.62,
      y: height * 0.72,
      width: width * 0.28,
      height: height * 0.16,
    });
  if (random.chance(0.4))
    drawPicture(canvas, random, {
      x: width * 0.1,
      y: height * 0.4,
      width: width * 0.4,
      height: height * 0.5,
    });
});

/** Columns of text with pictures among them. */
function drawPrintedPage(canvas: Canvas, random: Random, page: Box): void {
  const paper: Rgb = random.pick<Rgb>([[246, 245, 240], [238, 230, 210], [250, 250, 250], anyColour(random)]);
  const text: Rgb = paper[0] + paper[1] + paper[2] < 300 ? [236, 236, 232] : ink;
  fillBox(canvas, page, paper);
  if (random.chance(0.2)) {
    drawPicture(canvas, random, page);
    return;
  }
  const margin = page.width * random.uniform(0.05, 0.12);
  const room = inset(page, margin);
  const size = page.width * random.uniform(0.009, 0.02);
  const columns = random.int(1, 3);
  const wide = room.width / columns;
  if (random.chance(0.6))
    drawText(canvas, `${makeWord(random)} ${makeWord(random)}`, room.x, room.y + size * 3, {
      size: size * random.uniform(2, 4),
      paint: text,
      weight: 0.2,
    });
  for (let column = 0; column < columns; column++) {
    let top = room.y + size * 6;
    while (top < room.y + room.height - size * 4) {
      const rest = room.y + room.height - top;
      if (random.chance(0.35)) {
        const tall = Math.min(rest, wide * random.uniform(0.4, 1.2));
        drawPicture(canvas, random, { x: room.x + column * wide, y: top, width: wide * 0.92, height: tall });
        top += tall + size * 3;
      } else {
        const lines = Math.min(random.int(4, 16), Math.floor(rest / (size * 2)));
        drawParagraph(canvas, random, {
          x: room.x + column * wide,
          y: top + size,
          width: wide * 0.9,
          lines,
          size,
          paint: text,
        });
        top += (lines + 1.5) * size * 2;
      }
    }
  }
}

export const magazine = thing([210, 300], [1.25, 1.45], 0.9, (canvas, random) =>
  drawPrintedPage(canvas, random, whole(canvas)),
);

export const bookSpread = thing([220, 440], [1.3, 1.6], 0, (canvas, random) => {
  const half = canvas.width / 2;
  for (const side of [0, 1])
    drawPrintedPage(canvas, random.fork(side), { x: side * half, y: 0, width: half, height: canvas.height });
  for (let i = 1; i < 12; i++)
    fillRect(canvas, half - (half * i) / 70, 0, (half * i) / 35, canvas.height, [24, 20, 18], 0.05);
});

export const bookCover = thing([170, 260], [1.3, 1.6], 0.95, (canvas, random) => {
  const { width, height } = canvas;
  if (random.chance(0.5)) drawPicture(canvas, random, whole(canvas));
  else fillBox(canvas, whole(canvas), cloudy(random, anyColour(random), width, 0.2));
  const paint = random.chance(0.5) ? ([250, 250, 246] as const) : ink;
  for (let i = 0; i < random.int(1, 4); i++)
    drawText(canvas, makeWord(random).toUpperCase(), width * 0.1, height * (0.2 + i * 0.14), {
      size: height * random.uniform(0.03, 0.09),
      paint,
      weight: 0.2,
    });
});

export const poster = thing([400, 900], [1.2, 1.6], 0.8, (canvas, random) => {
  const { width, height } = canvas;
  fillBox(canvas, whole(canvas), anyColour(random));
  drawPicture(canvas, random, inset(whole(canvas), width * random.uniform(0, 0.1)));
  drawText(canvas, makeWord(random).toUpperCase(), width * 0.1, height * random.uniform(0.15, 0.95), {
    size: width * random.uniform(0.06, 0.14),
    paint: random.chance(0.5) ? [250, 250, 250] : ink,
    weight: 0.22,
  });
});

export const whiteboard = thing([900, 2000], [1.2, 1.9], 0.05, (canvas, random) => {
  const { width, height } = canvas;
  fillBox(canvas, whole(canvas), [150, 152, 156]);
  fillBox(canvas, inset(whole(canvas), height * 0.025), vary([242, 243, 244], random, 8));
  for (let i = random.int(2, 9); i > 0; i--) {
    const pen = random.pick<Rgb>([
      [30, 60, 170],
      [180, 30, 40],
      [20, 20, 20],
      [20, 120, 60],
    ]);
    const [x, y] = [width * random.uniform(0.06, 0.6), height * random.uniform(0.15, 0.9)];
    const line = [
      [x, y],
      [x + width * 0.2, y],
      [x + width * 0.2, y - height * 0.1],
      [x, y - height * 0.1],
      [x, y],
    ] as const;
    if (random.chance(0.4)) strokeLines(canvas, [line], height * 0.006, pen);
    else drawSignature(canvas, random, x, y, width * random.uniform(0.1, 0.35), pen);
    drawText(canvas, makeWord(random), x + width * 0.02, y - height * 0.04, {
      size: height * 0.03,
      paint: pen,
      weight: 0.09,
    });
  }
});

/** Some rectangle of one colour with a rim: a mat, a chopping board, a slab, a cushion. */
export const slab = thing([120, 600], [1, 2.2], 0.4, (canvas, random) => {
  const size = Math.min(canvas.width, canvas.height);
  const colour = anyColour(random);
  fillBox(canvas, whole(canvas), cloudy(random, colour, size, random.uniform(0.05, 0.7)));
  if (random.chance(0.5)) {
    const by = size * random.uniform(0.03, 0.2);
    fillBox(
      canvas,
      inset(whole(canvas), by),
      cloudy(random, mix(colour, anyColour(random), 0.3), size, random.uniform(0.05, 0.7)),
    );
  }
});

// What a file shows from edge to edge, without being a document.

export const picture = thing([90, 150], [1, 1.8], 0.35, (canvas, random) =>
  drawPicture(canvas, random, whole(canvas)),
);

/** A picture with a border and, mostly, words under it. */
export const captionedPicture = thing([90, 150], [1, 1.7], 0.4, (canvas, random) => {
  const { width, height } = canvas;
  const ground: Rgb = random.pick<Rgb>([[255, 255, 255], [0, 0, 0], [244, 244, 244], anyColour(random)]);
  fillBox(canvas, whole(canvas), ground);
  const by = Math.min(width, height) * random.uniform(0.01, 0.12);
  const foot = height * random.uniform(0.05, 0.25);
  const inner = { x: by, y: by, width: width - 2 * by, height: height - by - foot };
  drawPicture(canvas, random, inner);
  const paint: Rgb = ground[0] + ground[1] + ground[2] < 300 ? [240, 240, 240] : ink;
  const size = foot * random.uniform(0.15, 0.35);
  if (random.chance(0.8))
    drawParagraph(canvas, random, {
      x: by * 1.5,
      y: height - foot * 0.55,
      width: width - 3 * by,
      lines: random.int(1, 2),
      size,
      paint,
    });
});

export const screenshot = thing([90, 150], [0.55, 1.9], 0.5, (canvas, random) =>
  drawScreen(canvas, random, whole(canvas)),
);

/** Several pictures side by side. */
export const collage = thing([90, 150], [1, 1.8], 0.4, (canvas, random) => {
  fillBox(canvas, whole(canvas), random.chance(0.6) ? [255, 255, 255] : [10, 10, 10]);
  const [columns, rows] = [random.int(1, 3), random.int(2, 3)];
  const gap = canvas.width * random.uniform(0, 0.03);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const cell = {
        x: (canvas.width * column) / columns,
        y: (canvas.height * row) / rows,
        width: canvas.width / columns,
        height: canvas.height / rows,
      };
      drawPicture(canvas, random.fork(`${column}/${row}`), inset(cell, gap));
    }
});

/** A chart or a plan: lines and boxes on white. */
export const diagram = thing([90, 150], [1, 1.8], 0.3, (canvas, random) => {
  const { width, height } = canvas;
  fillBox(canvas, whole(canvas), [252, 252, 252]);
  for (let i = random.int(3, 10); i > 0; i--) {
    const part = {
      x: width * random.uniform(0.02, 0.7),
      y: height * random.uniform(0.02, 0.75),
      width: width * random.uniform(0.1, 0.28),
      height: height * random.uniform(0.08, 0.22),
    };
    if (random.chance(0.6))
      fillBox(canvas, part, hsl(random.uniform(0, 360), 0.5, random.uniform(0.5, 0.95)));
    const { x, y } = part;
    strokeLines(
      canvas,
      [
        [
          [x, y],
          [x + part.width, y],
          [x + part.width, y + part.height],
          [x, y + part.height],
          [x, y],
        ],
        [
          [x, y],
          [width * random.next(), height * random.next()],
        ],
      ],
      width * 0.004,
      ink,
    );
    drawText(canvas, makeWord(random), x + part.width * 0.1, y + part.height * 0.6, {
      size: part.height * 0.2,
      paint: ink,
    });
  }
  if (random.chance(0.3))
    fillPolygon(
      canvas,
      [
        [
          [width * 0.5, height * 0.5],
          [width * 0.9, height * 0.5],
          [width * 0.7, height * 0.9],
        ],
      ],
      anyColour(random),
    );
});
