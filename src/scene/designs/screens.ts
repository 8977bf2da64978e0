import type { Random } from '../../random.js';
import type { Canvas } from '../canvas.js';
import { hsl, ink, mix, type Rgb } from '../colour.js';
import { fillEllipse, fillRect, fillRoundedRect } from '../fill.js';
import { strokeLines } from '../stroke.js';
import { drawText } from '../text.js';
import { drawParagraph, makeWord } from '../words.js';
import { drawPicture } from './pictures.js';
import type { Box } from './types.js';

interface Theme {
  readonly ground: Rgb;
  readonly panel: Rgb;
  readonly text: Rgb;
  readonly accent: Rgb;
}

function makeTheme(random: Random): Theme {
  const accent = hsl(random.uniform(0, 360), random.uniform(0.4, 0.9), random.uniform(0.3, 0.6));
  return random.chance(0.65)
    ? { ground: [250, 250, 251], panel: [236, 238, 241], text: [40, 42, 48], accent }
    : { ground: [24, 26, 31], panel: [42, 45, 52], text: [216, 218, 224], accent };
}

type Screen = (canvas: Canvas, random: Random, box: Box, theme: Theme) => void;

/** A list with pictures, as apps have it. */
const list: Screen = (canvas, random, { x, y, width, height }, theme) => {
  const unit = height / random.int(6, 14);
  fillRect(canvas, x, y, width, unit, theme.accent);
  drawText(canvas, makeWord(random), x + unit * 0.4, y + unit * 0.65, {
    size: unit * 0.3,
    paint: [250, 250, 250],
  });
  const round = random.chance(0.5);
  for (let top = y + unit * 1.2; top + unit < y + height; top += unit * 1.1) {
    if (random.chance(0.3))
      fillRoundedRect(canvas, x + unit * 0.15, top, width - unit * 0.3, unit, unit * 0.1, theme.panel);
    const colour = hsl(random.uniform(0, 360), 0.5, 0.55);
    if (round) fillEllipse(canvas, x + unit * 0.65, top + unit / 2, unit * 0.32, unit * 0.32, colour);
    else
      fillRoundedRect(canvas, x + unit * 0.3, top + unit * 0.15, unit * 0.7, unit * 0.7, unit * 0.08, colour);
    drawText(canvas, `${makeWord(random)} ${makeWord(random)}`, x + unit * 1.25, top + unit * 0.45, {
      size: unit * 0.2,
      paint: theme.text,
    });
    drawText(canvas, makeWord(random), x + unit * 1.25, top + unit * 0.78, {
      size: unit * 0.14,
      paint: mix(theme.text, theme.ground, 0.5),
    });
  }
};

/** Bar, side bar, text and a picture. */
const page: Screen = (canvas, random, { x, y, width, height }, theme) => {
  const bar = height * random.uniform(0.05, 0.1);
  fillRect(canvas, x, y, width, bar, random.chance(0.5) ? theme.accent : theme.panel);
  for (let i = 0; i < 5; i++)
    fillRoundedRect(
      canvas,
      x + width * (0.4 + i * 0.11),
      y + bar * 0.35,
      width * 0.07,
      bar * 0.3,
      bar * 0.1,
      theme.text,
      0.6,
    );
  const side = random.chance(0.5) ? width * random.uniform(0.14, 0.28) : 0;
  if (side > 0) fillRect(canvas, x, y + bar, side, height - bar, theme.panel);
  const left = x + side + width * 0.04;
  const room = width - side - width * 0.08;
  const size = Math.max(height * 0.016, width * 0.007);
  drawText(canvas, `${makeWord(random)} ${makeWord(random)}`, left, y + bar + size * 5, {
    size: size * 2,
    paint: theme.text,
  });
  const shown = random.chance(0.7);
  const tall = (height - bar) * random.uniform(0.25, 0.5);
  if (shown)
    drawPicture(canvas, random, {
      x: left,
      y: y + bar + size * 8,
      width: room * random.uniform(0.4, 1),
      height: tall,
    });
  const first = y + bar + size * 11 + (shown ? tall : 0);
  drawParagraph(canvas, random, {
    x: left,
    y: first,
    width: room,
    lines: Math.max(0, Math.floor((y + height - first) / (size * 2))),
    size,
    paint: theme.text,
  });
};

/** Lines of a program or a table. */
const code: Screen = (canvas, random, { x, y, width, height }, theme) => {
  const lines = random.int(14, 34);
  const step = height / lines;
  for (let line = 0; line < lines; line++) {
    let pen = x + width * (0.03 + 0.03 * random.int(0, 4));
    for (let word = random.int(0, 6); word > 0 && pen < x + width * 0.85; word--) {
      const colour = random.chance(0.5) ? theme.text : hsl(random.uniform(0, 360), 0.6, 0.6);
      pen =
        drawText(canvas, makeWord(random), pen, y + (line + 0.7) * step, {
          size: step * 0.42,
          paint: colour,
        }) +
        step * 0.3;
    }
  }
};

/** A dashboard: panels, bars, a curve. */
const panels: Screen = (canvas, random, { x, y, width, height }, theme) => {
  const [columns, rows] = [random.int(2, 4), random.int(2, 4)];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const box = {
        x: x + ((column + 0.05) * width) / columns,
        y: y + ((row + 0.06) * height) / rows,
        width: (width / columns) * 0.9,
        height: (height / rows) * 0.88,
      };
      fillRoundedRect(
        canvas,
        box.x,
        box.y,
        box.width,
        box.height,
        Math.min(box.width, box.height) * 0.04,
        theme.panel,
      );
      if (random.chance(0.3)) drawPicture(canvas, random, box);
      else if (random.chance(0.5))
        for (let bar = 0; bar < 8; bar++) {
          const tall = box.height * random.uniform(0.1, 0.8);
          fillRect(
            canvas,
            box.x + (box.width * (bar + 0.2)) / 8,
            box.y + box.height - tall,
            box.width * 0.075,
            tall,
            theme.accent,
          );
        }
      else {
        const line = Array.from(
          { length: 20 },
          (_, i) => [box.x + (box.width * i) / 19, box.y + box.height * random.uniform(0.3, 0.8)] as const,
        );
        strokeLines(canvas, [line], box.height * 0.02, theme.accent);
      }
    }
};

/** Windows over a picture. */
const desktop: Screen = (canvas, random, box, theme) => {
  drawPicture(canvas, random, box);
  const windows = random.int(0, 3);
  for (let i = 0; i < windows; i++) {
    const [width, height] = [box.width * random.uniform(0.3, 0.75), box.height * random.uniform(0.3, 0.75)];
    const inner = {
      x: box.x + random.uniform(0, box.width - width),
      y: box.y + random.uniform(0, box.height - height),
      width,
      height,
    };
    fillRect(canvas, inner.x, inner.y, width, height, theme.ground);
    random.pick([list, page, code, panels])(canvas, random.fork(i), inner, theme);
    fillRect(canvas, inner.x, inner.y, width, height * 0.05, mix(theme.panel, ink, 0.2));
  }
  fillRect(canvas, box.x, box.y + box.height * 0.95, box.width, box.height * 0.05, theme.panel, 0.85);
};

const picture: Screen = (canvas, random, box) => drawPicture(canvas, random, box);

/** What a screen shows: an app, a page, a program, windows, a picture. */
export function drawScreen(canvas: Canvas, random: Random, box: Box): void {
  const theme = makeTheme(random);
  fillRect(canvas, box.x, box.y, box.width, box.height, theme.ground);
  random.pick([list, page, page, code, panels, desktop, desktop, picture])(canvas, random, box, theme);
}
