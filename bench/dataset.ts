import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePhoto, openPhoto } from '../src/vision/codec/decode.js';
import type { Point, Quad, RgbImage } from '../src/vision/types.js';

/** One photo of a folder with a `quads.json`; coordinates in pixels of the upright photo. */
export interface Sample {
  readonly file: string;
  readonly path: string;
  /** The true corners, or null where the photo shows no card. */
  readonly quad: Quad | null;
  /** Difficulty where the folder names one, else the folder's own name. */
  readonly level: string;
  readonly tags: readonly string[];
}

interface Entry {
  readonly quad: Point[] | null;
  readonly level?: string;
  readonly tags?: string[];
  readonly background?: string;
}

export function readDataset(folder: string): Sample[] {
  const entries = JSON.parse(readFileSync(join(folder, 'quads.json'), 'utf8')) as Record<string, Entry>;
  const name = folder.replace(/\/+$/, '').split('/').pop() ?? folder;
  return Object.entries(entries).map(([file, entry]) => ({
    file,
    path: join(folder, file),
    quad: entry.quad as unknown as Quad | null,
    level: entry.quad === null ? `${name} (no card)` : (entry.level ?? name),
    tags: [...(entry.background ? [entry.background] : []), ...(entry.tags ?? [])],
  }));
}

export interface LoadedSample {
  readonly image: RgbImage;
  /** Pixels of the upright photo per pixel of `image`. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

/** As the product sees it: another way of shrinking would give other ratings. */
export async function loadSample(path: string): Promise<LoadedSample> {
  const photo = await openPhoto(readFileSync(path), { maxPixels: Number.POSITIVE_INFINITY, minSide: 1 });
  const { image, scale } = await decodePhoto(photo);
  return { image, scale: scale[0], width: photo.width, height: photo.height };
}
