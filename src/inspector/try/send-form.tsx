import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ScenarioList } from '../../control/scenarios.js';
import type { TokenState } from '../../control/tokens.js';
import { AccountPicker } from '../accounts/account-picker.js';
import { account, accountPath } from '../accounts/account-store.js';
import { ask } from '../api.js';
import { attempt } from '../controls/announcer.js';
import { Icon } from '../controls/icon.js';
import { useFresh } from '../controls/use-fresh.js';
import { say } from '../words/words.js';
import { photo } from './photo-choice.js';
import { type Outcome, sendPhoto } from './send.js';

/** Whose call it is, and what it is told to do. */
export function SendForm({ outcome }: { readonly outcome: Signal<Outcome | undefined> }) {
  const username = account.value?.username ?? '';
  const bundleKey = useSignal('');
  const token = useSignal('');
  const scenario = useSignal('');
  const lang = useSignal<'en' | 'ar'>('en');
  const isSending = useSignal(false);
  const tokens = useTokens(username);
  const bundles = account.value?.bundles ?? [];
  const bundle = (bundles.find(({ key }) => key === bundleKey.value) ?? bundles[0])?.key ?? '';
  const send = async (event: Event) => {
    event.preventDefault();
    if (photo.value === undefined) return;
    isSending.value = true;
    outcome.value = undefined;
    const asked = {
      username,
      bundleKey: bundle,
      token: tokens.some(({ accessToken }) => accessToken === token.value) ? token.value : '',
      scenario: scenario.value,
      lang: lang.value,
      photo: photo.value.blob,
    };
    await attempt(async () => {
      outcome.value = await sendPhoto(asked);
    });
    isSending.value = false;
  };
  return (
    <form class="card send-form" onSubmit={send}>
      <div class="fields">
        <AccountPicker />
        <label class="field">
          <span>{say('bundle')}</span>
          <select
            dir="ltr"
            value={bundle}
            onChange={(event) => (bundleKey.value = event.currentTarget.value)}
          >
            {bundles.map(({ key }) => (
              <option key={key} value={key}>
                {key}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{say('tokenChoice')}</span>
          <select value={token.value} onChange={(event) => (token.value = event.currentTarget.value)}>
            <option value="">{say('newToken')}</option>
            {tokens.map(({ accessToken, trialsRemaining }) => (
              <option key={accessToken} value={accessToken}>
                {`${accessToken.slice(0, 8)}… · ${say('trialsLeft')}: ${trialsRemaining}`}
              </option>
            ))}
          </select>
        </label>
        <ScenarioChoice scenario={scenario} />
        <label class="field">
          <span>{say('messageLanguage')}</span>
          <select
            value={lang.value}
            onChange={(event) => (lang.value = event.currentTarget.value as 'en' | 'ar')}
          >
            <option value="en">English</option>
            <option value="ar">العربية</option>
          </select>
        </label>
      </div>
      <div class="send-bar">
        <button
          type="submit"
          class="button solid big"
          disabled={photo.value === undefined || isSending.value}
        >
          <Icon name="send" />
          {say(isSending.value ? 'sending' : 'send')}
        </button>
      </div>
    </form>
  );
}

function useTokens(username: string): readonly TokenState[] {
  const tokens = useSignal<readonly TokenState[]>([]);
  useFresh(async () => {
    if (username === '') return;
    const all = await ask<TokenState[]>('GET', accountPath(username, '/tokens'));
    tokens.value = all
      .filter(({ state }) => state === 'live')
      .toReversed()
      .slice(0, 20);
  }, username);
  return tokens.value;
}

function ScenarioChoice({ scenario }: { readonly scenario: Signal<string> }) {
  const names = useSignal<readonly string[]>([]);
  useEffect(() => {
    ask<ScenarioList>('GET', '/scenarios').then(
      ({ scenarios }) => {
        names.value = scenarios.map(({ name }) => name);
      },
      () => {},
    );
  }, []);
  return (
    <label class="field">
      <span>{say('scenario')}</span>
      <select value={scenario.value} onChange={(event) => (scenario.value = event.currentTarget.value)}>
        <option value="">{say('noScenario')}</option>
        {names.value.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
