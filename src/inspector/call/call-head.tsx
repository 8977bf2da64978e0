import { shown } from '../calls/lines.js';
import { Icon } from '../controls/icon.js';
import { goTo } from '../route.js';
import { say } from '../words/words.js';
import { BackButton } from './back-button.js';

/** Back to the list, and to the calls beside it. */
export function CallHead({ id }: { readonly id: number }) {
  const index = shown.value.findIndex((line) => line.id === id);
  const newer = index > 0 ? shown.value[index - 1] : undefined;
  const older = index >= 0 ? shown.value[index + 1] : undefined;
  const step = (to: typeof newer, icon: 'up' | 'down', label: string) => (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      disabled={to === undefined}
      onClick={() => to && goTo({ view: 'calls', id: to.id }, { replace: true })}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <header class="call-head">
      <BackButton />
      <span class="call-number">{say('call', { id })}</span>
      {step(newer, 'up', say('newer'))}
      {step(older, 'down', say('older'))}
      <button
        type="button"
        class="icon-button call-close"
        aria-label={say('close')}
        title={say('close')}
        onClick={() => goTo({ view: 'calls' })}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}
