import type { FixtureName } from '../src/photos/fixtures.js';
import type { PhotoEncoding, SceneOptions } from '../src/scene/index.js';
import type { SceneRequest } from '../src/scene/request.js';
import type { PhotoFault } from '../src/vision/types.js';

/** How a fixture is made: `draw` a scene; `cut` the file of one short; or a `blank` picture of that size. */
export interface Recipe {
  readonly description: string;
  readonly make: 'draw' | 'cut' | 'blank';
  readonly scene: SceneOptions;
  readonly encoding: PhotoEncoding;
  readonly fault?: PhotoFault;
}

const jpeg: PhotoEncoding = { format: 'jpeg', quality: 85 };

/** What the photos have in common unless they say otherwise: one size, calm light, a little noise. */
const calm: SceneOptions = {
  level: 'easy',
  width: 1280,
  height: 960,
  cornerRadius: 3.18,
  castShadow: 0,
  glare: 0,
  saturation: 1,
  noise: 1.5,
  shake: 0,
  blur: 0.4,
};

const drawn = (description: string, scene: SceneOptions, encoding = jpeg): Recipe => ({
  description,
  make: 'draw',
  scene: { ...calm, ...scene },
  encoding,
});

export const recipes: Readonly<Record<FixtureName, Recipe>> = {
  'card-on-table': drawn('A card on a wooden table, slightly turned; the photo of the README.', {
    seed: 'card-on-table',
    design: 'national',
    background: 'planks',
    rotation: 352,
    tilt: 14,
    tiltAxis: 4,
    areaFraction: 0.34,
    offset: [0.1, 0.05],
    brightness: 1,
    warmth: 0.2,
  }),
  rotated: drawn('A card turned by 37 degrees.', {
    seed: 'rotated',
    design: 'banded',
    background: 'linen',
    rotation: 37,
    areaFraction: 0.27,
  }),
  'upside-down': drawn('A card that lies on its head: it is returned as it is seen.', {
    seed: 'upside-down',
    design: 'permit',
    background: 'concrete',
    rotation: 176,
    areaFraction: 0.3,
  }),
  'strong-perspective': drawn('A card seen from far to one side.', {
    seed: 'strong-perspective',
    design: 'licence',
    background: 'marble',
    rotation: 12,
    tilt: 46,
    tiltAxis: 12,
    areaFraction: 0.24,
  }),
  'exif-orientation-6': drawn(
    'Stored lying on its side; EXIF orientation 6 says to turn it by 90 degrees.',
    {
      seed: 'exif-6',
      width: 960,
      height: 1280,
      design: 'zone-back',
      background: 'wood',
      rotation: 4,
      areaFraction: 0.22,
    },
    { ...jpeg, orientation: 6 },
  ),
  'exif-orientation-3': drawn(
    'Stored upside down; EXIF orientation 3 says to turn it by 180 degrees.',
    { seed: 'exif-3', design: 'halves', background: 'fabric', rotation: 8, areaFraction: 0.3 },
    { ...jpeg, orientation: 3 },
  ),
  'portrait-card': drawn('A badge that is read upright.', {
    seed: 'portrait-card',
    width: 960,
    height: 1280,
    design: 'badge',
    background: 'denim',
    rotation: 6,
    areaFraction: 0.3,
  }),
  'card-back': drawn('The back of a card; its magnetic stripe is a stronger edge than its border.', {
    seed: 'card-back',
    design: 'stripe-back',
    background: 'plain-light',
    rotation: 349,
    tilt: 16,
    areaFraction: 0.28,
  }),
  png: drawn(
    'The same kind of photo as a PNG.',
    {
      seed: 'png',
      width: 640,
      height: 480,
      design: 'shapes',
      background: 'plain-dark',
      rotation: 5,
      noise: 0,
      areaFraction: 0.32,
    },
    { format: 'png' },
  ),
  webp: drawn(
    'The same kind of photo as a WebP.',
    { seed: 'webp', design: 'swoosh', background: 'stone', rotation: 343, areaFraction: 0.3 },
    { format: 'webp', quality: 80 },
  ),
  'dark-on-dark': drawn('A dark card on dark leather.', {
    seed: 'dark-on-dark-2',
    design: 'dark',
    background: 'leather',
    rotation: 9,
    areaFraction: 0.3,
  }),
  'white-on-white': drawn('A white card on a white desk: only its shadow and its rim show it.', {
    seed: 'white-on-white',
    design: 'plain',
    background: 'white-desk',
    rotation: 348,
    tilt: 10,
    areaFraction: 0.28,
    shadowDepth: 0.35,
    brightness: 0.95,
  }),
  'patterned-cloth': drawn('A card on a tartan cloth full of straight lines.', {
    seed: 'patterned-cloth',
    design: 'scenic',
    background: 'plaid',
    rotation: 14,
    areaFraction: 0.25,
  }),
  cluttered: drawn('A card among a phone, a note and a cup, over a printed sheet.', {
    seed: 'cluttered',
    level: 'medium',
    design: 'licence',
    background: 'wood',
    rotation: 20,
    tilt: 18,
    areaFraction: 0.17,
    clutter: ['sheet', 'phone', 'note', 'cup', 'pen'],
    fingers: 0,
    brightness: 0.95,
    offset: [0.1, 0],
  }),
  'held-by-fingers': drawn('Fingers reach over the card.', {
    seed: 'held-by-fingers',
    design: 'student',
    background: 'carpet',
    rotation: 352,
    fingers: 2,
    areaFraction: 0.28,
  }),
  glare: drawn('A lamp mirrored in the card.', {
    seed: 'glare',
    design: 'banded',
    background: 'plain-dark',
    rotation: 10,
    glare: 0.9,
    areaFraction: 0.3,
  }),
  'cast-shadow': drawn('A hard shadow crosses the card.', {
    seed: 'cast-shadow',
    design: 'framed',
    background: 'concrete',
    rotation: 356,
    castShadow: 0.5,
    areaFraction: 0.3,
  }),
  'out-of-frame': drawn('One end of the card lies a little outside the photo.', {
    seed: 'out-of-frame',
    design: 'national',
    background: 'plain-colour',
    rotation: 7,
    tilt: 8,
    areaFraction: 0.36,
    offset: [1.04, -0.1],
  }),
  'already-cropped': drawn('A card that fills its photo, as after a first crop.', {
    seed: 'already-cropped',
    width: 1016,
    height: 642,
    design: 'permit',
    background: 'plain-dark',
    rotation: 0,
    tilt: 0,
    areaFraction: 0.985,
    offset: [0, 0],
  }),
  'twelve-megapixels': drawn(
    'As large as a phone takes them.',
    {
      seed: 'twelve-megapixels',
      width: 4000,
      height: 3000,
      design: 'zone-back',
      background: 'plain-colour',
      rotation: 355,
      tilt: 12,
      areaFraction: 0.22,
      blur: 2,
      noise: 0.4,
      sharpening: 0,
    },
    { format: 'jpeg', quality: 62 },
  ),
  'no-card': {
    description: 'A desk with a cup and a pen, and no card.',
    make: 'draw',
    scene: {
      ...calm,
      seed: 'no-card',
      level: 'negative',
      background: 'wood',
      clutter: ['cup', 'pen', 'coin', 'cable'],
      fingers: 0,
      tilt: 20,
      areaFraction: 0.2,
    },
    encoding: jpeg,
    fault: 'card-not-found',
  },
  truncated: {
    description: 'A JPEG whose upload broke off: the header is whole, the picture is not.',
    make: 'cut',
    scene: { ...calm, seed: 'truncated', width: 640, height: 480, design: 'plain', background: 'wood' },
    encoding: jpeg,
    fault: 'image-unreadable',
  },
  'too-small': {
    description: 'A photo of 40 × 30 pixels: a whole card, far too small.',
    make: 'draw',
    scene: {
      ...calm,
      seed: 'too-small',
      width: 40,
      height: 30,
      design: 'plain',
      background: 'plain-dark',
      blur: 0,
    },
    encoding: { format: 'png' },
    fault: 'image-too-small',
  },
  'too-large': {
    description: 'Ten kilobytes that unpack to a hundred megapixels.',
    make: 'blank',
    scene: { width: 10_000, height: 10_000 },
    encoding: { format: 'png' },
    fault: 'image-too-large',
  },
};

/** The photo in `fixtures/magic-cards/`, beside the card to print. */
export const magicCardPhoto = {
  level: 'easy',
  seed: 'magic-card',
  card: 'no-card',
  width: 1280,
  height: 960,
  background: 'planks',
  rotation: 8,
  tilt: 18,
  areaFraction: 0.3,
  quality: 80,
} as const satisfies SceneRequest;
