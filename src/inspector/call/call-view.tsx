import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { JournalEntry } from '../../journal/entry-types.js';
import { ask, Problem } from '../api.js';
import { nameOf } from '../calls/row.js';
import { Empty } from '../controls/empty.js';
import { Status } from '../controls/status.js';
import { say, sayMs, sayTime } from '../words/words.js';
import { Actions } from './actions.js';
import { CallHead } from './call-head.js';
import { DeleteCall } from './delete-call.js';
import { Drift } from './drift.js';
import { Facts } from './facts.js';
import { Journey } from './journey.js';
import { Messages } from './messages.js';
import { Pictures } from './pictures.js';
import { Stages } from './stages.js';

export function CallView({ id }: { readonly id: number }) {
  const entry = useSignal<JournalEntry | null | undefined>(undefined);
  useEffect(() => {
    ask<JournalEntry>('GET', `/requests/${id}`).then(
      (found) => {
        entry.value = found;
      },
      (error) => {
        if (error instanceof Problem) entry.value = null;
      },
    );
  }, [id]);
  if (entry.value === undefined) return <p class="loading">{say('loading')}</p>;
  return (
    <article class="call">
      <CallHead id={id} />
      {entry.value === null ? (
        <Empty icon="clock" title={say('gone')}>
          <p>{say('goneHint')}</p>
        </Empty>
      ) : (
        <Whole entry={entry.value} />
      )}
    </article>
  );
}

const Whole = ({ entry }: { readonly entry: JournalEntry }) => (
  <>
    <div class="call-body">
      <div class="call-summary">
        <Status status={entry.status} large />
        <div>
          <h2 class="call-title">
            <bdi>{nameOf(entry)}</bdi>
          </h2>
          <p class="call-when">
            <span class="num">{sayTime(entry.at)}</span> · <span class="num">{sayMs(entry.ms)}</span> ·{' '}
            <bdi>{entry.account ?? say('nobody')}</bdi>
          </p>
        </div>
      </div>
      <Verdict entry={entry} />
      <Drift entry={entry} />
      {entry.photo && <Pictures entry={entry} photo={entry.photo} />}
      <Journey entry={entry} />
      {entry.timings && <Stages timings={entry.timings} />}
      <Facts entry={entry} />
      <Messages entry={entry} />
      <DeleteCall id={entry.id} />
    </div>
    <Actions entry={entry} />
  </>
);

function Verdict({ entry }: { readonly entry: JournalEntry }) {
  const { status, station, rule, reason, scenario, note } = entry;
  const isGood = status !== null && status < 400;
  return (
    <div class="verdict">
      {isGood && <p>{say(entry.crop ? 'saidCropped' : 'saidAnswered')}</p>}
      {status === null && <p>{say('saidUnanswered')}</p>}
      {!isGood && station && (
        <p>
          <bdi>{say('decidedAt', { station })}</bdi> {rule && <code dir="ltr">{rule}</code>}
        </p>
      )}
      {reason && (
        <p class="verdict-reason" lang="en" dir="ltr">
          {reason}
        </p>
      )}
      {scenario && <p>{say('byScenario', { scenario: scenario.text, by: scenario.chosenBy })}</p>}
      {note && (
        <p lang="en" dir="ltr">
          {note}
        </p>
      )}
    </div>
  );
}
