import { effect, signal } from '@preact/signals';
import { say } from '../words/words.js';

/** Calls that came while the page was in the background. */
export const unseen = signal(0);

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) unseen.value = 0;
});

export function countUnseen(calls: number): void {
  if (document.hidden) unseen.value += calls;
}

effect(() => {
  document.title = unseen.value === 0 ? say('title') : `(${unseen.value}) ${say('title')}`;
});
