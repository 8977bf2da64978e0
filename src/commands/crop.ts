import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { cropOptions } from '../cropper/cropper.js';
import { cropCard } from '../vision/index.js';
import type { CropOptions, CropResult } from '../vision/types.js';
import { forEachPhoto } from './each-photo.js';
import { configFromFlags, type Flags } from './options.js';
import { endings, formatOfName } from './photo-names.js';
import { findPhotos, type NamedPhoto, standardStream } from './photos.js';
import { UsageError } from './usage-error.js';

type CropFlags = Flags & { readonly output?: string; readonly outDir?: string };
type Crop = Extract<CropResult, { readonly image: Uint8Array }>;

/** Writes the cards of photos: of one to `output`, or of any number into `outDir`. @throws Error that says why the one has none */
export async function crop(words: readonly string[], { output, outDir, ...flags }: CropFlags): Promise<void> {
  const photos = await findPhotos(words);
  const options = cropOptions(configFromFlags(flags));
  if (outDir !== undefined) return cropInto(outDir, photos, options);
  if (photos.length > 1) throw new UsageError(`${photos.length} photos need --out-dir, not --output`);
  await cropTo(output!, photos[0]!, { ...options, outputFormat: formatFor(output!, options, flags) });
}

/** The name of a file decides; of a name that says nothing, the setting. */
function formatFor(output: string, { outputFormat }: CropOptions, flags: Flags): CropOptions['outputFormat'] {
  if (output === standardStream || extname(output) === '') return outputFormat;
  const format = formatOfName(output);
  if (flags.outputFormat !== undefined && flags.outputFormat !== 'same' && flags.outputFormat !== format)
    throw new UsageError(`${output}: the name says ${format}, --output-format ${flags.outputFormat}`);
  return format;
}

async function cropTo(output: string, photo: NamedPhoto, options: CropOptions): Promise<void> {
  if (output === standardStream && process.stdout.isTTY)
    throw new UsageError('a picture says nothing on a terminal: redirect standard output, or name a file');
  if (output !== standardStream) refuseSameFile(photo, output);
  await forEachPhoto([photo], async () => {
    const result = await cropCard(await photo.read(), options);
    if (result.fault !== undefined) throw new Error(`${photo.file}: ${result.fault}: ${result.detail}`);
    if (output === standardStream) {
      process.stdout.write(result.image);
      return { outcome: 'found', complaint: describe(output, result) };
    }
    await writeFile(output, result.image);
    return { outcome: 'found', line: describe(output, result) };
  });
}

async function cropInto(outDir: string, photos: readonly NamedPhoto[], options: CropOptions): Promise<void> {
  const written = new Map<string, string>();
  const counts = await forEachPhoto(photos, async (photo) => {
    try {
      const result = await cropCard(await photo.read(), options);
      if (result.fault !== undefined) {
        const outcome = result.fault === 'card-not-found' ? 'not found' : 'failed';
        return { outcome, complaint: `${photo.file}: ${result.fault}: ${result.detail}` };
      }
      const output = join(outDir, `${withoutEnding(photo.name)}${endings[result.format]}`);
      refuseSameFile(photo, output);
      const other = written.get(output);
      if (other !== undefined) throw new Error(`${output} has been written already, from ${other}`);
      written.set(output, photo.file);
      await mkdir(dirname(output), { recursive: true });
      await writeFile(output, result.image);
      return { outcome: 'found', line: describe(output, result) };
    } catch (error) {
      return { outcome: 'failed', complaint: `${photo.file}: ${(error as Error).message}` };
    }
  });
  if (counts.found < photos.length) process.exitCode = 1;
}

const withoutEnding = (name: string) => name.slice(0, name.length - extname(name).length);

function refuseSameFile({ file }: NamedPhoto, output: string): void {
  if (resolve(file) === resolve(output))
    throw new UsageError(`${output}: the card would take the place of its photo`);
}

const describe = (output: string, { width, height, confidence }: Crop) =>
  `${output}: ${width} × ${height} px, confidence ${confidence.toFixed(2)}`;
