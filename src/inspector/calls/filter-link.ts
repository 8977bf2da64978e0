import { effect } from '@preact/signals';
import { route, writeRoute } from '../route.js';
import { type Filter, noFilter } from './filter.js';
import { filter } from './lines.js';

const parts = ['text', 'outcome', 'account', 'endpoint'] as const satisfies readonly (keyof Filter)[];

const isPart = (name: string): boolean => parts.some((part) => part === name);

/** What the address says of the filter: `#/calls?text=status:422&account=demo`. */
export function readFilter(hash: string): Filter {
  const asked = new URLSearchParams(/\?(.*)$/.exec(hash)?.[1] ?? '');
  return { ...noFilter, ...Object.fromEntries([...asked].filter(([name]) => isPart(name))) };
}

/** Empty where nothing is filtered. */
export function writeFilter(to: Filter): string {
  const changed = parts.filter((part) => to[part] !== noFilter[part]);
  const query = new URLSearchParams(changed.map((part) => [part, to[part]]));
  return changed.length === 0 ? '' : `?${query}`;
}

/** Keeps the filter in the address, so that what one looks at can be sent to a colleague and survives a reload. */
export function linkFilter(): void {
  filter.value = readFilter(location.hash);
  addEventListener('hashchange', () => {
    if (location.hash.includes('?')) filter.value = readFilter(location.hash);
  });
  effect(() => {
    const { view } = route.value;
    const hash = `${writeRoute(route.value)}${view === 'calls' ? writeFilter(filter.value) : ''}`;
    if (location.hash !== '' || hash !== '#/calls') history.replaceState(history.state, '', hash);
  });
}
