import { signal } from '@preact/signals';
import type { QueueItem } from '../../control/queue.js';
import { accountPath } from '../accounts/account-store.js';
import { ask } from '../api.js';
import { attempt } from '../controls/announcer.js';
import { Icon } from '../controls/icon.js';
import { say } from '../words/words.js';

const queue = signal<readonly QueueItem[]>([]);

export async function loadQueue(username: string): Promise<void> {
  queue.value = await ask<QueueItem[]>('GET', accountPath(username, '/queue'));
}

export const addToQueue = (username: string, scenario: string) =>
  attempt(async () => {
    queue.value = await ask<QueueItem[]>('POST', accountPath(username, '/queue'), [{ scenario }]);
  });

/** What the next calls do, in their order. */
export function Queue({ username }: { readonly username: string }) {
  const items = queue.value;
  const remove = (index: number) =>
    attempt(async () => {
      const others = items.filter((_item, i) => i !== index);
      queue.value = await ask<QueueItem[]>('PUT', accountPath(username, '/queue'), others);
    });
  const empty = () =>
    attempt(() => ask('DELETE', accountPath(username, '/queue')).then(() => loadQueue(username)));
  return (
    <section class="card wide">
      <header class="card-head">
        <h2>{say('nextCalls')}</h2>
        {items.length > 0 && (
          <button type="button" class="button small" onClick={empty}>
            {say('emptyQueue')}
          </button>
        )}
      </header>
      {items.length === 0 ? (
        <p class="hint">{say('queueEmpty')}</p>
      ) : (
        <ol class="queue">
          {items.map(({ scenario, times, endpoint }, i) => (
            <li key={`${scenario} ${i}`}>
              <span class="num">{i + 1}</span>
              <bdi>{scenario}</bdi>
              <span class="hint">
                {endpoint !== 'crop' && <bdi>{endpoint} </bdi>}
                {times > 1 && say('times', { n: times })}
              </span>
              <button
                type="button"
                class="icon-button"
                aria-label={say('removeFromQueue', { scenario })}
                onClick={() => remove(i)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
