import type { Random } from '../../random.js';
import { hsl, mix, mixInto, type PaintFunction, type Rgb, scaleInto, smoothstep, vary } from '../colour.js';
import { cellChance, createNoise, layerNoise } from '../noise.js';
import type { Background } from './types.js';

const woods: readonly (readonly [light: Rgb, dark: Rgb])[] = [
  [
    [214, 170, 116],
    [150, 100, 56],
  ],
  [
    [186, 128, 76],
    [112, 66, 34],
  ],
  [
    [232, 208, 168],
    [190, 152, 102],
  ],
  [
    [120, 78, 50],
    [60, 36, 24],
  ],
  [
    [150, 140, 128],
    [88, 80, 74],
  ],
];

/** Growth rings cut lengthwise: stretched noise folded into bands, with pores and, now and then, a knot's swirl. */
function grain(random: Random, [light, dark]: readonly [Rgb, Rgb]): PaintFunction {
  const body = layerNoise(createNoise(random), 3);
  const fibre = createNoise(random.fork('fibre'));
  const bands = random.uniform(5, 14);
  const stretch = random.uniform(180, 420);
  return (x, y, out) => {
    const height = body(x / stretch, y / 42);
    const ring = height * bands;
    const saw = ring - Math.floor(ring);
    const late = smoothstep(0.35, 1, saw) * (1 - smoothstep(0.96, 1, saw));
    const pores = fibre(x / 7, y * 3.1);
    mixInto(out, light, dark, 0.1 + 0.5 * late + 0.28 * (pores - 0.3) + 0.4 * (height - 0.5));
  };
}

export const wood: Background = (random) => grain(random, random.pick(woods));

/** Boards side by side with dark joints: long straight lines that belong to no card. */
export const planks: Background = (random, pixel) => {
  const tones = random.pick(woods);
  const board = grain(random, tones);
  const chance = createNoise(random.fork('boards'));
  const breadth = random.uniform(38, 120);
  const joint = random.uniform(0.5, 1.6);
  return (x, y, out) => {
    const row = Math.floor(y / breadth);
    const tone = cellChance(chance, row, 0);
    board(x + 400 * tone, y + 900 * tone, out);
    scaleInto(out, 0.82 + 0.36 * tone);
    const distance = Math.abs(y - Math.round(y / breadth) * breadth);
    const gap = smoothstep(joint / 2 + pixel, Math.max(0, joint / 2 - pixel), distance);
    scaleInto(out, 1 - 0.75 * gap);
  };
};

export const marble: Background = (random) => {
  const dark = random.chance(0.3);
  const body: Rgb = dark ? [46, 48, 54] : [232, 230, 226];
  const vein: Rgb = dark ? [190, 186, 178] : [128, 126, 130];
  const cloud = layerNoise(createNoise(random), 4);
  const warp = layerNoise(createNoise(random.fork('warp')), 4);
  return (x, y, out) => {
    const wx = x / 110 + 1.7 * warp(x / 160, y / 160);
    const wy = y / 150 + 1.7 * warp(y / 160 + 40, x / 160);
    const ridge = 1 - Math.abs(2 * cloud(wx, wy) - 1);
    const thin = smoothstep(0.93, 1, ridge);
    mixInto(out, body, vein, 0.75 * thin + 0.22 * (cloud(wx + 9, wy) - 0.35));
  };
};

/** Polished granite or terrazzo: chips of several colours and sizes in a ground. */
export const stone: Background = (random) => {
  const ground = hsl(random.uniform(0, 60), random.uniform(0.02, 0.15), random.uniform(0.35, 0.8));
  const contrast = random.uniform(0.15, 0.7);
  const size = random.uniform(0.6, 4);
  const chips = Array.from({ length: 4 }, (_, i) => ({
    colour: mix(
      ground,
      vary(
        random.pick<Rgb>([
          [44, 42, 44],
          [235, 230, 224],
          [150, 110, 90],
        ]),
        random,
        30,
      ),
      contrast,
    ),
    noise: createNoise(random.fork(i)),
    size: size * random.uniform(0.5, 2),
    rarity: random.uniform(0.66, 0.8),
  }));
  const cloud = layerNoise(createNoise(random.fork('cloud')), 2);
  return (x, y, out) => {
    mixInto(out, ground, ground, 0);
    for (const chip of chips) {
      const height = chip.noise(x / chip.size, y / chip.size);
      if (height > chip.rarity) mixInto(out, ground, chip.colour, smoothstep(0, 0.04, height - chip.rarity));
    }
    scaleInto(out, 0.94 + 0.12 * cloud(x / 80, y / 80));
  };
};

export const concrete: Background = (random) => {
  const colour = hsl(random.uniform(20, 60), random.uniform(0.02, 0.1), random.uniform(0.45, 0.7));
  const rough = layerNoise(createNoise(random), 6);
  const pits = createNoise(random.fork('pits'));
  return (x, y, out) => {
    const pit = smoothstep(0.86, 0.95, pits(x / 2.3, y / 2.3));
    mixInto(out, colour, mix(colour, [30, 28, 26], 0.55), pit * 0.6 + 0.9 * (rough(x / 70, y / 70) - 0.45));
  };
};

/** Grain leather: small pebbles with creases between them, paler where it is worn. */
export const leather: Background = (random) => {
  const hue = random.pick([18, 22, 28, 350, 220, 40]);
  const colour = hsl(hue, random.uniform(0.15, 0.55), random.uniform(0.1, 0.4));
  const pebbles = layerNoise(createNoise(random), 2);
  const size = random.uniform(0.8, 1.8);
  const wear = layerNoise(createNoise(random.fork('wear')), 4);
  return (x, y, out) => {
    const crease = smoothstep(0.12, 0, Math.abs(pebbles(x / size, y / size) - 0.5));
    mixInto(out, colour, colour, 0);
    scaleInto(out, 1 - 0.22 * crease + 0.35 * (wear(x / 70, y / 70) - 0.45));
  };
};

const leafGreens: readonly Rgb[] = [
  [64, 112, 44],
  [96, 142, 52],
  [40, 84, 40],
  [140, 150, 60],
  [150, 110, 50],
];

/** Leaves on the ground, layer over layer; each layer hides the one below where its cells have a leaf. */
export const leaves: Background = (random) => {
  const chance = createNoise(random);
  const veins = createNoise(random.fork('veins'));
  const size = random.uniform(14, 40);
  const shade: Rgb = [26, 30, 18];
  return (x, y, out) => {
    mixInto(out, shade, shade, 0);
    for (let layer = 0; layer < 4; layer++) {
      // Each layer's cells are turned and shifted against those of the others.
      const turn = layer * 0.9;
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      paintLeaf(x * cos - y * sin + layer * 517, x * sin + y * cos + layer * 301, layer, out);
    }
  };
  function paintLeaf(x: number, y: number, layer: number, out: Float32Array): void {
    const column = Math.floor(x / size);
    const row = Math.floor(y / size);
    const angle = cellChance(chance, column, row) * 12.566;
    const stray = cellChance(chance, column + 31, row + 17) - 0.5;
    const dx = x - (column + 0.5 + 0.5 * stray) * size;
    const dy = y - (row + 0.5 - 0.4 * stray) * size;
    const along = dx * Math.cos(angle) + dy * Math.sin(angle);
    const across = dy * Math.cos(angle) - dx * Math.sin(angle);
    const reach = size * 0.52;
    const breadth = 0.42 * size * (1 - (along / reach) ** 2);
    const inside = breadth - Math.abs(across);
    if (inside <= 0) return;
    const tone = cellChance(chance, column + 50 * layer, row + 90);
    const colour = leafGreens[Math.floor(tone * 4.99)]!;
    const rib = smoothstep(0.5, 0, Math.abs(across)) * 0.4;
    const light =
      0.6 + 0.2 * layer + 0.5 * (veins(x / 3, y / 3) - 0.5) + 0.3 * (across > 0 ? tone - 0.5 : 0.5 - tone);
    const edge = smoothstep(0, 0.8, inside);
    mixInto(out, [out[0]!, out[1]!, out[2]!], colour, edge);
    scaleInto(out, 1 + (light + rib - 1) * edge);
  }
};
