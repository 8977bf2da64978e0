import { hsl, mix, mixInto, type Rgb, scaleInto, smoothstep } from '../colour.js';
import { cellChance, createNoise, layerNoise } from '../noise.js';
import type { Background } from './types.js';

// Not desks but what else a phone is pointed at; scenes without a card use them too.

/** Lights far out of focus. */
export const lights: Background = (random) => {
  const ground = hsl(random.uniform(0, 360), random.uniform(0.1, 0.5), random.uniform(0.05, 0.4));
  const warm = hsl(random.uniform(20, 60), 0.6, 0.65);
  const cold = hsl(random.uniform(180, 260), 0.5, 0.6);
  const size = random.uniform(25, 70);
  const chance = createNoise(random);
  const haze = layerNoise(createNoise(random.fork('haze')), 2);
  return (x, y, out) => {
    mixInto(out, ground, warm, 0.3 * haze(x / 90, y / 90));
    for (let layer = 0; layer < 3; layer++) {
      const u = x / size + layer * 17.3;
      const v = y / size + layer * 5.9;
      const [column, row] = [Math.floor(u), Math.floor(v)];
      const luck = cellChance(chance, column, row + layer * 40);
      const [dx, dy] = [u - column - 0.3 - 0.4 * luck, v - row - 0.7 + 0.4 * luck];
      const disc = smoothstep(0.28, 0.24, Math.hypot(dx, dy)) * smoothstep(0.45, 0.8, luck);
      mixInto(out, [out[0]!, out[1]!, out[2]!], luck > 0.6 ? warm : cold, 0.55 * disc);
    }
  };
};

/** Sky over hills: one long border that is nowhere straight. */
export const hills: Background = (random) => {
  const sky = hsl(random.uniform(190, 230), random.uniform(0.2, 0.6), random.uniform(0.6, 0.85));
  const land = hsl(random.uniform(60, 140), random.uniform(0.2, 0.5), random.uniform(0.15, 0.4));
  const ridge = layerNoise(createNoise(random), 5);
  const texture = layerNoise(createNoise(random.fork('texture')), 5);
  const clouds = layerNoise(createNoise(random.fork('clouds')), 4);
  return (x, y, out) => {
    mixInto(out, sky, [248, 248, 250], smoothstep(0.45, 0.75, clouds(x / 130, y / 60)));
    for (let layer = 0; layer < 3; layer++) {
      const height = (ridge(x / 170 + layer * 50, layer * 9) - 0.5) * 160 + layer * 45 - 60;
      const below = smoothstep(-1, 1, (y % 400) - height);
      const tone = mix(mix(sky, land, 0.5 + layer * 0.25), [20, 24, 16], texture(x / 20, y / 20) * 0.6);
      mixInto(out, [out[0]!, out[1]!, out[2]!], tone, below);
    }
  };
};

/** Blades of grass: thousands of short straight edges in all directions. */
export const grass: Background = (random) => {
  const hue = random.uniform(50, 120);
  const tones: readonly Rgb[] = [0.16, 0.28, 0.4, 0.52].map((lightness) => hsl(hue, 0.45, lightness));
  const bend = createNoise(random);
  const blades = createNoise(random.fork('blades'));
  return (x, y, out) => {
    mixInto(out, tones[0]!, tones[0]!, 0);
    const sway = 18 * (bend(x / 30, y / 30) - 0.5);
    for (let layer = 0; layer < 3; layer++) {
      const lean = (layer - 1) * 0.5;
      const along = x * Math.sin(lean) + y * Math.cos(lean);
      const across = x * Math.cos(lean) - y * Math.sin(lean) + sway;
      const blade = blades(across / 1.6 + layer * 71, along / 28);
      mixInto(out, [out[0]!, out[1]!, out[2]!], tones[layer + 1]!, smoothstep(0.56, 0.66, blade));
    }
    scaleInto(out, 0.8 + 0.4 * bend(x / 50 + 9, y / 50));
  };
};
