import type { Random } from '../../random.js';
import { hsl, mix, mixInto, type PaintFunction, type Rgb, smoothstep } from '../colour.js';
import { createNoise, layerNoise } from '../noise.js';
import type { Background } from './types.js';

/** One colour, clouded a little and with a fine grain, as paint, paper and lacquer are. */
function lacquer(colour: Rgb, clouds: number, grain: number, random: Random): PaintFunction {
  const soft = layerNoise(createNoise(random), 3);
  const fine = createNoise(random.fork('grain'));
  return (x, y, out) => {
    const shift = clouds * (soft(x / 90, y / 90) - 0.5) + grain * (fine(x * 2.1, y * 2.1) - 0.5);
    out[0] = colour[0] + shift;
    out[1] = colour[1] + shift;
    out[2] = colour[2] + shift;
  };
}

export const plainLight: Background = (random) =>
  lacquer(hsl(random.uniform(0, 360), random.uniform(0.02, 0.25), random.uniform(0.62, 0.88)), 14, 6, random);

export const plainDark: Background = (random) =>
  lacquer(hsl(random.uniform(0, 360), random.uniform(0.05, 0.35), random.uniform(0.06, 0.25)), 12, 5, random);

export const plainColour: Background = (random) =>
  lacquer(hsl(random.uniform(0, 360), random.uniform(0.4, 0.9), random.uniform(0.3, 0.65)), 16, 5, random);

/** As white as a card: only shadow and rim tell them apart. */
export const whiteDesk: Background = (random) =>
  lacquer(hsl(random.uniform(20, 240), random.uniform(0, 0.08), random.uniform(0.86, 0.97)), 6, 3, random);

/** A backdrop that runs from one colour into another. */
export const gradient: Background = (random) => {
  const from = hsl(random.uniform(0, 360), random.uniform(0.05, 0.6), random.uniform(0.2, 0.85));
  const to = mix(from, hsl(random.uniform(0, 360), 0.4, random.uniform(0.1, 0.9)), 0.6);
  const reach = random.uniform(90, 260);
  const fine = createNoise(random);
  return (x, y, out) =>
    mixInto(out, from, to, smoothstep(-reach, reach, x) + 0.02 * (fine(x * 3, y * 3) - 0.5));
};

/** Bed linen or a table cloth: broad soft folds. */
export const linen: Background = (random) => {
  const colour = hsl(random.uniform(0, 360), random.uniform(0, 0.35), random.uniform(0.35, 0.88));
  const folds = layerNoise(createNoise(random), 2);
  const warp = createNoise(random.fork('warp'));
  const weave = createNoise(random.fork('weave'));
  return (x, y, out) => {
    const bend = 60 * warp(x / 120, y / 120);
    const fold = folds((x + bend) / 34, (y - bend) / 150);
    const light = 0.78 + 0.42 * Math.abs(fold - 0.5) * 2 - 0.25 * smoothstep(0.5, 0.6, fold) * (0.7 - fold);
    const thread = 1 + 0.05 * (weave(x * 3.3, y * 3.3) - 0.5);
    mixInto(out, colour, colour, 0);
    out[0] = colour[0] * light * thread;
    out[1] = colour[1] * light * thread;
    out[2] = colour[2] * light * thread;
  };
};
