import type { Random } from '../random.js';

/** Smooth chance over the plane, 0 to 1, one bump per unit; repeats after 256 units. */
export type Noise = (x: number, y: number) => number;

const side = 256;
const mask = side - 1;

/** Value noise: random numbers on a lattice, smoothly interpolated. */
export function createNoise(random: Random): Noise {
  const lattice = Float32Array.from({ length: side * side }, () => random.next());
  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const fx = x - column;
    const fy = y - row;
    const sx = fx * fx * (3 - 2 * fx);
    const sy = fy * fy * (3 - 2 * fy);
    const left = column & mask;
    const right = (column + 1) & mask;
    const upper = (row & mask) * side;
    const lower = ((row + 1) & mask) * side;
    const top = lattice[upper + left]! + (lattice[upper + right]! - lattice[upper + left]!) * sx;
    const bottom = lattice[lower + left]! + (lattice[lower + right]! - lattice[lower + left]!) * sx;
    return top + (bottom - top) * sy;
  };
}

/** Octaves of noise, each half as strong and twice as fine as the one before; 0 to 1, mostly near 0.5. */
export function layerNoise(noise: Noise, octaves: number): Noise {
  const total = 2 - 2 ** (1 - octaves);
  return (x, y) => {
    let sum = 0;
    let strength = 1;
    for (let octave = 0; octave < octaves; octave++) {
      // Shifted by a different amount each, or the lattices would show through at the origin.
      sum += strength * noise(x + octave * 37.7, y + octave * 91.3);
      strength /= 2;
      x *= 2;
      y *= 2;
    }
    return sum / total;
  };
}

/** A number from 0 to 1 for each cell of a grid. */
export function cellChance(noise: Noise, column: number, row: number): number {
  return noise(Math.round(column) * 7 + 3, Math.round(row) * 13 + 5);
}
