import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ClockAnswer, ClockChange } from '../../control/clock.js';
import { accountPath, accounts } from '../accounts/account-store.js';
import { ask } from '../api.js';
import { attempt } from '../controls/announcer.js';
import { say } from '../words/words.js';

const steps = ['1m', '10m', '1h', '1d', '30d'] as const;
const tickMs = 500;

/** The server's time, or an account's: stopped, advanced, set, and given back. */
export function ClockCard() {
  const username = useSignal('');
  const clock = useSignal<ClockAnswer | undefined>(undefined);
  const wanted = useSignal('');
  const path = username.value === '' ? '/clock' : accountPath(username.value, '/clock');
  const load = async () => {
    clock.value = await ask<ClockAnswer>('GET', path);
  };
  useEffect(() => {
    const tick = () => {
      if (!document.hidden) load().catch(() => {});
    };
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [path]);
  const change = (body: ClockChange) =>
    attempt(async () => {
      clock.value = await ask<ClockAnswer>('PATCH', path, body);
    });
  const giveBack = () =>
    attempt(async () => {
      clock.value = await ask<ClockAnswer>('DELETE', path);
    });
  const now = clock.value?.now ?? '';
  const isFrozen = clock.value?.frozen ?? false;
  return (
    <section class="card">
      <h2>{say('clock')}</h2>
      <p class="hint">{say('clockHint')}</p>
      <label class="field">
        <span>{say('clockOf')}</span>
        <select value={username.value} onChange={(event) => (username.value = event.currentTarget.value)}>
          <option value="">{say('serverClock')}</option>
          {accounts.value.map((account) => (
            <option key={account.username} value={account.username}>
              {account.username}
            </option>
          ))}
        </select>
      </label>
      <p class="clock-face" dir="ltr">
        <span class="clock-date num">{now.slice(0, 10)}</span>
        <time class="clock-time num" dateTime={now}>
          {now.slice(11, 19)}
        </time>
        <span class="clock-date">UTC</span>
      </p>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={isFrozen}
        onClick={() => change({ frozen: !isFrozen })}
      >
        <span class="switch-track" />
        <span>{say('freeze')}</span>
      </button>
      <fieldset class="steps">
        <legend>{say('advance')}</legend>
        {steps.map((step) => (
          <button
            key={step}
            type="button"
            class="button small"
            dir="ltr"
            onClick={() => change({ advance: step })}
          >
            +{step}
          </button>
        ))}
      </fieldset>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          void change({ now: `${wanted.value}Z` });
        }}
      >
        <label class="field">
          <span>{say('setTo')}</span>
          <input
            type="datetime-local"
            step={1}
            required
            value={wanted.value}
            onInput={(event) => {
              wanted.value = event.currentTarget.value;
            }}
          />
        </label>
        <button type="submit" class="button">
          {say('set')}
        </button>
      </form>
      <button type="button" class="button" onClick={giveBack}>
        {say(username.value === '' ? 'realTime' : 'serverTime')}
      </button>
    </section>
  );
}
