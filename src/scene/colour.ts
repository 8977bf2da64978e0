import type { Random } from '../random.js';

/** sRGB, 0 to 255 per channel. Light is multiplied in this space: a product of powers is the power of the product. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Writes a colour where the caller keeps it, so that no pixel allocates. */
export type Paint = Rgb | PaintFunction;
export type PaintFunction = (x: number, y: number, out: Float32Array) => void;

/** Hue in degrees, saturation and lightness 0 to 1. */
export function hsl(hue: number, saturation: number, lightness: number): Rgb {
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (((n + hue / 30) % 12) + 12) % 12;
    return 255 * (lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

export function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** The same, written into `out`. */
export function mixInto(out: Float32Array, a: Rgb, b: Rgb, t: number): void {
  out[0] = a[0] + (b[0] - a[0]) * t;
  out[1] = a[1] + (b[1] - a[1]) * t;
  out[2] = a[2] + (b[2] - a[2]) * t;
}

export function scaleInto(out: Float32Array, factor: number): void {
  out[0] = out[0]! * factor;
  out[1] = out[1]! * factor;
  out[2] = out[2]! * factor;
}

/** A colour near `colour`: every channel moved together by `spread`, each alone by a third of it. */
export function vary(colour: Rgb, random: Random, spread: number): Rgb {
  const together = random.uniform(-spread, spread);
  const alone = () => together + random.uniform(-spread / 3, spread / 3);
  return [clamp(colour[0] + alone()), clamp(colour[1] + alone()), clamp(colour[2] + alone())];
}

export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, value));
}

export const white: Rgb = [250, 250, 248];
export const ink: Rgb = [28, 28, 34];
