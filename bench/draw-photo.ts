import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decideScene, encodePhoto, type Level, renderScene, type SceneOptions } from '../src/scene/index.js';

export interface PhotoOptions {
  /** How hard the card is to find; easy by default. */
  readonly level?: Level;
  readonly width: number;
  readonly height: number;
  /** Grey levels: 2 is a phone by day, 6 one in a dim room, whose files are several times as large. */
  readonly noise: number;
  readonly quality: number;
}

export interface PhotoOrder {
  readonly path: string;
  readonly scene: SceneOptions;
  /** Width × height, in the proportions that the scene has of itself. */
  readonly pixels?: number;
}

/** The order for a photo of a card that lies in the middle, on a third of the frame. */
export function orderCard(path: string, options: PhotoOptions): PhotoOrder {
  const placed = { areaFraction: 0.31, fingers: 0, offset: [0, 0] as const };
  return { path, scene: { seed: 11, level: 'easy', ...placed, ...options } };
}

export function drawPhoto(path: string, options: PhotoOptions): void {
  drawPhotos([orderCard(path, options)]);
}

/** Draws photos into JPEG files, in a process of its own, so that its memory and caches are not measured. */
export function drawPhotos(orders: readonly PhotoOrder[]): void {
  const { status } = spawnSync(process.execPath, [script], {
    input: JSON.stringify(orders),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`drawing ${orders.map(({ path }) => path).join(', ')} failed`);
}

async function draw({ path, scene, pixels }: PhotoOrder): Promise<void> {
  const { image, settings } = renderScene(pixels === undefined ? scene : scaled(scene, pixels));
  writeFileSync(path, await encodePhoto(image, { format: 'jpeg', quality: settings.quality }));
}

function scaled(scene: SceneOptions, pixels: number): SceneOptions {
  const longSide = 1600;
  const { width, height } = decideScene({ ...scene, longSide });
  return { ...scene, longSide: Math.round(longSide * Math.sqrt(pixels / (width * height))) };
}

const script = fileURLToPath(import.meta.url);
if (process.argv[1] === script) {
  for (const order of JSON.parse(readFileSync(0, 'utf8')) as PhotoOrder[]) await draw(order);
}
