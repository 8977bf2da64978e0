import { ask } from '../api.js';
import { forgetLine, shown } from '../calls/lines.js';
import { ConfirmButton } from '../controls/confirm-button.js';
import { goTo } from '../route.js';
import { say } from '../words/words.js';

/** At the end of the page, not under the thumb. What is shown next is the call below it in the list, else the one above. */
export function DeleteCall({ id }: { readonly id: number }) {
  const remove = async () => {
    await ask('DELETE', `/requests/${id}`);
    const rows = shown.value;
    const index = rows.findIndex((line) => line.id === id);
    const next = rows[index + 1] ?? rows[index - 1];
    forgetLine(id);
    goTo(next === undefined ? { view: 'calls' } : { view: 'calls', id: next.id }, { replace: true });
  };
  return (
    <div>
      <ConfirmButton label={say('deleteCall')} hint={say('deleteCallHint')} onConfirm={remove} />
    </div>
  );
}
