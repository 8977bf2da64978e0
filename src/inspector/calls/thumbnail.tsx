import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Line } from './filter.js';
import { knownThumbnail, loadThumbnail } from './thumbnails.js';

/** A row that flies past asks for none. */
const patienceMs = 150;

/** The card that came back, or the photo in which there was none; beside words that say what became of the call. */
export function Thumbnail({ line }: { readonly line: Line }) {
  const url = useSignal(knownThumbnail(line));
  useEffect(() => {
    if (line.picture === null || url.value !== undefined) return;
    const leave = new AbortController();
    const timer = setTimeout(() => {
      loadThumbnail(line, leave.signal).then(
        (found) => {
          url.value = found;
        },
        () => {},
      );
    }, patienceMs);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, []);
  return (
    <span class={`row-picture ${line.picture ?? ''}`}>{url.value && <img src={url.value} alt="" />}</span>
  );
}
