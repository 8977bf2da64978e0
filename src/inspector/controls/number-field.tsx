import { useSignal } from '@preact/signals';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => Promise<unknown>;
}

/** What somebody is typing stays, although the page learns the value anew every few seconds. */
export function NumberField({ label, value, onChange }: NumberFieldProps) {
  const typed = useSignal<string | null>(null);
  const sent = useSignal(false);
  const commit = async (wanted: number) => {
    sent.value = true;
    if (!Number.isNaN(wanted)) await onChange(wanted);
    sent.value = false;
    typed.value = null;
  };
  // Leaving the field commits first where something changed; where nothing did, the draft goes here.
  const leave = () => {
    if (!sent.value) typed.value = null;
  };
  return (
    <input
      type="number"
      min={0}
      aria-label={label}
      value={typed.value ?? value}
      onInput={(event) => {
        typed.value = event.currentTarget.value;
      }}
      onChange={(event) => commit(event.currentTarget.valueAsNumber)}
      onBlur={leave}
    />
  );
}
