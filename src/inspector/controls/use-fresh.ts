import { useEffect } from 'preact/hooks';
import { lines } from '../calls/lines.js';

const everyMs = 3000;

/** Loads what a view shows: now, with each call that comes in, and every few seconds while somebody looks. */
export function useFresh(load: () => Promise<unknown>, ...inputs: readonly unknown[]): void {
  const latest = lines.value[0]?.id;
  useEffect(() => {
    const reload = () => {
      if (!document.hidden) load().catch(() => {});
    };
    reload();
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [latest, ...inputs]);
}
