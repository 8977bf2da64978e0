import { type Signal, useSignal } from '@preact/signals';
import { attempt } from '../controls/announcer.js';
import { Icon } from '../controls/icon.js';
import type { Word } from '../words/english.js';
import { say } from '../words/words.js';
import {
  type Document,
  documentNames,
  drawPhoto,
  type Level,
  levels,
  type Place,
  places,
} from './photo-choice.js';

const anySeed = () => String(Math.floor(Math.random() * 10_000));

/** Draws a photo of a card that belongs to nobody. */
export function SceneForm() {
  const level = useSignal<Level>('easy');
  const document = useSignal<Document>('anyCard');
  const place = useSignal<Place>('onDesk');
  const seed = useSignal(anySeed());
  const isDrawing = useSignal(false);
  const draw = async (event: Event) => {
    event.preventDefault();
    isDrawing.value = true;
    await attempt(() =>
      drawPhoto({
        level: level.value,
        document: document.value,
        place: place.value,
        seed: seed.value || anySeed(),
      }),
    );
    isDrawing.value = false;
  };
  const empty = level.value === 'negative';
  return (
    <form class="scene-form" onSubmit={draw}>
      <Choice word="document" chosen={document} of={documentNames} disabled={empty} />
      <Choice word="place" chosen={place} of={places} disabled={empty} />
      <Choice word="level" chosen={level} of={levels} />
      <label class="field">
        <span>{say('seed')}</span>
        <input
          dir="ltr"
          value={seed.value}
          onInput={(event) => {
            seed.value = event.currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="button" disabled={isDrawing.value}>
        <Icon name="dice" />
        {say(isDrawing.value ? 'drawing' : 'drawScene')}
      </button>
      <p class="hint">{say('sceneHint')}</p>
    </form>
  );
}

interface ChoiceProps<Value extends Word> {
  readonly word: Word;
  readonly chosen: Signal<Value>;
  readonly of: readonly Value[];
  readonly disabled?: boolean;
}

function Choice<Value extends Word>({ word, chosen, of, disabled = false }: ChoiceProps<Value>) {
  return (
    <label class="field">
      <span>{say(word)}</span>
      <select
        value={chosen.value}
        disabled={disabled}
        onChange={(event) => (chosen.value = event.currentTarget.value as Value)}
      >
        {of.map((each) => (
          <option key={each} value={each}>
            {say(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
