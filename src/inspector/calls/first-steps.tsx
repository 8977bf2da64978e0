import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AccountAnswer } from '../../control/accounts.js';
import { ask } from '../api.js';
import { firstCallAsCurl } from '../call/curl.js';
import { CopyButton } from '../controls/copy-button.js';
import { Empty } from '../controls/empty.js';
import { Icon } from '../controls/icon.js';
import { goTo } from '../route.js';
import { say } from '../words/words.js';

/** The page before the first call: a line to be copied, and a way without one. */
export function FirstSteps() {
  const account = useSignal<AccountAnswer | undefined>(undefined);
  useEffect(() => {
    ask<AccountAnswer[]>('GET', '/accounts').then(
      ([first]) => {
        account.value = first;
      },
      () => {},
    );
  }, []);
  const command = account.value && firstCallAsCurl(account.value, location.origin);
  return (
    <div class="first-steps">
      <h1 class="unseen">{say('calls')}</h1>
      <Empty icon="list" title={say('noCalls')}>
        <p>{say('noCallsHint', { origin: location.origin })}</p>
        <button type="button" class="button solid" onClick={() => goTo({ view: 'try' })}>
          <Icon name="camera" />
          {say('noCallsTry')}
        </button>
        {command && (
          <div class="code-box">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach it */}
            <pre dir="ltr" tabIndex={0}>
              {command}
            </pre>
            <CopyButton text={command} label={say('copy')} />
          </div>
        )}
      </Empty>
    </div>
  );
}
