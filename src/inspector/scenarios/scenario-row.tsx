import { useSignal } from '@preact/signals';
import type { AccountAnswer } from '../../control/accounts.js';
import type { ScenarioList } from '../../control/scenarios.js';
import { accountPath, loadAccounts } from '../accounts/account-store.js';
import { ask } from '../api.js';
import { attempt } from '../controls/announcer.js';
import { CopyButton } from '../controls/copy-button.js';
import { Icon } from '../controls/icon.js';
import { Status } from '../controls/status.js';
import { say } from '../words/words.js';
import { addToQueue } from './queue.js';

type Scenario = ScenarioList['scenarios'][number];

interface ScenarioRowProps {
  readonly scenario: Scenario;
  readonly account: AccountAnswer;
}

/** One thing that calls can be told to do: the next one, or all. */
export function ScenarioRow({ scenario, account: { username, defaultScenario } }: ScenarioRowProps) {
  const { name, does, station, status, magicKey, parameters } = scenario;
  const given = useSignal<Readonly<Record<string, string>>>({});
  const text = textOf(name, given.value);
  const isDefault = defaultScenario?.split(';')[0] === name;
  const setDefault = () =>
    attempt(async () => {
      await ask('PATCH', accountPath(username), { defaultScenario: isDefault ? null : text });
      await loadAccounts();
    });
  return (
    <li class={`scenario${isDefault ? ' on' : ''}`}>
      <div class="scenario-what">
        <p class="scenario-name">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          {status !== null && <Status status={status} />}
          <span class="hint">{say('takesPlaceAt', { station })}</span>
        </p>
        <p class="scenario-does" lang="en" dir="ltr">
          {does.replaceAll('`', '')}
        </p>
        <p class="scenario-key">
          <span class="hint">{say('magicKey')}</span> <code dir="ltr">{magicKey}</code>
          <CopyButton text={magicKey} label={`${say('copy')}: ${magicKey}`} small />
        </p>
      </div>
      {Object.keys(parameters).length > 0 && (
        <fieldset class="scenario-parameters">
          <legend class="unseen">{say('parameters', { scenario: name })}</legend>
          {Object.entries(parameters).map(([key, { default: usual, help }]) => (
            <label key={key} title={help}>
              <bdi>{key}</bdi>
              <input
                dir="ltr"
                placeholder={String(usual)}
                value={given.value[key] ?? ''}
                onInput={(event) => {
                  given.value = { ...given.value, [key]: event.currentTarget.value };
                }}
              />
            </label>
          ))}
        </fieldset>
      )}
      <div class="scenario-actions">
        <button
          type="button"
          class="button small"
          aria-label={say('nextCallFor', { scenario: name })}
          onClick={() => addToQueue(username, text)}
        >
          <Icon name="plus" />
          {say('nextCall')}
        </button>
        <button
          type="button"
          class="switch"
          role="switch"
          aria-checked={isDefault}
          aria-label={say('alwaysFor', { scenario: name })}
          onClick={setDefault}
        >
          <span class="switch-track" />
          <span>{say('always')}</span>
        </button>
      </div>
    </li>
  );
}

/** As the scenario grammar has it: `slow;ms=500`. */
function textOf(name: string, given: Readonly<Record<string, string>>): string {
  const parts = Object.entries(given).filter(([, value]) => value !== '');
  return [name, ...parts.map(([key, value]) => `${key}=${quoteValue(value)}`)].join(';');
}

const quoteValue = (value: string) => (/^[\w.+-]+$/.test(value) ? value : JSON.stringify(value));
