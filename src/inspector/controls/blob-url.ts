import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { askRaw } from '../api.js';

/** A picture of the control API as an address for `<img>`, which sends no token itself; null where it is gone. */
export function useBlobUrl(path: string | undefined): string | null | undefined {
  const url = useSignal<string | null | undefined>(undefined);
  useEffect(() => {
    let made: string | undefined;
    const leave = new AbortController();
    url.value = undefined;
    if (path !== undefined)
      askRaw('GET', path, undefined, leave.signal)
        .then((answer) => answer.blob())
        .then((blob) => {
          made = URL.createObjectURL(blob);
          url.value = made;
        })
        .catch(() => {
          if (!leave.signal.aborted) url.value = null;
        });
    return () => {
      leave.abort();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [path]);
  return url.value;
}
