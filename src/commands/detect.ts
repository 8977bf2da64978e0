import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { cropOptions } from '../cropper/cropper.js';
import { detectCard, paintCandidates, warmUp } from '../vision/index.js';
import type { CropOptions } from '../vision/types.js';
import { forEachPhoto } from './each-photo.js';
import { configFromFlags, type Flags } from './options.js';
import { findPhotos, type NamedPhoto } from './photos.js';
import { roundCorners } from './round-corners.js';
import { UsageError } from './usage-error.js';

/** Candidates that `--debug` draws. */
const shownCandidates = 12;

type DetectFlags = Flags & { readonly debug?: string };

/**
 * One JSON line per photo; `corners` in pixels of the upright image, clockwise from the card's top-left as seen.
 * A photo that cannot be examined does not keep the others from it, but the exit status tells.
 */
export async function detect(words: readonly string[], { debug, ...flags }: DetectFlags): Promise<void> {
  if (debug !== undefined && extname(debug).toLowerCase() !== '.png')
    throw new UsageError(`${debug}: what --debug draws is a PNG: its name ends in .png`);
  const options = cropOptions(configFromFlags(flags));
  const photos = await findPhotos(words);
  await warmUp(); // or the first file's time would be that of loading OpenCV
  const { failed } = await forEachPhoto(photos, (photo) => examine(photo, options, debug));
  if (failed > 0) process.exitCode = 1;
}

async function examine({ file, read }: NamedPhoto, options: CropOptions, debug: string | undefined) {
  const bytes = await read().catch((error: Error) => error);
  const startedMs = performance.now();
  const result =
    bytes instanceof Error
      ? ({ fault: 'file-unreadable' } as const)
      : await detectCard(bytes, { ...options, keepCandidates: debug === undefined ? 0 : shownCandidates });
  const ms = Math.round((performance.now() - startedMs) * 10) / 10;
  const line = JSON.stringify({ file, ...describe(result), ms });
  if (bytes instanceof Error)
    return { outcome: 'failed', line, complaint: `${file}: ${bytes.message}` } as const;
  if (result.fault !== undefined) return { outcome: 'failed', line } as const;
  if (debug !== undefined) await writeFile(debug, await paintCandidates(bytes, result));
  return { outcome: result.corners === null ? 'not found' : 'found', line } as const;
}

type Result = Awaited<ReturnType<typeof detectCard>> | { readonly fault: 'file-unreadable' };

function describe(result: Result) {
  if (result.fault !== undefined) return { corners: null, confidence: 0, fault: result.fault };
  const confidence = Math.round(result.confidence * 1000) / 1000;
  return { corners: roundCorners(result.corners), confidence };
}
