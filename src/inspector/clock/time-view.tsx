import { loadAccounts } from '../accounts/account-store.js';
import { ask, controlPrefix } from '../api.js';
import { loadLines } from '../calls/lines.js';
import { ConfirmButton } from '../controls/confirm-button.js';
import { useFresh } from '../controls/use-fresh.js';
import { say } from '../words/words.js';
import { ClockCard } from './clock-card.js';

export function TimeView() {
  useFresh(loadAccounts);
  return (
    <div class="page">
      <h1>{say('time')}</h1>
      <div class="cards">
        <ClockCard />
        <section class="card">
          <h2>{say('reset')}</h2>
          <p class="hint">{say('clearCallsHint')}</p>
          <ConfirmButton
            label={say('clearCalls')}
            hint={say('clearCallsHint')}
            onConfirm={() => ask('DELETE', '/requests').then(loadLines)}
          />
          <p class="hint">{say('resetHint')}</p>
          <ConfirmButton
            label={say('resetAll')}
            hint={say('resetHint')}
            onConfirm={async () => {
              await ask('POST', '/reset');
              await Promise.all([loadLines(), loadAccounts()]);
            }}
          />
        </section>
        <section class="card wide">
          <h2>{say('documents')}</h2>
          <p class="hint">{say('documentsHint')}</p>
          <div class="button-row">
            <a class="button" href="/docs">
              {say('apiDocs')}
            </a>
            <a class="button" href={`${controlPrefix}/openapi.json`}>
              {say('controlDocs')}
            </a>
          </div>
        </section>
      </div>
    </div>
  );
}
