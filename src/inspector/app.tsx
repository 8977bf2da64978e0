import { AccountsView } from './accounts/accounts-view.js';
import { needsToken } from './api.js';
import { CallsView } from './calls/calls-view.js';
import { connection } from './calls/lines.js';
import { TimeView } from './clock/time-view.js';
import { Announcer } from './controls/announcer.js';
import { Icon, type IconName } from './controls/icon.js';
import { route, type View, views, writeRoute } from './route.js';
import { ScenariosView } from './scenarios/scenarios-view.js';
import { nextTheme, theme } from './theme.js';
import { TokenDialog } from './token-dialog.js';
import { TryView } from './try/try-view.js';
import type { Word } from './words/english.js';
import { language, say, switchLanguage } from './words/words.js';

const parts: Readonly<
  Record<View, readonly [word: Word, icon: IconName, Content: () => preact.JSX.Element]>
> = {
  calls: ['calls', 'list', CallsView],
  try: ['tryIt', 'camera', TryView],
  accounts: ['accounts', 'people', AccountsView],
  scenarios: ['scenarios', 'bolt', ScenariosView],
  time: ['timeShort', 'clock', TimeView],
};

export function App() {
  const { view, id } = route.value;
  const [, , Content] = parts[view];
  return (
    <div class={`app${id === undefined ? '' : ' deep'}`}>
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        {say('skip')}
      </button>
      <header class="mark-side">
        <Mark />
      </header>
      <Navigation />
      <div class="tools">
        <LiveSign />
        <ThemeButton />
        <button
          type="button"
          class="text-button"
          lang={language.value === 'en' ? 'ar' : 'en'}
          title={say('languageHint')}
          onClick={switchLanguage}
        >
          {say('language')}
        </button>
      </div>
      <main id="content" tabIndex={-1}>
        <Content key={view} />
      </main>
      <Announcer />
      {needsToken.value && <TokenDialog />}
    </div>
  );
}

const Mark = () => (
  <a class="mark" href="#/calls">
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path
        class="mark-frame"
        d="M7 12V9a2 2 0 0 1 2-2h3M20 7h3a2 2 0 0 1 2 2v3M25 20v3a2 2 0 0 1-2 2h-3M12 25H9a2 2 0 0 1-2-2v-3"
      />
      <path class="mark-card" d="m10.5 13 11-2 1.5 8-11 2z" />
    </svg>
    <span>ID Cropper</span> <span class="mark-kind">{say('subtitle')}</span>
  </a>
);

const Navigation = () => (
  <nav class="parts" aria-label={say('navigation')}>
    {views.map((view) => {
      const [word, icon] = parts[view];
      return (
        <a
          key={view}
          href={writeRoute({ view })}
          aria-current={route.value.view === view ? 'page' : undefined}
        >
          <Icon name={icon} />
          <span>{say(word)}</span>
        </a>
      );
    })}
  </nav>
);

const LiveSign = () => (
  <p class={`live ${connection.value}`} role="status">
    <span class="live-dot" />
    <span>{say(connection.value)}</span>
  </p>
);

const themeWords = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const;
const themeIcons = { system: 'half', light: 'sun', dark: 'moon' } as const;

function ThemeButton() {
  const label = `${say('theme')}: ${say(themeWords[theme.value])}`;
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={nextTheme}>
      <Icon name={themeIcons[theme.value]} />
    </button>
  );
}
