import type { AccountAnswer } from '../../control/accounts.js';
import { CopyButton } from '../controls/copy-button.js';
import type { Word } from '../words/english.js';
import { say } from '../words/words.js';

export function Credentials({ account }: { readonly account: AccountAnswer }) {
  const rows: readonly [Word, string][] = [
    ['username', account.username],
    ['password', account.password],
    ['clientId', account.clientId],
    ['clientSecret', account.clientSecret],
  ];
  return (
    <section class="card">
      <h2>{say('credentials')}</h2>
      <p class="hint">{say('secretsHint')}</p>
      <dl class="pairs copied">
        {rows.map(([word, value]) => (
          <div key={word}>
            <dt>{say(word)}</dt>
            <dd>
              <bdi dir="ltr">{value}</bdi>
              <CopyButton text={value} label={`${say('copy')}: ${say(word)}`} small />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
