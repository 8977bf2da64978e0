import type { Random } from '../../random.js';
import type { PaintFunction } from '../colour.js';
import * as natural from './natural.js';
import * as plain from './plain.js';
import * as printed from './printed.js';
import * as ruled from './ruled.js';
import type { Background } from './types.js';
import * as views from './views.js';
import * as woven from './woven.js';

export const backgrounds = {
  wood: natural.wood,
  planks: natural.planks,
  marble: natural.marble,
  stone: natural.stone,
  concrete: natural.concrete,
  leather: natural.leather,
  leaves: natural.leaves,
  'plain-light': plain.plainLight,
  'plain-dark': plain.plainDark,
  'plain-colour': plain.plainColour,
  'white-desk': plain.whiteDesk,
  gradient: plain.gradient,
  linen: plain.linen,
  fabric: woven.fabric,
  denim: woven.denim,
  plaid: woven.plaid,
  carpet: woven.carpet,
  tiles: ruled.tiles,
  mosaic: ruled.mosaic,
  'ruled-sheet': ruled.ruledSheet,
  'graph-paper': ruled.graphPaper,
  stripes: ruled.stripes,
  checks: ruled.checks,
  'text-page': printed.textPage,
  newspaper: printed.newspaper,
  keyboard: printed.keyboard,
  'printed-pattern': printed.printedPattern,
  lights: views.lights,
  hills: views.hills,
  grass: views.grass,
} as const satisfies Record<string, Background>;

export type BackgroundName = keyof typeof backgrounds;

export const backgroundNames = Object.keys(backgrounds) as readonly BackgroundName[];

/** The named surface, turned and shifted by chance so that its lines seldom run along the frame. */
export function createBackground(name: BackgroundName, random: Random, pixel: number): PaintFunction {
  const surface = backgrounds[name](random.fork('surface'), pixel);
  const placing = random.fork('placing');
  // Things lie along a desk's edge more often than not.
  const angle = placing.chance(0.5)
    ? placing.normal(0, 0.06) + placing.int(0, 1) * (Math.PI / 2)
    : placing.uniform(0, 6.3);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const [dx, dy] = [placing.uniform(-500, 500), placing.uniform(-500, 500)];
  return (x, y, out) => surface(x * cos - y * sin + dx, x * sin + y * cos + dy, out);
}
