import type { JournalEntry } from '../../journal/entry-types.js';
import { say } from '../words/words.js';

/** Beside an upstream: what it answered, and in which rows of the contract that differs from this server's answer. */
export function Drift({ entry: { upstream, drift } }: { readonly entry: JournalEntry }) {
  if (upstream === null) return null;
  return (
    <section class="drift">
      <h2>{say('drift')}</h2>
      <p class="hint">{say('upstreamAnswered', { status: upstream.status, ms: upstream.ms })}</p>
      {drift === null && <p>{say('driftUnknown')}</p>}
      {drift?.length === 0 && <p>{say('driftNone')}</p>}
      {drift?.map(({ row, ours, theirs }) => (
        <dl class="pairs" key={row}>
          <div>
            <dt>{say('driftRow')}</dt>
            <dd dir="ltr">{row}</dd>
          </div>
          <div>
            <dt>{say('driftOurs')}</dt>
            <dd dir="ltr">{JSON.stringify(ours)}</dd>
          </div>
          <div>
            <dt>{say('driftTheirs')}</dt>
            <dd dir="ltr">{JSON.stringify(theirs)}</dd>
          </div>
        </dl>
      ))}
    </section>
  );
}
