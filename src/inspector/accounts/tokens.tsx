import { useSignal } from '@preact/signals';
import type { TokenChange, TokenState } from '../../control/tokens.js';
import { ask } from '../api.js';
import { attempt } from '../controls/announcer.js';
import { CopyButton } from '../controls/copy-button.js';
import { Icon } from '../controls/icon.js';
import { NumberField } from '../controls/number-field.js';
import { useFresh } from '../controls/use-fresh.js';
import { say, sayTime } from '../words/words.js';
import { accountPath } from './account-store.js';

/** What is shown of a token; a test that makes thousands has the control API. */
const mostShown = 100;
const firstLetters = 8;

export function Tokens({ username }: { readonly username: string }) {
  const tokens = useSignal<readonly TokenState[]>([]);
  const load = async () => {
    tokens.value = (await ask<TokenState[]>('GET', accountPath(username, '/tokens'))).toReversed();
  };
  useFresh(load, username);
  const make = () => attempt(() => ask('POST', accountPath(username, '/tokens'), {}).then(load));
  return (
    <section class="card wide">
      <header class="card-head">
        <h2>{say('tokens')}</h2>
        <button type="button" class="button" onClick={make}>
          <Icon name="plus" />
          {say('makeToken')}
        </button>
      </header>
      {tokens.value.length === 0 ? (
        <p class="hint">{say('noTokens')}</p>
      ) : (
        <ul class="tokens">
          {tokens.value.slice(0, mostShown).map((token) => (
            <Token key={token.accessToken} token={token} username={username} onChange={load} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface TokenProps {
  readonly token: TokenState;
  readonly username: string;
  readonly onChange: () => Promise<void>;
}

const stateWords = { live: 'stateLive', expired: 'stateExpired', revoked: 'stateRevoked' } as const;

function Token({ token, username, onChange }: TokenProps) {
  const { accessToken, state, expiresAt, trialsRemaining } = token;
  const short = `${accessToken.slice(0, firstLetters)}…`;
  const change = (body: TokenChange) =>
    attempt(() => ask('PATCH', accountPath(username, `/tokens/${accessToken}`), body).then(onChange));
  return (
    <li class="token">
      <span class="token-name">
        <code dir="ltr">{short}</code>
        <CopyButton text={accessToken} label={`${say('copy')}: ${short}`} small />
      </span>
      <span class={`chip state-${state}`}>{say(stateWords[state as keyof typeof stateWords])}</span>
      <span class="token-until">
        {say('expires')} <span class="num">{sayTime(expiresAt)}</span>
      </span>
      <span class="token-trials">
        <span>{say('trialsLeft')}</span>
        <NumberField
          label={say('trialsOf', { token: short })}
          value={trialsRemaining}
          onChange={(wanted) => change({ trialsRemaining: wanted })}
        />
      </span>
      <span class="token-actions">
        <button
          type="button"
          class="button small"
          disabled={state !== 'live'}
          aria-label={`${say('expire')}: ${short}`}
          onClick={() => change({ expiresIn: 0 })}
        >
          {say('expire')}
        </button>
        <button
          type="button"
          class="button small"
          disabled={state === 'revoked'}
          aria-label={`${say('revoke')}: ${short}`}
          onClick={() => change({ revoked: true })}
        >
          {say('revoke')}
        </button>
      </span>
    </li>
  );
}
