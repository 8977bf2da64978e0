import type { JournalEntry } from '../../journal/entry-types.js';
import { CopyButton } from '../controls/copy-button.js';
import { say } from '../words/words.js';

/** What went over the wire, as far as the journal has it. */
export function Messages({ entry }: { readonly entry: JournalEntry }) {
  const { method, path, requestHeaders, requestBody, status, answerHeaders, answerBody } = entry;
  return (
    <section class="messages">
      <p class="hint">{say('redacted')}</p>
      <Message
        title={say('request')}
        line={`${method} ${path}`}
        headers={requestHeaders}
        body={requestBody}
      />
      {status !== null && (
        <Message title={say('response')} line={`HTTP ${status}`} headers={answerHeaders} body={answerBody} />
      )}
    </section>
  );
}

interface MessageProps {
  readonly title: string;
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> | null;
}

function Message({ title, line, headers, body }: MessageProps) {
  const json = body && JSON.stringify(body, null, 2);
  return (
    <div class="message">
      <header>
        <h2>{title}</h2>
        <code dir="ltr">{line}</code>
      </header>
      <details>
        <summary>
          {say('headers')} <span class="num">({Object.keys(headers).length})</span>
        </summary>
        <dl class="headers" dir="ltr">
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {json ? (
        <div class="code-box">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach it */}
          <pre dir="ltr" tabIndex={0}>
            {json}
          </pre>
          <CopyButton text={json} label={say('copy')} small />
        </div>
      ) : (
        <p class="hint">{say('noBody')}</p>
      )}
    </div>
  );
}
