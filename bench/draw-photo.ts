import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodePhoto, type Level, renderScene } from '../src/scene/index.js';

export interface PhotoOptions {
  /** How hard the card is to find; easy by default. */
  readonly level?: Level;
  readonly width: number;
  readonly height: number;
  /** Grey levels: 2 is a phone by day, 6 one in a dim room, whose files are several times as large. */
  readonly noise: number;
  readonly quality: number;
}

/** Draws a photo of a card into a file, in a process of its own, so that its memory and caches are not measured. */
export function drawPhoto(path: string, options: PhotoOptions): void {
  const script = fileURLToPath(import.meta.url);
  const { status } = spawnSync(process.execPath, [script, path, JSON.stringify(options)], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`drawing ${path} failed`);
}

const [script, path, options] = process.argv.slice(1);
if (script === fileURLToPath(import.meta.url) && path !== undefined && options !== undefined) {
  const { quality, ...scene } = JSON.parse(options) as PhotoOptions;
  const placed = { areaFraction: 0.31, fingers: 0, offset: [0, 0] as const };
  const { image } = renderScene({ seed: 11, level: 'easy', ...placed, ...scene });
  writeFileSync(path, await encodePhoto(image, { format: 'jpeg', quality }));
}
