import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';
import type { SceneOptions } from '../scene/request.js';
import type { ImageFormat, PhotoFault, Quad } from '../vision/types.js';

/**
 * Photos that ship with the package; those drawn on request are in `draw-scene.ts`. The photo of a request is in `api/photo.ts`.
 */

/** The photos under `fixtures/`; `manifest.json` has one entry for each, a test compares the two. */
export const fixtureNames = [
  'card-on-table',
  'rotated',
  'upside-down',
  'strong-perspective',
  'exif-orientation-6',
  'exif-orientation-3',
  'portrait-card',
  'card-back',
  'png',
  'webp',
  'dark-on-dark',
  'white-on-white',
  'patterned-cloth',
  'cluttered',
  'held-by-fingers',
  'glare',
  'cast-shadow',
  'out-of-frame',
  'already-cropped',
  'twelve-megapixels',
  'no-card',
  'truncated',
  'too-small',
  'too-large',
] as const;

export type FixtureName = (typeof fixtureNames)[number];

/** An entry of `fixtures/manifest.json`. */
export interface FixtureEntry {
  readonly description: string;
  /** Path under `fixtures/`. */
  readonly file: string;
  readonly format: ImageFormat;
  /** Bytes of the file. */
  readonly bytes: number;
  /** Pixels of the upright image (EXIF turn applied). */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation of the file. */
  readonly orientation: number;
  /** The true corners, clockwise from the one that appears top-left, in pixels of the upright image; null without a card. */
  readonly corners: Quad | null;
  /** The same, from the top-left of the card as it is read. */
  readonly documentCorners: Quad | null;
  /** What the simulator has to object to; null where it returns a card. */
  readonly fault: PhotoFault | null;
  /** The ideal crop, made through the true corners; path under `fixtures/`. */
  readonly expected: string | null;
  /** What the generator was given to draw it; null where nothing was drawn. */
  readonly scene: SceneOptions | null;
  readonly quality: number | null;
}

export interface Fixture extends Omit<FixtureEntry, 'bytes' | 'expected'> {
  readonly name: FixtureName;
  readonly mime: `image/${ImageFormat}`;
  readonly bytes: Buffer;
  /** The bytes as the API wants them in `img`. */
  readonly base64: string;
  /** Path of the file on this machine. */
  readonly path: string;
  /** The ideal crop (a JPEG), or null. */
  readonly expected: Buffer | null;
}

const folder = join(packageRoot, 'fixtures');

type Photos = Readonly<Record<FixtureName, FixtureEntry>>;

let photos: Photos | undefined;

function readManifest(): Photos {
  const path = join(folder, 'manifest.json');
  photos ??= (JSON.parse(readFileSync(path, 'utf8')) as { photos: Photos }).photos;
  return photos;
}

/**
 * A test photo without anybody's personal data, and what is to be expected of it.
 *
 * @throws RangeError for a name that is not in `fixtureNames`
 * @example const { base64, corners } = fixture('card-on-table');
 */
export function fixture(name: FixtureName): Fixture {
  const entry = readManifest()[name];
  if (entry === undefined) throw new RangeError(`no fixture "${name}"; there are ${fixtureNames.join(', ')}`);
  const path = join(folder, entry.file);
  const bytes = readFileSync(path);
  const expected = entry.expected === null ? null : readFileSync(join(folder, entry.expected));
  return {
    ...entry,
    name,
    mime: `image/${entry.format}`,
    bytes,
    base64: bytes.toString('base64'),
    path,
    expected,
  };
}
