import { readFile, writeFile } from 'node:fs/promises';
import { cropOptions } from '../cropper/cropper.js';
import { cropCard } from '../vision/index.js';
import { configFromFlags, type Flags } from './options.js';

/** Writes the card of a photo to a file. @throws Error that says why there is none */
export async function crop(file: string, { output, ...flags }: Flags & { output: string }): Promise<void> {
  const result = await cropCard(await readFile(file), cropOptions(configFromFlags(flags)));
  if (result.fault !== undefined) throw new Error(`${file}: ${result.fault}: ${result.detail}`);
  await writeFile(output, result.image);
  console.log(`${output}: ${result.width} × ${result.height} px, confidence ${result.confidence.toFixed(2)}`);
}
