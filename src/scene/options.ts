import { createRandom, type Random } from '../random.js';
import type { Point } from '../vision/types.js';
import { type BackgroundName, backgroundNames } from './backgrounds/index.js';
import { type Ground, grounds, type Reproduction } from './capture.js';
import { type ClutterName, clutterNames, harmlessClutter } from './clutter.js';
import { cardCornerRadius, cardNames, type Design, planDesign } from './designs/index.js';
import type { Level, SceneOptions, SceneSettings } from './request.js';
import { turnedBox } from './scan.js';

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
export function decideScene(
  { longSide: asked, ...options }: SceneOptions = {},
  face?: Design,
): SceneSettings {
  const { seed = 1, level = 'easy', capture = 'photo' } = options;
  const random = createRandom(`scene/${seed}`);
  const conditions =
    level === 'negative' ? random.fork('level').pick(['easy', 'medium', 'hard'] as const) : level;
  const range = ranges[conditions];
  const [width, height] = sizeFor(random.fork('size').pick(range.sizes), asked);
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
    capture,
    reproduction: 'colour',
    margin: 0,
    ground: 'white',
    stretch: 1,
    across: [],
    hand: 'none',
    contrast: 1,
  };
  if (capture === 'photo') return { ...drawn, ...options };
  const scanned = { ...drawn, ...drawScan(random.fork('scan')), ...options };
  return { ...scanned, ...scanSize(random.fork('scan/size'), scanned, options, asked, face) };
}

/** What is shown, its size and layout decided; null for a scene without it. */
export function planFace({ seed, design }: Pick<SceneSettings, 'seed' | 'design'>): Design | null {
  return design === null ? null : planDesign(design, createRandom(`scene/${seed}`).fork('layout'));
}

type Size = readonly [width: number, height: number];

function sizeFor([width, height]: Size, longSide?: number): Size {
  if (longSide === undefined) return [width, height];
  const scale = longSide / Math.max(width, height);
  return [Math.max(16, Math.round(width * scale)), Math.max(16, Math.round(height * scale))];
}

/** A flatbed or a program that crops: no camera, an even light, and hardly anything beside the document. */
function drawScan(random: Random) {
  const cut = random.next();
  const margin =
    cut < 0.45 ? 0 : cut < 0.55 ? random.uniform(-0.03, 0) : random.uniform(0.004, cut < 0.92 ? 0.035 : 0.12);
  const quarter = random.pick([0, 0, 0, 0, 0, 0, 0, 90, 180, 270]);
  const skew = random.chance(0.55) ? 0 : Math.max(-3, Math.min(3, random.normal(0, 0.9)));
  const unit = random.uniform(0.3, 1);
  return {
    rotation: (quarter + skew + 360) % 360,
    tilt: 0,
    tiltAxis: 0,
    areaFraction: 1,
    offset: [0, 0] as const,
    cornerRadius: random.pick([0, 0, cardCornerRadius, random.uniform(1, 5)]),
    clutter: [],
    fingers: 0,
    backgroundBlur: 0,
    brightness: random.uniform(0.85, 1.12),
    unevenness: random.chance(0.3) ? random.uniform(0, 0.2) : 0,
    vignette: random.chance(0.2) ? random.uniform(0, 0.15) : 0,
    castShadow: 0,
    glare: 0,
    shadowDepth: random.chance(0.5) ? 0 : random.uniform(0.1, 0.6),
    warmth: random.normal(0, 0.3),
    saturation: random.chance(0.08) ? 0 : random.uniform(0.6, 1.25),
    blur: random.chance(0.25) ? unit * 1.6 : unit * 0.4,
    shake: 0,
    noise: random.chance(0.5) ? random.uniform(0, 2) : random.uniform(2, 9),
    sharpening: random.chance(0.4) ? random.uniform(0.2, 1.4) : 0,
    quality: random.chance(0.3) ? random.int(18, 50) : random.int(50, 95),
    reproduction: random.pick<Reproduction>([
      ...Array.from({ length: 12 }, () => 'colour' as const),
      'grey',
      'grey',
      'black-and-white',
      'infrared',
      'faded',
      'offset',
    ]),
    margin,
    ground: random.pick<Ground>(['white', 'white', ...grounds]),
    stretch: random.chance(0.3) ? random.uniform(0.9, 1.12) : 1,
  };
}

/** A scan is as broad and as high as the document and its margins ask, unless both are given. */
function scanSize(
  random: Random,
  scanned: SceneSettings,
  { width, height }: SceneOptions,
  longSide: number | undefined,
  own?: Design,
) {
  const face = own ?? planFace(scanned);
  const drawn = Math.round(360 * 4.5 ** random.next());
  if (face === null || (width !== undefined && height !== undefined)) return {};
  const box = turnedBox(face, scanned.rotation, scanned.stretch);
  // A margin is a share of the frame's shorter side, which it makes longer itself.
  const free = (2 * scanned.margin * Math.min(box.width, box.height)) / (1 - 2 * scanned.margin);
  const [across, down] = [box.width + free, box.height + free];
  const scale =
    width !== undefined
      ? width / across
      : height !== undefined
        ? height / down
        : (longSide ?? drawn) / Math.max(across, down);
  return {
    width: width ?? Math.max(16, Math.round(across * scale)),
    height: height ?? Math.max(16, Math.round(down * scale)),
  };
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
