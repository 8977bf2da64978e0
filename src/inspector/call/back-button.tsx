import { Icon } from '../controls/icon.js';
import { goTo } from '../route.js';
import { say } from '../words/words.js';

/** Where the list is not beside the call. */
export const BackButton = () => (
  <button
    type="button"
    class="icon-button call-back"
    aria-label={say('back')}
    title={say('back')}
    onClick={() => goTo({ view: 'calls' })}
  >
    <Icon name="back" />
  </button>
);
