import type { Random } from '../src/random.js';
import type { Reproduction } from '../src/scene/capture.js';
import { arabicNames, pictureNames, type SceneOptions, sheetNames, thingNames } from '../src/scene/index.js';

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
  /** Photocopies and prints: scanned again, or a photo of the page. */
  copy: (random) => ({
    design: random.pick(['copied-card', 'copied-card', 'copied-sides'] as const),
    reproduction: random.pick<Reproduction>([
      'grey',
      'grey',
      'black-and-white',
      'black-and-white',
      'colour',
      'offset',
      'faded',
    ]),
    ...(random.chance(0.6)
      ? {
          capture: 'scan',
          margin: 0,
          ground: 'white',
          rotation: random.chance(0.6) ? 0 : (360 + random.normal(0, 0.8)) % 360,
        }
      : { areaFraction: random.uniform(0.3, 0.95), rotation: (360 + random.normal(0, 8)) % 360 }),
  }),
  /** A card on or in something larger. */
  mounted: (random) => ({
    design: random.pick([
      'card-on-form',
      'card-on-form',
      'card-on-magazine',
      'card-in-mat',
      'card-in-sleeve',
      'card-in-wallet',
      'card-on-screen',
    ] as const),
    areaFraction: random.uniform(0.25, 0.9),
  }),
  /** A screenshot with a card in it, a card pasted into a field. */
  pasted: (random) => ({
    capture: 'scan',
    design: random.pick(['card-on-screen', 'card-on-screen', 'card-in-mat'] as const),
    rotation: 0,
    margin: 0,
  }),
  /** What makes a card hard to see. */
  hindered: (random) => ({
    ...(random.chance(0.6) && {
      design: random.pick(['issued-front', 'issued-back', 'passport-data'] as const),
    }),
    areaFraction: random.uniform(0.12, 0.6),
    ...random.pick<(chance: Random) => SceneOptions>([
      () => ({ across: ['pen'] }),
      () => ({ across: ['cable'] }),
      () => ({ across: ['cable', 'pen'] }),
      () => ({ background: 'white-desk', shadowDepth: 0.15 }),
      () => ({ background: 'text-page' }),
      () => ({ background: 'newspaper' }),
      (chance) => ({ fingers: chance.int(1, 4) }),
      (chance) => ({ glare: chance.uniform(0.6, 1) }),
      (chance) => ({
        offset: [chance.pick([-1, 1]) * chance.uniform(1.02, 1.25), chance.uniform(-0.8, 0.8)],
      }),
      (chance) => ({ quality: chance.int(8, 25) }),
      (chance) => ({ brightness: chance.uniform(0.2, 0.4) }),
      (chance) => ({ contrast: chance.uniform(0.25, 0.5) }),
    ])(random),
  }),
  /** Rectangular things that are no documents. */
  thing: (random) => ({
    level: 'negative',
    design: random.pick(thingNames),
    areaFraction: random.uniform(0.1, 0.85),
    rotation: random.chance(0.75) ? (360 + random.normal(0, 5)) % 360 : random.uniform(0, 360),
    ...(random.chance(0.15) && {
      offset: [random.pick([-1, 1]) * random.uniform(1.02, 1.4), random.uniform(-0.9, 0.9)] as const,
    }),
  }),
  /** Pictures, screenshots, collages: nothing but what the file shows. */
  picture: (random) => ({
    level: 'negative',
    capture: 'scan',
    design: random.pick([...pictureNames, ...pictureNames, ...thingNames]),
    rotation: random.chance(0.8) ? 0 : (360 + random.normal(0, 2)) % 360,
  }),
  /** A desk or a view without anything on it. */
  bare: () => ({ level: 'negative' }),
  /** Documents in Arabic and Latin letters, on a desk or in a hand. */
  arabic: (random) => ({
    design: random.pick([...arabicNames, 'arabic-front', 'arabic-front'] as const),
    ...(random.chance(0.4)
      ? {
          hand: random.pick(['left', 'right'] as const),
          fingers: 0,
          backgroundBlur: random.uniform(2, 8),
          areaFraction: random.uniform(0.12, 0.4),
          rotation: (360 + random.normal(0, 6)) % 360,
        }
      : { areaFraction: random.uniform(0.12, 0.7) }),
  }),
} as const satisfies Record<string, (random: Random) => SceneOptions>;

export type SceneKind = keyof typeof sceneKinds;

export const sceneKindNames = Object.keys(sceneKinds) as SceneKind[];

/** What `all` means: the kinds that the figures in bench/ were measured on, so that a seed goes on to draw the same folder. */
export const measuredKindNames = sceneKindNames.filter((name) => name !== 'arabic');
