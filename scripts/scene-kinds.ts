import type { Random } from '../src/random.js';
import { type SceneOptions, sheetNames } from '../src/scene/index.js';

/** What people send, by kind: the options that make a scene of it; what they leave out is drawn as the level has it. */
export const sceneKinds = {
  /** A card on a desk, as the generator draws it when nothing is said. */
  card: () => ({}),
  /** Sheets are larger than cards and mostly fill more of their photo. */
  sheet: (random) => ({ design: random.pick(sheetNames), areaFraction: random.uniform(0.25, 0.75) }),
  /** Any card or passport page, scanned or cropped to its edge. */
  cropped: (random) => ({
    capture: 'scan',
    design: random.pick([
      'issued-front',
      'issued-front',
      'issued-front',
      'issued-back',
      'issued-upright',
      'passport-data',
      'licence',
      'national',
      'halves',
      'stripe-back',
    ] as const),
  }),
  issued: (random) => ({
    design: random.pick(['issued-front', 'issued-front', 'issued-back', 'issued-upright'] as const),
    areaFraction: random.uniform(0.12, 0.7),
  }),
  passport: (random) => ({
    design: random.pick(['passport-data', 'passport-data', 'passport-cover'] as const),
    areaFraction: random.uniform(0.15, 0.8),
  }),
  spread: (random) => ({
    design: 'passport-spread',
    ...(random.chance(0.4) ? { capture: 'scan' } : { areaFraction: random.uniform(0.3, 0.9) }),
  }),
} as const satisfies Record<string, (random: Random) => SceneOptions>;

export type SceneKind = keyof typeof sceneKinds;

export const sceneKindNames = Object.keys(sceneKinds) as SceneKind[];
