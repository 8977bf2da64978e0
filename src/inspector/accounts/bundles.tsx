import type { AccountAnswer } from '../../control/accounts.js';
import { ask } from '../api.js';
import { attempt } from '../controls/announcer.js';
import { CopyButton } from '../controls/copy-button.js';
import { NumberField } from '../controls/number-field.js';
import { say } from '../words/words.js';
import { accountPath, loadAccounts } from './account-store.js';

export function Bundles({ account: { username, bundles } }: { readonly account: AccountAnswer }) {
  const setTrials = (key: string, trials: number) =>
    attempt(async () => {
      await ask('PATCH', accountPath(username, `/bundles/${encodeURIComponent(key)}`), { trials });
      await loadAccounts();
    });
  return (
    <section class="card">
      <h2>{say('bundles')}</h2>
      {bundles.map(({ key, hmacKey, trials }) => (
        <dl class="pairs copied" key={key}>
          <div>
            <dt>{say('key')}</dt>
            <dd>
              <bdi dir="ltr">{key}</bdi>
              <CopyButton text={key} label={`${say('copy')}: ${say('key')}`} small />
            </dd>
          </div>
          <div>
            <dt>{say('hmacKey')}</dt>
            <dd>
              <bdi dir="ltr">{hmacKey}</bdi>
              <CopyButton text={hmacKey} label={`${say('copy')}: ${say('hmacKey')}`} small />
            </dd>
          </div>
          <div>
            <dt>{say('trials')}</dt>
            <dd>
              <NumberField
                label={say('trialsOfBundle', { key })}
                value={trials}
                onChange={(wanted) => setTrials(key, wanted)}
              />
            </dd>
          </div>
        </dl>
      ))}
    </section>
  );
}
