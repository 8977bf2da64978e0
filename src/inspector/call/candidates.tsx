import type { Signal } from '@preact/signals';
import type { JournalEntry } from '../../journal/entry-types.js';
import { say } from '../words/words.js';
import type { Candidate } from './outline.js';

interface CandidatesProps {
  readonly entry: JournalEntry;
  readonly rejected: readonly Candidate[];
  readonly isShown: Signal<boolean>;
  readonly pointedAt: Signal<number | undefined>;
}

/** How sure the detector was, and of what it was less sure. */
export function Candidates({ entry, rejected, isShown, pointedAt }: CandidatesProps) {
  const { confidence, crop } = entry;
  return (
    <div class="candidates">
      <div class="confidence">
        <span>{say('confidence')}</span>
        {confidence === null ? (
          <strong>{say('confidenceNone')}</strong>
        ) : (
          <>
            <strong class="num">{confidence.toFixed(2)}</strong>
            <meter
              aria-label={say('confidence')}
              min={0}
              max={1}
              value={confidence}
              class={crop ? 'good' : 'bad'}
            />
          </>
        )}
      </div>
      {rejected.length > 0 && (
        <>
          <label class="check">
            <input
              type="checkbox"
              checked={isShown.value}
              onChange={(event) => {
                isShown.value = event.currentTarget.checked;
              }}
            />
            {say('showCandidates', { n: rejected.length })}
          </label>
          {isShown.value && (
            <ol class="candidate-list">
              {rejected.map((candidate, i) => (
                <li
                  key={candidate.corners.join()}
                  onPointerEnter={() => {
                    pointedAt.value = i;
                  }}
                  onPointerLeave={() => {
                    pointedAt.value = undefined;
                  }}
                >
                  <bdi>{candidate.source}</bdi> <span class="num">{candidate.score.toFixed(2)}</span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </div>
  );
}
