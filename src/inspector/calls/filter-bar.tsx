import type { Ref } from 'preact';
import { Icon } from '../controls/icon.js';
import { say } from '../words/words.js';
import { type Filter, type Outcome, outcomes } from './filter.js';
import { accountNames, filter } from './lines.js';

const change = (part: Partial<Filter>) => {
  filter.value = { ...filter.value, ...part };
};

export function FilterBar({ search }: { readonly search: Ref<HTMLInputElement> }) {
  const { text, outcome, account, endpoint } = filter.value;
  return (
    <search class="filter-bar">
      <div class="search">
        <Icon name="search" />
        <input
          ref={search}
          type="search"
          aria-label={say('search')}
          aria-keyshortcuts="/"
          placeholder={say('searchHint')}
          value={text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </div>
      <fieldset class="outcomes">
        <legend class="unseen">{say('outcome')}</legend>
        {(['all', ...outcomes] as const).map((each) => (
          <button
            key={each}
            type="button"
            class={`filter-chip ${each}`}
            aria-pressed={outcome === each}
            onClick={() => change({ outcome: each as Outcome | 'all' })}
          >
            {say(each)}
          </button>
        ))}
      </fieldset>
      <div class="filter-selects">
        <select
          aria-label={say('account')}
          value={account}
          onChange={(event) => change({ account: event.currentTarget.value })}
        >
          <option value="">{say('everyAccount')}</option>
          {accountNames.value.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <select
          aria-label={say('endpoint')}
          value={endpoint}
          onChange={(event) => change({ endpoint: event.currentTarget.value as Filter['endpoint'] })}
        >
          <option value="">{say('everyEndpoint')}</option>
          {(['crop', 'token', 'other'] as const).map((each) => (
            <option key={each} value={each}>
              {say(each)}
            </option>
          ))}
        </select>
      </div>
    </search>
  );
}
