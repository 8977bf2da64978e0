import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ScenarioList } from '../../control/scenarios.js';
import { AccountPicker } from '../accounts/account-picker.js';
import { account, loadAccounts } from '../accounts/account-store.js';
import { ask } from '../api.js';
import { Icon } from '../controls/icon.js';
import { useFresh } from '../controls/use-fresh.js';
import { say } from '../words/words.js';
import { loadQueue, Queue } from './queue.js';
import { ScenarioRow } from './scenario-row.js';

export function ScenariosView() {
  const catalogue = useSignal<ScenarioList['scenarios']>([]);
  const text = useSignal('');
  const username = account.value?.username;
  useFresh(async () => {
    await loadAccounts();
    if (account.value) await loadQueue(account.value.username);
  }, username);
  useEffect(() => {
    ask<ScenarioList>('GET', '/scenarios').then(
      ({ scenarios }) => {
        catalogue.value = scenarios;
      },
      () => {},
    );
  }, []);
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = catalogue.value.filter(({ name, does, station, status }) => {
    const all = `${name} ${does} ${station} ${status ?? ''}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  return (
    <div class="page">
      <h1>{say('scenarios')}</h1>
      <p class="lead">{say('scenariosHint')}</p>
      <div class="toolbar">
        <AccountPicker />
      </div>
      {account.value && <Queue username={account.value.username} />}
      <section class="card wide">
        <header class="card-head">
          <h2>{say('catalogue')}</h2>
          <div class="search">
            <Icon name="search" />
            <input
              type="search"
              aria-label={say('searchScenarios')}
              placeholder={say('searchScenarios')}
              value={text.value}
              onInput={(event) => {
                text.value = event.currentTarget.value;
              }}
            />
          </div>
        </header>
        {catalogue.value.length > 0 && shown.length === 0 && <p class="hint">{say('noScenarioFits')}</p>}
        <ul class="scenario-list">
          {account.value &&
            shown.map((scenario) => (
              <ScenarioRow key={scenario.name} scenario={scenario} account={account.value!} />
            ))}
        </ul>
      </section>
    </div>
  );
}
