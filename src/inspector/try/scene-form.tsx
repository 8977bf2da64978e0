import { useSignal } from '@preact/signals';
import { attempt } from '../controls/announcer.js';
import { Icon } from '../controls/icon.js';
import { say } from '../words/words.js';
import { drawPhoto, type Level, levels } from './photo-choice.js';

const anySeed = () => String(Math.floor(Math.random() * 10_000));

/** Draws a photo of a card that belongs to nobody. */
export function SceneForm() {
  const level = useSignal<Level>('easy');
  const seed = useSignal(anySeed());
  const isDrawing = useSignal(false);
  const draw = async (event: Event) => {
    event.preventDefault();
    isDrawing.value = true;
    await attempt(() => drawPhoto(level.value, seed.value || anySeed()));
    isDrawing.value = false;
  };
  return (
    <form class="scene-form" onSubmit={draw}>
      <label class="field">
        <span>{say('level')}</span>
        <select value={level.value} onChange={(event) => (level.value = event.currentTarget.value as Level)}>
          {levels.map((each) => (
            <option key={each} value={each}>
              {say(each)}
            </option>
          ))}
        </select>
      </label>
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
