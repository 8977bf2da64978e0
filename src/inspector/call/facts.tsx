import type { JournalEntry } from '../../journal/entry-types.js';
import type { Word } from '../words/english.js';
import { say } from '../words/words.js';

/** What is left to say, as pairs; those that are not known are left out. */
export function Facts({ entry }: { readonly entry: JournalEntry }) {
  const { rule, transactionId, trialsRemaining, call, photo } = entry;
  const rows: readonly [Word, string | number | null | undefined][] = [
    ['rule', rule],
    ['transaction', transactionId],
    ['trialsLeft', trialsRemaining],
    ['callNumber', call],
    ['hash', photo?.sha256],
  ];
  const known = rows.filter(([, value]) => value !== null && value !== undefined);
  if (known.length === 0) return null;
  return (
    <section>
      <h2>{say('facts')}</h2>
      <dl class="pairs">
        {known.map(([word, value]) => (
          <div key={word}>
            <dt>{say(word)}</dt>
            <dd dir="ltr">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
