import type { Random } from '../../random.js';
import type { Point } from '../../vision/types.js';
import { type BackgroundName, createBackground } from '../backgrounds/index.js';
import type { Canvas } from '../canvas.js';
import { hsl, type PaintFunction, type Rgb, smoothstep } from '../colour.js';
import { fillEllipse, fillPolygon, fillRect } from '../fill.js';
import { createNoise, layerNoise } from '../noise.js';
import { drawLikeness } from './likeness.js';
import { blend } from './parts.js';
import type { Box } from './types.js';

type Picture = (canvas: Canvas, random: Random, box: Box) => void;

const surfaces: readonly BackgroundName[] = [
  'hills',
  'hills',
  'lights',
  'grass',
  'leaves',
  'marble',
  'stone',
  'wood',
  'plaid',
  'gradient',
  'mosaic',
  'carpet',
];

/** Ridge behind ridge under a sky, with sun, clouds and water. */
const landscape: Picture = (canvas, random, box) => {
  const { x, y, width, height } = box;
  const hue = random.uniform(0, 360);
  const clouds = layerNoise(createNoise(random), 4);
  const sky = blend(hsl(hue, 0.5, random.uniform(0.3, 0.7)), hsl(hue + 40, 0.5, 0.85), 90, height * 0.7);
  const paint: PaintFunction = (px, py, out) => {
    sky(px - x, py - y, out);
    const t = 0.8 * smoothstep(0.5, 0.75, clouds(((px - x) * 5) / width, ((py - y) * 9) / height));
    for (let channel = 0; channel < 3; channel++) out[channel] = out[channel]! + (250 - out[channel]!) * t;
  };
  fillRect(canvas, x, y, width, height, paint);
  if (random.chance(0.5)) {
    const radius = height * random.uniform(0.04, 0.1);
    fillEllipse(
      canvas,
      x + width * random.uniform(0.2, 0.8),
      y + height * random.uniform(0.15, 0.4),
      radius,
      radius,
      [255, 240, 200],
    );
  }
  const ridges = random.int(2, 5);
  for (let ridge = 0; ridge < ridges; ridge++) {
    const level = 0.35 + (0.6 * (ridge + random.next())) / ridges;
    const rough = createNoise(random.fork(ridge));
    const line = Array.from({ length: 61 }, (_, i): Point => {
      const t = i / 60;
      const rise = 0.16 * rough(t * 3, 1) + 0.06 * rough(t * 11, 2) + 0.02 * rough(t * 40, 3);
      return [x + t * width, Math.min(y + height, y + height * (level + 0.12 - rise))];
    });
    const land = hsl(
      hue + 180 + random.uniform(-60, 60),
      random.uniform(0.1, 0.5),
      0.55 - (0.42 * (ridge + 1)) / ridges,
    );
    fillPolygon(canvas, [[...line, [x + width, y + height], [x, y + height]]], land);
  }
};

/** Some texture of the catalogue, as if photographed. */
const texture: Picture = (canvas, random, { x, y, width, height }) => {
  const surface = createBackground(random.pick(surfaces), random.fork('surface'), 1);
  const scale = random.uniform(120, 420) / Math.max(width, height);
  fillRect(canvas, x, y, width, height, (px, py, out) => surface((px - x) * scale, (py - y) * scale, out));
};

/** Shapes without meaning. */
const abstract: Picture = (canvas, random, { x, y, width, height }) => {
  const hue = random.uniform(0, 360);
  fillRect(
    canvas,
    x,
    y,
    width,
    height,
    blend(hsl(hue, 0.4, random.uniform(0.1, 0.9)), hsl(hue + 90, 0.5, 0.5), 40, width),
  );
  const clip = (px: number, py: number): Point => [
    Math.min(x + width, Math.max(x, px)),
    Math.min(y + height, Math.max(y, py)),
  ];
  const count = random.int(3, 18);
  for (let i = 0; i < count; i++) {
    const colour = hsl(hue + random.uniform(-120, 120), random.uniform(0.1, 0.9), random.uniform(0.1, 0.9));
    const [cx, cy] = [x + random.uniform(0, width), y + random.uniform(0, height)];
    const size = random.uniform(0.05, 0.4) * Math.min(width, height);
    const corners = random.pick([3, 4, 5, 24]);
    const turn = random.uniform(0, 6.3);
    const shape = Array.from({ length: corners }, (_, k): Point => {
      const angle = turn + (k / corners) * 2 * Math.PI;
      return clip(cx + size * Math.cos(angle), cy + size * Math.sin(angle) * random.uniform(0.6, 1));
    });
    fillPolygon(canvas, [shape], colour, random.uniform(0.4, 1));
  }
};

/** An animal or a flower, more or less: blobs with a skin of noise over a blurred ground. */
const creature: Picture = (canvas, random, box) => {
  const { x, y, width, height } = box;
  const ground = layerNoise(createNoise(random.fork('ground')), 3);
  const fur = layerNoise(createNoise(random.fork('fur')), 4);
  const [near, far] = [
    hsl(random.uniform(40, 140), 0.4, 0.35),
    hsl(random.uniform(40, 220), 0.3, random.uniform(0.2, 0.8)),
  ];
  const coat = hsl(random.uniform(0, 60), random.uniform(0, 0.6), random.uniform(0.1, 0.85));
  const size = Math.min(width, height);
  const mixed = (a: Rgb, b: Rgb, t: number, out: Float32Array) => {
    for (let channel = 0; channel < 3; channel++)
      out[channel] = a[channel]! + (b[channel]! - a[channel]!) * t;
  };
  fillRect(canvas, x, y, width, height, (px, py, out) =>
    mixed(near, far, ground((px - x) * (4 / size), (py - y) * (4 / size)), out),
  );
  const skin: PaintFunction = (px, py, out) => {
    const light = 0.55 + 0.9 * fur((px - x) * (14 / size), (py - y) * (8 / size));
    for (let channel = 0; channel < 3; channel++) out[channel] = coat[channel]! * light;
  };
  const [cx, cy] = [x + width * random.uniform(0.35, 0.65), y + height * random.uniform(0.4, 0.65)];
  const blobs = random.int(2, 8);
  for (let i = 0; i < blobs; i++) {
    const radius = size * random.uniform(0.06, 0.26);
    const [dx, dy] = [cx + random.normal(0, size * 0.14), cy + random.normal(0, size * 0.12)];
    const outline = Array.from({ length: 28 }, (_, k): Point => {
      const angle = (k / 28) * 2 * Math.PI;
      const r = radius * (1 + 0.25 * (fur(k * 0.7 + i * 9, 5) - 0.5));
      return [
        Math.min(x + width, Math.max(x, dx + r * 1.2 * Math.cos(angle))),
        Math.min(y + height, Math.max(y, dy + r * Math.sin(angle))),
      ];
    });
    fillPolygon(canvas, [outline], skin);
  }
  fillEllipse(canvas, cx, cy - size * 0.05, size * 0.02, size * 0.02, [12, 12, 14]);
};

/** Houses with windows, or shelves: many rectangles of one direction. */
const facade: Picture = (canvas, random, { x, y, width, height }) => {
  const wall = hsl(random.uniform(0, 60), random.uniform(0.05, 0.5), random.uniform(0.25, 0.8));
  fillRect(canvas, x, y, width, height, blend(wall, hsl(random.uniform(180, 240), 0.3, 0.6), 80, height * 2));
  const [columns, rows] = [random.int(2, 9), random.int(2, 8)];
  const glass = hsl(random.uniform(180, 240), 0.3, random.uniform(0.1, 0.5));
  const [fillX, fillY] = [random.uniform(0.35, 0.8), random.uniform(0.4, 0.8)];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const lit = random.chance(0.2) ? hsl(45, 0.8, 0.7) : glass;
      fillRect(
        canvas,
        x + ((column + (1 - fillX) / 2) * width) / columns,
        y + ((row + (1 - fillY) / 2) * height) / rows,
        (width / columns) * fillX,
        (height / rows) * fillY,
        lit,
      );
    }
};

const person: Picture = (canvas, random, box) => {
  const tall = box.height * random.uniform(0.95, 1);
  const wide = Math.min(box.width, tall * random.uniform(0.7, 1));
  texture(canvas, random, box);
  drawLikeness(
    canvas,
    random,
    wide < box.width * 0.7
      ? {
          x: box.x + random.uniform(0, box.width - wide),
          y: box.y + box.height - tall,
          width: wide,
          height: tall,
        }
      : box,
  );
};

const pictures: readonly Picture[] = [
  landscape,
  landscape,
  texture,
  abstract,
  creature,
  creature,
  facade,
  person,
];

/** A picture of something: what hangs in frames, fills screens and is printed in magazines. */
export const drawPicture: Picture = (canvas, random, box) => random.pick(pictures)(canvas, random, box);
