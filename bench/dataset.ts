import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
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

/** Decodes a photo the way the cropper does: upright, long side at most `longSide` pixels. */
export async function loadSample(path: string, longSide = 1200): Promise<LoadedSample> {
  const { autoOrient } = await sharp(path).metadata();
  const { data, info } = await sharp(path)
    .autoOrient()
    .resize({ width: longSide, height: longSide, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const image = {
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
    width: info.width,
    height: info.height,
  };
  return { image, scale: autoOrient.width / info.width, width: autoOrient.width, height: autoOrient.height };
}
