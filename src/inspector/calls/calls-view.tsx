import { useEffect, useRef } from 'preact/hooks';
import { CallView } from '../call/call-view.js';
import { Empty } from '../controls/empty.js';
import { Icon } from '../controls/icon.js';
import { goTo, route } from '../route.js';
import { say, sayNumber } from '../words/words.js';
import { noFilter } from './filter.js';
import { FilterBar } from './filter-bar.js';
import { FirstSteps } from './first-steps.js';
import { filter, isLoaded, lines, shown } from './lines.js';
import { CallList } from './list.js';

export function CallsView() {
  const { id } = route.value;
  const total = lines.value.length;
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).matches?.('input, textarea, select');
      if (document.querySelector('dialog[open]')) return;
      if (event.key === '/' && !isTyping) {
        event.preventDefault();
        search.current?.focus();
      }
      if (event.key === 'Escape' && route.value.id !== undefined) goTo({ view: 'calls' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  if (isLoaded.value && total === 0 && id === undefined) {
    return <FirstSteps />;
  }
  return (
    <div class={`calls${id === undefined ? '' : ' has-open'}`}>
      <h1 class="unseen">{say('calls')}</h1>
      <section class="calls-side" aria-label={say('calls')}>
        <FilterBar search={search} />
        <p class="calls-count" role="status">
          {say('shownOf', { shown: sayNumber(shown.value.length), total: sayNumber(total) })}
        </p>
        <ColumnHeads />
        {isLoaded.value && shown.value.length === 0 ? <NoneFit total={total} /> : <CallList />}
      </section>
      <section class="calls-open" aria-label={id === undefined ? say('chooseCall') : say('call', { id })}>
        {id === undefined ? (
          <Empty icon="image" title={say('chooseCall')}>
            <p>{say('chooseCallHint')}</p>
          </Empty>
        ) : (
          <CallView key={id} id={id} />
        )}
      </section>
    </div>
  );
}

/** Of the wide list. A row says the same in one sentence to whom cannot see where it stands. */
const ColumnHeads = () => (
  <div class="column-heads" aria-hidden="true">
    {(['status', 'picture', 'call1', 'account', 'station', 'reason', 'took', 'when'] as const).map((word) => (
      <span key={word}>{say(word)}</span>
    ))}
  </div>
);

const NoneFit = ({ total }: { readonly total: number }) => (
  <Empty icon="search" title={say('noneFit')}>
    <p>{say('noneFitHint', { total: sayNumber(total) })}</p>
    <button type="button" class="button" onClick={() => (filter.value = noFilter)}>
      <Icon name="close" />
      {say('clearFilter')}
    </button>
  </Empty>
);
