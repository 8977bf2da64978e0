import { useSignal } from '@preact/signals';
import { say } from '../words/words.js';
import { announce, attempt } from './announcer.js';
import { Dialog } from './dialog.js';

interface ConfirmButtonProps {
  readonly label: string;
  readonly hint: string;
  readonly onConfirm: () => Promise<unknown>;
}

/** For what cannot be undone. */
export function ConfirmButton({ label, hint, onConfirm }: ConfirmButtonProps) {
  const isAsking = useSignal(false);
  const confirm = async () => {
    isAsking.value = false;
    if (await attempt(onConfirm)) announce(say('done'));
  };
  return (
    <>
      <button type="button" class="button danger" onClick={() => (isAsking.value = true)}>
        {label}
      </button>
      {isAsking.value && (
        <Dialog title={`${label}: ${say('sure')}`} onClose={() => (isAsking.value = false)}>
          <p>{hint}</p>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => (isAsking.value = false)}>
              {say('cancel')}
            </button>
            <button type="button" class="button danger solid" onClick={confirm}>
              {say('yesDo')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
