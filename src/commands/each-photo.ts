import type { NamedPhoto } from './photos.js';
import { Progress } from './progress.js';

/** What became of a photo. */
export type Outcome = 'found' | 'not found' | 'failed';

interface Examined {
  readonly outcome: Outcome;
  /** For standard output. */
  readonly line?: string;
  /** For standard error. */
  readonly complaint?: string;
}

/**
 * One photo after the other; one that fails keeps no other from it. Several are summed up at the end.
 * @returns how many became what
 */
export async function forEachPhoto(
  photos: readonly NamedPhoto[],
  examine: (photo: NamedPhoto) => Promise<Examined>,
): Promise<Readonly<Record<Outcome, number>>> {
  const counts: Record<Outcome, number> = { found: 0, 'not found': 0, failed: 0 };
  const progress = new Progress(photos.length);
  let slowest = { file: '', ms: 0 };
  for (const photo of photos) {
    progress.begin(photo.file);
    const startedMs = performance.now();
    const { outcome, line, complaint } = await examine(photo);
    const ms = performance.now() - startedMs;
    counts[outcome]++;
    if (ms > slowest.ms) slowest = { file: photo.file, ms };
    progress.end();
    if (line !== undefined) console.log(line);
    if (complaint !== undefined) console.error(complaint);
  }
  if (photos.length > 1) console.error(summary(counts, slowest, progress.ms));
  return counts;
}

function summary(
  counts: Readonly<Record<Outcome, number>>,
  slowest: { readonly file: string; readonly ms: number },
  ms: number,
): string {
  const total = counts.found + counts['not found'] + counts.failed;
  return [
    `${total} photos in ${(ms / 1000).toFixed(1)} s: ${counts.found} found, ${counts['not found']} not found`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    `slowest ${slowest.file} (${Math.round(slowest.ms)} ms)`,
  ].join(', ');
}
