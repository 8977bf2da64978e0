import { signal } from '@preact/signals';

export const views = ['calls', 'try', 'accounts', 'scenarios', 'time'] as const;
export type View = (typeof views)[number];

export interface Route {
  readonly view: View;
  /** Of the call that is open. */
  readonly id?: number;
}

/** In the fragment, so that a page can be linked to and the browser's own buttons lead back. */
export function readRoute(hash: string): Route {
  const [, name, id] = /^#\/(\w+)(?:\/(\d+))?(?:\?|$)/.exec(hash) ?? [];
  const view = views.find((each) => each === name) ?? 'calls';
  return view === 'calls' && id !== undefined ? { view, id: Number(id) } : { view };
}

export const writeRoute = ({ view, id }: Route): string => `#/${view}${id === undefined ? '' : `/${id}`}`;

export const route = signal<Route>(readRoute(location.hash));

addEventListener('hashchange', () => {
  route.value = readRoute(location.hash);
});

export function goTo(to: Route, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', writeRoute(to));
  else history.pushState(null, '', writeRoute(to));
  route.value = to;
}

addEventListener('popstate', () => {
  route.value = readRoute(location.hash);
});
