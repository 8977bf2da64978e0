import { useSignal } from '@preact/signals';
import { controlToken, useToken } from './api.js';
import { Dialog } from './controls/dialog.js';
import { say } from './words/words.js';

/** For a server with a `control-token`. It is kept as long as the tab is. */
export function TokenDialog() {
  const token = useSignal('');
  return (
    <Dialog title={say('tokenNeeded')} onClose={() => useToken(controlToken.value)}>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          useToken(token.value);
        }}
      >
        {controlToken.value !== '' && <p class="problem">{say('tokenWrong')}</p>}
        <label class="field">
          <span>{say('controlToken')}</span>
          <input
            type="password"
            autocomplete="off"
            required
            value={token.value}
            onInput={(event) => {
              token.value = event.currentTarget.value;
            }}
          />
        </label>
        <button type="submit" class="button solid">
          {say('open')}
        </button>
      </form>
    </Dialog>
  );
}
