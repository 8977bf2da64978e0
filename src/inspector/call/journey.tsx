import type { JournalEntry } from '../../journal/entry-types.js';
import { outcomeOf } from '../calls/filter.js';
import { say } from '../words/words.js';

type Station = NonNullable<JournalEntry['station']>;

/** In the order in which a call meets them. */
const ofCrop = [
  'gateway',
  'intake',
  'authenticate',
  'body',
  'entitle',
  'photo',
  'trials',
  'crop',
  'answer',
] as const satisfies readonly Station[];
const ofToken = ['gateway', 'answer'] as const satisfies readonly Station[];

/** The stations of docs/architecture.md: how far the call came, and where it was decided. */
export function Journey({ entry }: { readonly entry: JournalEntry }) {
  const { station, status, endpoint } = entry;
  if (station === null) return null;
  const stations: readonly Station[] = endpoint === 'token' ? ofToken : ofCrop;
  const decided = stations.indexOf(station);
  return (
    <section>
      <h2>{say('journey')}</h2>
      <ol class="journey">
        {stations.map((each, i) => (
          <li
            key={each}
            class={i < decided ? 'passed' : i === decided ? `decided ${outcomeOf(status)}` : 'ahead'}
            aria-current={i === decided ? 'step' : undefined}
          >
            <span class="journey-dot" />
            <bdi>{each}</bdi>
            <span class="unseen">
              {say(i < decided ? 'stationPassed' : i === decided ? 'stationDecided' : 'stationAhead')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
