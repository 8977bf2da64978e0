import { useSignal } from '@preact/signals';
import { say } from '../words/words.js';
import { announce } from './announcer.js';
import { Icon } from './icon.js';

interface CopyButtonProps {
  readonly text: string | (() => string | Promise<string>);
  readonly label: string;
  /** Without its words, which a screen reader still says. */
  readonly small?: boolean;
}

const shownMs = 1600;

export function CopyButton({ text, label, small = false }: CopyButtonProps) {
  const isCopied = useSignal(false);
  const copy = async () => {
    await writeClipboard(typeof text === 'string' ? text : await text());
    isCopied.value = true;
    announce(say('copied'));
    setTimeout(() => {
      isCopied.value = false;
    }, shownMs);
  };
  const shown = isCopied.value ? say('copied') : label;
  return (
    <button
      type="button"
      class={small ? 'icon-button' : 'button'}
      aria-label={small ? label : undefined}
      title={small ? label : undefined}
      onClick={copy}
    >
      <Icon name={isCopied.value ? 'check' : 'copy'} />
      {!small && <span>{shown}</span>}
    </button>
  );
}

/** Under a plain-HTTP address of the local network a browser has no clipboard to write to. */
async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
