import { hsl, mixInto, type Rgb, scaleInto, smoothstep } from '../colour.js';
import { createNoise, layerNoise } from '../noise.js';
import type { Background } from './types.js';

/** Threads over and under. Threads finer than a photo's pixel would only alias: they fade out. */
export const fabric: Background = (random, pixel) => {
  const colour = hsl(random.uniform(0, 360), random.uniform(0.05, 0.5), random.uniform(0.2, 0.75));
  const pitch = random.uniform(0.7, 2.2);
  const depth = 0.3 * smoothstep(pitch * 0.5, pitch * 0.2, pixel);
  const cloud = layerNoise(createNoise(random), 3);
  const fuzz = createNoise(random.fork('fuzz'));
  return (x, y, out) => {
    const u = x / pitch;
    const v = y / pitch;
    const over = (Math.floor(u) + Math.floor(v)) & 1;
    const across = over ? u - Math.floor(u) : v - Math.floor(v);
    const thread = 1 - depth * (2 * across - 1) ** 2;
    const light = thread * (0.85 + 0.18 * fuzz(x * 2.7, y * 2.7) + 0.2 * (cloud(x / 50, y / 50) - 0.5));
    out[0] = colour[0] * light;
    out[1] = colour[1] * light;
    out[2] = colour[2] * light;
  };
};

export const denim: Background = (random, pixel) => {
  const blue = hsl(random.uniform(208, 228), random.uniform(0.3, 0.5), random.uniform(0.22, 0.42));
  const pale: Rgb = [176, 186, 204];
  const pitch = random.uniform(0.9, 1.5);
  const depth = smoothstep(pitch * 0.6, pitch * 0.2, pixel);
  const wear = layerNoise(createNoise(random), 4);
  const slub = createNoise(random.fork('slub'));
  return (x, y, out) => {
    const twill = 0.5 + 0.5 * Math.sin(((x + y) / pitch) * 4.44);
    const streak = slub(x * 1.6, y / 9);
    mixInto(
      out,
      blue,
      pale,
      0.08 + depth * 0.22 * twill + 0.3 * (streak - 0.4) + 0.5 * (wear(x / 90, y / 90) - 0.5),
    );
  };
};

interface Stripe {
  readonly until: number;
  readonly colour: Rgb;
}

/** A tartan: the same sequence of stripes both ways, mixed half and half. */
export const plaid: Background = (random) => {
  const hue = random.uniform(0, 360);
  let position = 0;
  const stripes = Array.from({ length: random.int(4, 9) }, (): Stripe => {
    position += random.pick([2, 4, 9, 16, 24]) * random.uniform(0.7, 1.3);
    const colour = hsl(
      hue + random.pick([0, 0, 30, 180]),
      random.uniform(0.1, 0.75),
      random.uniform(0.12, 0.8),
    );
    return { until: position, colour };
  });
  const period = position;
  const weave = createNoise(random.fork('weave'));
  const at = (value: number) => {
    const phase = value - Math.floor(value / period) * period;
    return (stripes.find((stripe) => phase < stripe.until) ?? stripes[0]!).colour;
  };
  return (x, y, out) => {
    mixInto(out, at(x), at(y), 0.5);
    scaleInto(out, 0.9 + 0.2 * weave(x * 2.3, y * 2.3));
  };
};

/** A rug with pile, and on some a woven ornament of diamonds. */
export const carpet: Background = (random) => {
  const colour = hsl(random.uniform(0, 360), random.uniform(0.1, 0.5), random.uniform(0.15, 0.6));
  const other = hsl(random.uniform(0, 360), random.uniform(0.1, 0.5), random.uniform(0.2, 0.75));
  const ornament = random.chance(0.5) ? random.uniform(18, 60) : 0;
  const pile = layerNoise(createNoise(random), 3);
  const brushed = layerNoise(createNoise(random.fork('brushed')), 2);
  return (x, y, out) => {
    const u = Math.abs((x / ornament) % 1) - 0.5;
    const v = Math.abs((y / ornament) % 1) - 0.5;
    const inside = ornament > 0 && Math.abs(Math.abs(u) + Math.abs(v) - 0.35) < 0.07;
    const base = inside ? other : colour;
    mixInto(out, base, base, 0);
    scaleInto(out, 0.55 + 0.7 * pile(x * 0.9, y * 0.9) + 0.25 * (brushed(x / 40, y / 40) - 0.5));
  };
};
