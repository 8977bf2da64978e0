import sharp from 'sharp';
import { encodePhoto, renderScene, type Scene, type SceneOptions } from '../scene/index.js';
import { sideLengths } from '../vision/geometry/plane.js';
import type { Quad, RgbImage, Size } from '../vision/types.js';
import { fixture } from './fixtures.js';

/** A photo of which it is known where each document lies: what comes back for it can be looked for in it. */
export interface KnownPhoto {
  /** The file. */
  readonly bytes: Buffer;
  /** Of each document the corners, in pixels of the upright photo; the one that should come back first. */
  readonly documents: readonly Quad[];
  /** Pixels of the crop that should come back. */
  readonly ideal: Size;
  /** Its colours are to be read by a profile that the file holds. */
  readonly hasProfile?: true;
}

/** The photos that are drawn when they are asked for, beside those of `fixtures/`. */
const drawn = {
  'two-cards': twoCards,
  photocopy: () =>
    photograph({
      seed: 'copy-0',
      design: 'copied-card',
      reproduction: 'grey',
      background: 'wood',
      width: 750,
      height: 1000,
      areaFraction: 0.6,
      rotation: 2,
      tilt: 5,
    }),
  passport: () =>
    photograph({
      seed: 'pass-3',
      design: 'passport-spread',
      background: 'plain-dark',
      width: 900,
      height: 1000,
      areaFraction: 0.5,
      rotation: 2,
      tilt: 5,
    }),
  'wide-gamut': wideGamut,
  endless: withoutEnd,
} as const satisfies Record<string, () => Promise<KnownPhoto>>;

export type KnownPhotoName = keyof typeof drawn | 'card-on-table' | 'png';

const ready = new Map<KnownPhotoName, Promise<KnownPhoto>>();

/** Drawn once. */
export function knownPhoto(name: KnownPhotoName): Promise<KnownPhoto> {
  const photo = ready.get(name) ?? (name in drawn ? drawn[name as keyof typeof drawn]() : ofFixture(name));
  ready.set(name, photo);
  return photo;
}

export const drawnPhotoNames = Object.keys(drawn) as (keyof typeof drawn)[];
export const knownPhotoNames: readonly string[] = [...drawnPhotoNames, 'card-on-table', 'png'];

async function ofFixture(name: KnownPhotoName): Promise<KnownPhoto> {
  const { bytes, corners, expected } = fixture(name as 'png');
  const { width, height } = await sharp(expected!).metadata();
  return { bytes, documents: [corners!], ideal: { width, height } };
}

const clear: SceneOptions = {
  level: 'easy',
  cornerRadius: 3.18,
  castShadow: 0,
  glare: 0,
  unevenness: 0.1,
  vignette: 0.1,
  saturation: 1,
  noise: 1.5,
  shake: 0,
  blur: 0.4,
};

async function photograph(options: SceneOptions): Promise<KnownPhoto> {
  const { image, card } = renderScene({ ...clear, ...options });
  return store(image, [card!.corners]);
}

async function store(image: RgbImage, documents: readonly Quad[]): Promise<KnownPhoto> {
  return {
    bytes: await encodePhoto(image, { format: 'jpeg', quality: 88 }),
    documents,
    ideal: sizeOf(documents[0]!),
  };
}

function sizeOf(quad: Quad): Size {
  const [top, right, bottom, left] = sideLengths(quad);
  return { width: Math.round((top + bottom) / 2), height: Math.round((left + right) / 2) };
}

/** On one desk, seen from above: nothing of either photo depends on where its card lies, so that the halves fit. */
async function twoCards(): Promise<KnownPhoto> {
  const desk: SceneOptions = {
    ...clear,
    seed: 'two-3',
    background: 'wood',
    width: 1000,
    height: 750,
    rotation: 3,
    tilt: 0,
    areaFraction: 0.17,
  };
  const left = renderScene({ ...desk, design: 'permit', offset: [-0.9, -0.5] });
  const right = renderScene({ ...desk, design: 'national', offset: [0.9, 0.5] });
  return store(joinHalves(left, right), [left.card!.corners, right.card!.corners]);
}

function joinHalves({ image: left }: Scene, { image: right }: Scene): RgbImage {
  const { width, height } = left;
  const data = Uint8Array.from(left.data);
  const half = Math.floor(width / 2);
  for (let y = 0; y < height; y++) {
    const [from, to] = [(y * width + half) * 3, (y + 1) * width * 3];
    data.set(right.data.subarray(from, to), from);
  }
  return { data, width, height };
}

/** As phones store them: lying on its side with an EXIF tag that says so, in the colours of Display P3, which the file's profile names. */
async function wideGamut(): Promise<KnownPhoto> {
  const { bytes, corners, orientation, expected } = fixture('exif-orientation-6');
  const picture = sharp(bytes).withMetadata({ orientation }).withIccProfile('p3');
  const { width, height } = await sharp(expected!).metadata();
  return {
    bytes: await picture.jpeg({ quality: 90 }).toBuffer(),
    documents: [corners!],
    ideal: { width, height },
    hasProfile: true,
  };
}

/** Without FF D9, the end marker of a JPEG. */
async function withoutEnd(): Promise<KnownPhoto> {
  const whole = await ofFixture('card-on-table');
  return { ...whole, bytes: whole.bytes.subarray(0, whole.bytes.length - 2) };
}
