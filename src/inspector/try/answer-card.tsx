import { CopyButton } from '../controls/copy-button.js';
import { Empty } from '../controls/empty.js';
import { Icon } from '../controls/icon.js';
import { Status } from '../controls/status.js';
import { goTo } from '../route.js';
import { say, sayMs } from '../words/words.js';
import type { Outcome } from './send.js';

/** What the API answered, as a client gets it. */
export function AnswerCard({ outcome }: { readonly outcome: Outcome | undefined }) {
  return (
    <section class="card try-answer" aria-label={say('answer')} aria-live="polite">
      {outcome === undefined ? (
        <Empty icon="send" title={say('answer')}>
          <p>{say('answerHint')}</p>
        </Empty>
      ) : (
        <Answered outcome={outcome} />
      )}
    </section>
  );
}

function Answered({ outcome: { status, ms, text, hmac, crop, id } }: { readonly outcome: Outcome }) {
  return (
    <>
      <header class="call-summary">
        <Status status={status} large />
        <div>
          <h2>{say('answer')}</h2>
          <p class="num">{sayMs(ms)}</p>
        </div>
        {id !== undefined && (
          <button type="button" class="button" onClick={() => goTo({ view: 'calls', id })}>
            <Icon name="list" />
            {say('openCall')}
          </button>
        )}
      </header>
      {status === null && <p>{say('noAnswerAtAll')}</p>}
      {crop && <img class="try-crop" src={crop} alt={say('crop')} />}
      {text !== '' && (
        <div class="code-box">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach it */}
          <pre dir="ltr" tabIndex={0}>
            {text}
          </pre>
          <CopyButton text={text} label={say('copy')} small />
        </div>
      )}
      {hmac && (
        <dl class="pairs">
          <div>
            <dt>hmac</dt>
            <dd dir="ltr">{hmac}</dd>
          </div>
        </dl>
      )}
    </>
  );
}
