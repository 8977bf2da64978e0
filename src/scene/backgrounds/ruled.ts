import { hsl, mix, mixInto, type Rgb, scaleInto, smoothstep, vary } from '../colour.js';
import { cellChance, createNoise, layerNoise } from '../noise.js';
import type { Background } from './types.js';

/** How much of a point is covered by lines of this width, one every `period`; softened over a pixel. */
function lines(position: number, period: number, width: number, pixel: number): number {
  const distance = Math.abs(position - Math.round(position / period) * period);
  return Math.min(1, Math.max(0, (width / 2 - distance) / pixel + 0.5)) * Math.min(1, width / pixel);
}

/** Floor or wall tiles with grout; alternate rows may be shifted, as bricks are. */
export const tiles: Background = (random, pixel) => {
  const colour = hsl(random.uniform(0, 360), random.uniform(0, 0.4), random.uniform(0.3, 0.88));
  const grout = random.chance(0.5) ? mix(colour, [40, 40, 40], 0.6) : mix(colour, [245, 245, 240], 0.6);
  const width = random.uniform(22, 140);
  const height = random.chance(0.5) ? width : width * random.uniform(0.3, 0.9);
  const shift = random.chance(0.35) ? width / 2 : 0;
  const joint = random.uniform(0.8, 4);
  const uneven = random.uniform(0.02, 0.35);
  const chance = createNoise(random.fork('tiles'));
  const rough = layerNoise(createNoise(random.fork('rough')), 4);
  return (x, y, out) => {
    const row = Math.floor(y / height + 0.5);
    const along = x + (row & 1) * shift;
    const column = Math.floor(along / width + 0.5);
    // Cells are centred on multiples, so the grout lies half a tile away.
    const covered = Math.max(
      lines(along + width / 2, width, joint, pixel),
      lines(y + height / 2, height, joint, pixel),
    );
    mixInto(out, colour, grout, covered);
    const tone =
      1 + (uneven * (cellChance(chance, column, row) - 0.5) + 0.12 * (rough(x / 30, y / 30) - 0.5));
    scaleInto(out, covered > 0.5 ? 0.98 : tone);
  };
};

/** Small glass tiles of mixed colours. */
export const mosaic: Background = (random, pixel) => {
  const hue = random.uniform(0, 360);
  const palette = Array.from({ length: 5 }, () =>
    hsl(hue + random.uniform(-40, 40), random.uniform(0.1, 0.6), random.uniform(0.25, 0.8)),
  );
  const size = random.uniform(9, 26);
  const grout: Rgb = vary([190, 188, 182], random, 40);
  const chance = createNoise(random);
  return (x, y, out) => {
    const covered = Math.max(lines(x, size, 1.2, pixel), lines(y, size, 1.2, pixel));
    const tone = cellChance(chance, Math.floor(x / size), Math.floor(y / size));
    mixInto(out, palette[Math.floor(tone * 4.99)]!, grout, covered);
  };
};

export const ruledSheet: Background = (random, pixel) => {
  const paper = vary([244, 243, 236], random, 8);
  const line: Rgb = random.pick<Rgb>([
    [120, 150, 200],
    [150, 150, 160],
    [110, 170, 150],
  ]);
  const pitch = random.uniform(6, 10);
  const margin = random.chance(0.6) ? random.uniform(-60, 60) : 1e6;
  const cloud = layerNoise(createNoise(random), 3);
  return (x, y, out) => {
    mixInto(out, paper, line, 0.75 * lines(y, pitch, 0.28, pixel));
    const red = smoothstep(0.25 + pixel, 0.1, Math.abs(x - margin));
    mixInto(out, [out[0]!, out[1]!, out[2]!], [214, 96, 96], 0.7 * red);
    scaleInto(out, 0.97 + 0.06 * cloud(x / 60, y / 60));
  };
};

export const graphPaper: Background = (random, pixel) => {
  const paper = vary([246, 246, 242], random, 6);
  const line = hsl(random.pick([150, 200, 215, 20]), 0.45, 0.62);
  const pitch = random.pick([5, 5, 4, 10]);
  const cloud = layerNoise(createNoise(random), 3);
  return (x, y, out) => {
    const thin = Math.max(lines(x, pitch, 0.22, pixel), lines(y, pitch, 0.22, pixel));
    mixInto(out, paper, line, 0.8 * thin);
    scaleInto(out, 0.97 + 0.06 * cloud(x / 60, y / 60));
  };
};

/** Broad stripes of cloth, wallpaper or a deck chair: parallel edges only. */
export const stripes: Background = (random, pixel) => {
  const a = hsl(random.uniform(0, 360), random.uniform(0.1, 0.7), random.uniform(0.2, 0.85));
  const b = mix(a, hsl(random.uniform(0, 360), 0.3, random.uniform(0.1, 0.95)), random.uniform(0.3, 1));
  const period = random.uniform(10, 70);
  const share = random.uniform(0.2, 0.6);
  const weave = layerNoise(createNoise(random), 2);
  return (x, y, out) => {
    mixInto(out, a, b, lines(y, period, period * share, pixel));
    scaleInto(out, 0.93 + 0.14 * weave(x * 1.9, y * 1.9));
  };
};

export const checks: Background = (random, pixel) => {
  const a = hsl(random.uniform(0, 360), random.uniform(0, 0.6), random.uniform(0.55, 0.92));
  const b = hsl(random.uniform(0, 360), random.uniform(0, 0.7), random.uniform(0.12, 0.5));
  const period = random.uniform(12, 60);
  const weave = createNoise(random);
  return (x, y, out) => {
    const across = lines(x, period, period / 2, pixel);
    const down = lines(y, period, period / 2, pixel);
    mixInto(out, a, b, across + down - 2 * across * down);
    scaleInto(out, 0.94 + 0.12 * weave(x * 2.2, y * 2.2));
  };
};
