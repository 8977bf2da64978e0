import sharp from 'sharp';
import { createRandom, type Random } from '../src/random.js';

export interface AdversarialImage {
  /** What it is, for a report: kind, size and format. */
  readonly name: string;
  readonly bytes: Buffer;
}

type Shade = (x: number, y: number) => number;
type Painter = (random: Random, width: number, height: number) => Shade;

/** Pictures that are all edges, all corners, all lines, or nothing; each a grey level by position. */
const painters: Readonly<Record<string, Painter>> = {
  noise: (random) => () => 256 * random.next(),
  'coarse noise': (random) => {
    const cell = random.int(2, 9);
    const levels = Array.from({ length: 4099 }, () => 256 * random.next());
    return (x, y) => levels[(Math.floor(x / cell) * 7919 + Math.floor(y / cell) * 104_729) % 4099]!;
  },
  flat: (random) => {
    const level = random.int(0, 255);
    return () => level;
  },
  gradient: (_, width, height) => (x, y) => (255 * (x + y)) / (width + height),
  stripes: (random) => {
    const [period, angle] = [random.int(2, 120), Math.PI * random.next()];
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    return (x, y) => ((((x * dx + y * dy) % period) + period) % period < period / 2 ? 30 : 220);
  },
  checkerboard: (random) => {
    const cell = random.int(1, 150);
    return (x, y) => ((Math.floor(x / cell) + Math.floor(y / cell)) % 2 ? 20 : 235);
  },
  'text page': (random, width) => {
    const line = Math.max(3, Math.round((width / 60) * (0.5 + random.next())));
    const letters = Array.from({ length: 997 }, () => random.chance(0.55));
    return (x, y) => {
      const inLine = y % line < line * 0.5;
      const letter = letters[(Math.floor(x / (line * 0.2)) + Math.floor(y / line) * 131) % 997]!;
      return inLine && letter && y % 3 !== 0 ? 40 : 240;
    };
  },
  grid: (random) => {
    const [cell, thickness] = [random.int(6, 90), random.int(1, 3)];
    return (x, y) => (x % cell < thickness || y % cell < thickness ? 25 : 230);
  },
  'nested frames': (random, width, height) => {
    const step = random.int(6, 40);
    return (x, y) => (Math.floor(Math.min(x, y, width - 1 - x, height - 1 - y) / step) % 2 ? 60 : 200);
  },
  rays: (random, width, height) => {
    const count = random.int(8, 200);
    return (x, y) => (Math.sin(count * Math.atan2(y - height / 2, x - width / 2)) > 0 ? 40 : 215);
  },
  rings: (random, width, height) => {
    const period = random.int(4, 60);
    return (x, y) => (Math.hypot(x - width / 2, y - height / 2) % period < period / 2 ? 50 : 205);
  },
  rectangles: (random, width, height) => {
    const boxes = Array.from({ length: 40 }, () => {
      const [x, y] = [random.next() * width, random.next() * height];
      const [right, bottom] = [x + 0.4 * random.next() * width, y + 0.4 * random.next() * height];
      return { x, y, right, bottom, level: random.int(0, 255) };
    });
    return (x, y) =>
      boxes.find((box) => x > box.x && x < box.right && y > box.y && y < box.bottom)?.level ?? 128;
  },
};

/** The `index`-th image of a seed. Larger `maxPixels` makes larger ones possible, 1 pixel is always. */
export async function drawAdversarial(
  seed: number,
  index: number,
  maxPixels: number,
): Promise<AdversarialImage> {
  const random = createRandom(`adversarial/${seed}/${index}`);
  const kinds = Object.keys(painters);
  const kind = kinds[index % kinds.length]!;
  const { width, height } = chooseSize(random, maxPixels);
  const image = sharp(paint(painters[kind]!(random, width, height), width, height, random), {
    raw: { width, height, channels: 3 },
  });
  const format = chooseFormat(random, width * height);
  const encoded = await image.toFormat(format).toBuffer();
  const isBroken = random.chance(0.12);
  const bytes = isBroken ? damage(encoded, random) : encoded;
  return { name: `${kind}, ${width} × ${height}, ${isBroken ? 'broken ' : ''}${format}`, bytes };
}

/** Half of them ordinary photos' sizes, a tenth 1 pixel wide or high, the rest anything down to one pixel. */
function chooseSize(random: Random, maxPixels: number): { width: number; height: number } {
  const longest = Math.sqrt((maxPixels * 4) / 3);
  const dice = random.next();
  if (dice < 0.1) {
    const length = random.int(1, Math.min(16_000, maxPixels));
    return random.chance(0.5) ? { width: 1, height: length } : { width: length, height: 1 };
  }
  const shrink = dice < 0.6 ? 1 - 0.7 * random.next() : 1 / longest ** random.next();
  const width = Math.max(1, Math.floor(longest * shrink));
  const height = Math.max(1, Math.floor(width * (dice < 0.6 ? 0.75 : 0.75 * random.next())));
  return random.chance(0.5) ? { width, height } : { width: height, height: width };
}

/** WebP of more than 2 MP takes seconds to write, which shows nothing about reading it. */
function chooseFormat(random: Random, pixels: number): 'jpeg' | 'png' | 'webp' {
  const dice = random.next();
  if (dice < 0.75) return 'jpeg';
  return dice < 0.87 || pixels > 2e6 ? 'png' : 'webp';
}

function paint(shade: Shade, width: number, height: number, random: Random): Buffer {
  const data = Buffer.alloc(width * height * 3);
  const tint = [0.7 + 0.3 * random.next(), 0.7 + 0.3 * random.next(), 0.7 + 0.3 * random.next()] as const;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const level = shade(x, y);
      data[at] = level * tint[0];
      data[at + 1] = level * tint[1];
      data[at + 2] = level * tint[2];
    }
  }
  return data;
}

/** Cut short, overwritten in one place, or sprinkled with wrong bytes. */
function damage(bytes: Buffer, random: Random): Buffer {
  const dice = random.next();
  if (dice < 0.35) return bytes.subarray(0, random.int(0, bytes.length - 1));
  const damaged = Buffer.from(bytes);
  const hits = dice < 0.7 ? 1 : 30;
  const length = dice < 0.7 ? 64 : 1;
  for (let i = 0; i < hits; i++) {
    const at = random.int(0, bytes.length - 1);
    damaged.fill(random.int(0, 255), at, Math.min(bytes.length, at + length));
  }
  return damaged;
}
