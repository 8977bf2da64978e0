import type { Random } from '../../random.js';
import type { PaintFunction } from '../colour.js';

/**
 * A surface to lie on: the colour at every point of the desk, in millimetres. `pixel` is the size of a photo's pixel
 * there, in millimetres: nothing finer needs to be drawn, and edges are softened over that width.
 */
export type Background = (random: Random, pixel: number) => PaintFunction;
