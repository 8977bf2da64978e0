import { readFile, writeFile } from 'node:fs/promises';
import { cropOptions } from '../cropper/cropper.js';
import { detectCard, paintCandidates, warmUp } from '../vision/index.js';
import { configFromFlags, type Flags } from './options.js';
import { roundCorners } from './round-corners.js';

/** Candidates that `--debug` draws. */
const shownCandidates = 12;

type DetectFlags = Flags & { readonly debug?: string };

/**
 * One JSON line per file; `corners` in pixels of the upright image, clockwise from the card's top-left as seen.
 * A file that cannot be examined does not keep the others from it, but the exit status tells.
 */
export async function detect(files: readonly string[], { debug, ...flags }: DetectFlags): Promise<void> {
  const options = cropOptions(configFromFlags(flags));
  await warmUp(); // or the first file's time would be that of loading OpenCV
  for (const file of files) {
    const bytes = await readOrReport(file);
    const startedMs = performance.now();
    const result =
      bytes &&
      (await detectCard(bytes, { ...options, keepCandidates: debug === undefined ? 0 : shownCandidates }));
    const ms = Math.round((performance.now() - startedMs) * 10) / 10;
    console.log(JSON.stringify({ file, ...describe(result ?? { fault: 'file-unreadable' }), ms }));
    if (result === undefined || result.fault !== undefined) process.exitCode = 1;
    else if (bytes && debug !== undefined) await writeFile(debug, await paintCandidates(bytes, result));
  }
}

async function readOrReport(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    console.error(`${file}: ${(error as Error).message}`);
    return undefined;
  }
}

type Examined = Awaited<ReturnType<typeof detectCard>> | { readonly fault: 'file-unreadable' };

function describe(result: Examined) {
  if (result.fault !== undefined) return { corners: null, confidence: 0, fault: result.fault };
  const confidence = Math.round(result.confidence * 1000) / 1000;
  return { corners: roundCorners(result.corners), confidence };
}
