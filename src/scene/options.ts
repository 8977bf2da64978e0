import { createRandom, type Random } from '../random.js';
import type { Point } from '../vision/types.js';
import { type BackgroundName, backgroundNames } from './backgrounds/index.js';
import { type ClutterName, clutterNames, harmlessClutter } from './clutter.js';
import { cardCornerRadius, cardNames } from './designs/index.js';
import type { Level, SceneOptions, SceneSettings } from './request.js';

interface Ranges {
  readonly sizes: readonly (readonly [width: number, height: number])[];
  /** Share of cards that lie within `lean` degrees of upright; the others lie anyhow. */
  readonly upright: number;
  readonly lean: number;
  readonly tilt: readonly [number, number];
  readonly areaFraction: readonly [number, number];
  readonly clutter: readonly [number, number];
  readonly fingers: number;
  readonly held: number;
  readonly outOfFrame: number;
  readonly brightness: readonly [number, number];
  readonly unevenness: readonly [number, number];
  readonly castShadow: number;
  readonly glare: number;
  readonly blur: number;
  readonly noise: readonly [number, number];
  readonly quality: readonly [number, number];
}

const phoneSizes = [
  [1280, 960],
  [960, 1280],
  [1600, 1200],
  [1200, 1600],
  [1920, 1080],
  [1080, 1920],
] as const;

const smallSizes = [
  [640, 480],
  [480, 640],
  [800, 600],
  [900, 675],
] as const;

const ranges: Readonly<Record<Exclude<Level, 'negative'>, Ranges>> = {
  easy: {
    sizes: [...phoneSizes, ...smallSizes],
    upright: 0.75,
    lean: 12,
    tilt: [0, 14],
    areaFraction: [0.2, 0.5],
    clutter: [0, 0],
    fingers: 0,
    held: 0,
    outOfFrame: 0,
    brightness: [0.88, 1.04],
    unevenness: [0, 0.3],
    castShadow: 0.08,
    glare: 0.15,
    blur: 0.05,
    noise: [0.5, 3],
    quality: [80, 94],
  },
  medium: {
    sizes: [...phoneSizes, ...smallSizes],
    upright: 0.6,
    lean: 30,
    tilt: [4, 30],
    areaFraction: [0.12, 0.45],
    clutter: [0, 3],
    fingers: 0.25,
    held: 0.12,
    outOfFrame: 0.02,
    brightness: [0.7, 1.1],
    unevenness: [0.1, 0.6],
    castShadow: 0.3,
    glare: 0.35,
    blur: 0.15,
    noise: [1.5, 6],
    quality: [60, 90],
  },
  hard: {
    sizes: [...phoneSizes, ...smallSizes, [2048, 1536]],
    upright: 0.3,
    lean: 40,
    tilt: [10, 44],
    areaFraction: [0.06, 0.36],
    clutter: [1, 5],
    fingers: 0.35,
    held: 0.15,
    outOfFrame: 0.1,
    brightness: [0.35, 1.2],
    unevenness: [0.2, 0.9],
    castShadow: 0.45,
    glare: 0.45,
    blur: 0.35,
    noise: [3, 12],
    quality: [32, 80],
  },
};

const plainBackgrounds: readonly BackgroundName[] = [
  'wood',
  'planks',
  'marble',
  'stone',
  'concrete',
  'leather',
  'plain-light',
  'plain-dark',
  'plain-colour',
  'gradient',
  'linen',
  'fabric',
  'denim',
];

/** Decides everything that `options` leaves open. A setting that is given changes no other draw. */
export function decideScene(options: SceneOptions = {}): SceneSettings {
  const { seed = 1, level = 'easy' } = options;
  const random = createRandom(`scene/${seed}`);
  const conditions =
    level === 'negative' ? random.fork('level').pick(['easy', 'medium', 'hard'] as const) : level;
  const range = ranges[conditions];
  const [width, height] = random.fork('size').pick(range.sizes);
  const longSide = Math.max(options.width ?? width, options.height ?? height);
  const held = level !== 'negative' && random.fork('held').chance(range.held);
  const drawn: SceneSettings = {
    seed,
    level,
    width,
    height,
    design: level === 'negative' ? null : random.fork('design').pick(cardNames),
    background: drawBackground(random.fork('background'), level),
    ...drawPose(random, range),
    cornerRadius: random.fork('corner').chance(0.12) ? 0 : cardCornerRadius,
    clutter: drawClutter(random.fork('clutter'), range, level),
    fingers: held || random.fork('fingers').chance(range.fingers) ? random.fork('fingers').int(1, 3) : 0,
    backgroundBlur: held ? (random.fork('held').uniform(3, 12) * longSide) / 1600 : 0,
    ...drawLight(random, range),
    ...drawOptics(random, range, longSide),
    quality: random.fork('quality').int(...range.quality),
  };
  return { ...drawn, ...options };
}

function drawBackground(random: Random, level: Level): BackgroundName {
  if (level === 'easy') return random.pick(plainBackgrounds);
  // The white desk is the case most often met in offices, and the hardest.
  return random.chance(0.1) ? 'white-desk' : random.pick(backgroundNames);
}

function drawPose(random: Random, range: Ranges) {
  const pose = random.fork('pose');
  const rotation = pose.chance(range.upright) ? pose.uniform(-range.lean, range.lean) : pose.uniform(0, 360);
  const beyond = pose.chance(range.outOfFrame);
  const offset = (): number => pose.uniform(-0.85, 0.85);
  const leaving: Point = [pose.pick([-1, 1]) * pose.uniform(1.02, 1.1), offset()];
  return {
    rotation: (rotation + 360) % 360,
    tilt: pose.uniform(...range.tilt),
    tiltAxis: pose.chance(0.6) ? pose.normal(0, 15) : pose.uniform(0, 360),
    areaFraction: pose.uniform(...range.areaFraction),
    offset: beyond ? leaving : ([offset(), offset()] as const),
  };
}

function drawClutter(random: Random, range: Ranges, level: Level): ClutterName[] {
  const names = level === 'negative' ? harmlessClutter : clutterNames;
  return Array.from({ length: random.int(...range.clutter) }, () => random.pick(names));
}

function drawLight(random: Random, range: Ranges) {
  const light = random.fork('light');
  const sometimes = (probability: number, low: number, high: number) => {
    const value = light.uniform(low, high);
    return light.chance(probability) ? value : 0;
  };
  return {
    brightness: light.uniform(...range.brightness),
    unevenness: light.uniform(...range.unevenness),
    vignette: light.uniform(0, 0.25),
    castShadow: sometimes(range.castShadow, 0.15, 0.55),
    glare: sometimes(range.glare, 0.3, 1),
    shadowDepth: light.uniform(0.2, 0.65),
    warmth: light.normal(0, 0.35),
    saturation: light.chance(0.06) ? 0 : light.uniform(0.7, 1.1),
  };
}

/** Blur grows with the photo, since a lens knows no pixels. */
function drawOptics(random: Random, range: Ranges, longSide: number) {
  const optics = random.fork('optics');
  const unit = longSide / 1600;
  const soft = optics.uniform(0.2, 0.7);
  const blurred = optics.uniform(1.5, 4);
  return {
    blur: unit * (optics.chance(range.blur) ? blurred : soft),
    shake: unit * (optics.chance(range.blur / 2) ? optics.uniform(4, 14) : 0),
    noise: optics.uniform(...range.noise),
    sharpening: optics.chance(0.4) ? optics.uniform(0.2, 0.9) : 0,
  };
}
