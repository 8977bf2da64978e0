import { useSignal } from '@preact/signals';
import type { AccountAnswer } from '../../control/accounts.js';
import type { JournalEntry } from '../../journal/entry-types.js';
import { ask, controlPrefix, controlToken } from '../api.js';
import { announce, attempt } from '../controls/announcer.js';
import { CopyButton } from '../controls/copy-button.js';
import { Icon } from '../controls/icon.js';
import { goTo } from '../route.js';
import { say } from '../words/words.js';
import { type Again, againOf } from './again.js';
import { BackButton } from './back-button.js';
import { asCurl } from './curl.js';
import { replay } from './replay.js';
import { saveFixture } from './save-fixture.js';

/** At the bottom, where a thumb reaches them. */
export function Actions({ entry }: { readonly entry: JournalEntry }) {
  const isBusy = useSignal(false);
  const photoPath = `/requests/${entry.id}/photo`;

  const again = async (): Promise<Again> => {
    const found = againOf(entry, await ask<AccountAnswer[]>('GET', '/accounts'));
    if (typeof found === 'string') throw new Error(say('cannotReplay', { why: say(found) }));
    return found;
  };
  const curl = async () => {
    const photoUrl = `${location.origin}${controlPrefix}${photoPath}`;
    return asCurl(await again(), location.origin, photoUrl, controlToken.value !== '');
  };
  const sendAgain = async () => {
    isBusy.value = true;
    await attempt(async () => {
      const id = await replay(await again(), photoPath);
      if (id === undefined) return;
      announce(say('replayed', { id }));
      goTo({ view: 'calls', id });
    });
    isBusy.value = false;
  };

  return (
    <footer class="call-actions">
      <BackButton />
      <CopyButton text={curl} label={say('copyCurl')} />
      <button
        type="button"
        class="button solid"
        title={say('replayHint')}
        disabled={isBusy.value}
        onClick={sendAgain}
      >
        <Icon name="replay" />
        <span>{isBusy.value ? say('sending') : say('replay')}</span>
      </button>
      {entry.photo?.kept && (
        <button type="button" class="button" onClick={() => attempt(() => saveFixture(entry))}>
          <Icon name="download" />
          <span>{say('saveFixture')}</span>
        </button>
      )}
    </footer>
  );
}
