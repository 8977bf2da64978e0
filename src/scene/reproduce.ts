import type { Random } from '../random.js';
import type { Canvas } from './canvas.js';
import type { Reproduction } from './capture.js';

type Tone = (red: number, green: number, blue: number) => readonly [number, number, number];

const tones: Readonly<Record<Exclude<Reproduction, 'colour'>, (random: Random) => Tone>> = {
  grey: (random) => {
    const [contrast, lift] = [random.uniform(0.8, 1.7), random.uniform(-10, 40)];
    return (red, green, blue) => same((greyOf(red, green, blue) - 128) * contrast + 128 + lift);
  },
  /** Pale paper is bleached away together with its border. */
  'black-and-white': (random) => {
    const [threshold, hardness] = [random.uniform(85, 175), random.uniform(3, 30)];
    return (red, green, blue) => same((greyOf(red, green, blue) - threshold) * hardness + 128);
  },
  /** Coloured inks vanish, black ones stay. */
  infrared: (random) => {
    const lift = random.uniform(-60, 10);
    return (red, green, blue) => same(0.6 * Math.max(red, green, blue) + 0.4 * red + lift);
  },
  faded: (random) => {
    const [black, white] = [random.uniform(25, 90), random.uniform(205, 250)];
    const left = random.uniform(0.3, 0.9);
    return (red, green, blue) => {
      const grey = greyOf(red, green, blue);
      const fade = (value: number) => black + ((grey + (value - grey) * left) / 255) * (white - black);
      return [fade(red), fade(green), fade(blue)];
    };
  },
  /** Four inks cannot show every colour: it gets duller, and takes a cast. */
  offset: (random) => {
    const bleed = random.uniform(0.08, 0.3);
    const cast = [random.uniform(-18, 14), random.uniform(-14, 12), random.uniform(-22, 18)] as const;
    return (red, green, blue) => [
      red + (green - red) * bleed + cast[0],
      green + (blue - green) * bleed * 0.6 + cast[1],
      blue + (green - blue) * bleed + cast[2],
    ];
  },
};

/** Turns what is drawn into a copy of it, in place. */
export function reproduce({ data }: Canvas, reproduction: Reproduction, random: Random): void {
  if (reproduction === 'colour') return;
  const tone = tones[reproduction](random);
  for (let i = 0; i < data.length; i += 3) {
    const [red, green, blue] = tone(data[i]!, data[i + 1]!, data[i + 2]!);
    data[i] = red;
    data[i + 1] = green;
    data[i + 2] = blue;
  }
}

function greyOf(red: number, green: number, blue: number): number {
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}

function same(level: number): readonly [number, number, number] {
  return [level, level, level];
}
