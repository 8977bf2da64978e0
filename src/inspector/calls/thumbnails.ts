import { askRaw, Problem } from '../api.js';
import type { Line } from './filter.js';

/** Addresses of those that were shown last, null where the journal has none any more. By time as well: after a restart the ids begin anew. */
const known = new Map<string, string | null>();
/** Some screens of rows, of 2 to 4 KB each. */
const mostKnown = 300;

const keyOf = ({ id, at }: Line) => `${id} ${at}`;

export const knownThumbnail = (line: Line): string | null | undefined => known.get(keyOf(line));

/** @returns its address for `<img>`, which sends no token itself @throws what `fetch` throws once nobody looks any more */
export async function loadThumbnail(line: Line, leave: AbortSignal): Promise<string | null> {
  const url = await askRaw('GET', `/requests/${line.id}/thumbnail`, undefined, leave)
    .then(async (answer) => URL.createObjectURL(await answer.blob()))
    .catch((error: unknown) => {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    });
  known.set(keyOf(line), url);
  forgetOldest();
  return url;
}

function forgetOldest(): void {
  for (const [key, url] of known) {
    if (known.size <= mostKnown) return;
    known.delete(key);
    if (url !== null) URL.revokeObjectURL(url);
  }
}
