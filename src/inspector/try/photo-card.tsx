import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { attempt } from '../controls/announcer.js';
import { Icon } from '../controls/icon.js';
import { say, sayBytes } from '../words/words.js';
import { Camera } from './camera.js';
import { choosePhoto, dropPhoto, photo } from './photo-choice.js';
import { SceneForm } from './scene-form.js';

const hasCamera = () => navigator.mediaDevices?.getUserMedia !== undefined;

/** A photo by any way: chosen, dropped, pasted, taken or drawn. */
export function PhotoCard() {
  const isOver = useSignal(false);
  const isShooting = useSignal(false);
  usePaste();
  const chosen = photo.value;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    isOver.value = false;
    const file = event.dataTransfer?.files[0];
    choosePhoto(file, file?.name ?? '');
  };
  return (
    <section
      class={`card drop${isOver.value ? ' over' : ''}`}
      aria-label={say('photo')}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={drop}
    >
      {chosen ? (
        <figure class="chosen">
          <img src={chosen.url} alt={chosen.name} />
          <figcaption>
            <bdi class="chosen-name">
              {say('photoChosen', { name: chosen.name, size: sayBytes(chosen.blob.size) })}
            </bdi>
            <button type="button" class="button small" onClick={dropPhoto}>
              {say('removePhoto')}
            </button>
          </figcaption>
        </figure>
      ) : (
        <>
          <p class="drop-words">
            <Icon name="image" />
            {say('dropHere')}
          </p>
          <div class="button-row">
            <FileButton label={say('choosePhoto')} />
            {hasCamera() ? (
              <button type="button" class="button" onClick={() => (isShooting.value = true)}>
                <Icon name="camera" />
                {say('takePhoto')}
              </button>
            ) : (
              <FileButton label={say('takePhoto')} capture />
            )}
          </div>
          <SceneForm />
        </>
      )}
      {isShooting.value && (
        <Camera
          onClose={() => (isShooting.value = false)}
          onShot={(blob) => {
            isShooting.value = false;
            void attempt(async () => choosePhoto(blob, 'camera.jpg'));
          }}
        />
      )}
    </section>
  );
}

function FileButton({ label, capture = false }: { readonly label: string; readonly capture?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button" onClick={() => input.current!.click()}>
        <Icon name={capture ? 'camera' : 'image'} />
        {label}
      </button>
      <input
        ref={input}
        class="file-input"
        type="file"
        accept="image/*"
        {...(capture ? { capture: 'environment' } : {})}
        aria-label={label}
        tabIndex={-1}
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          choosePhoto(file, file?.name ?? '');
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

function usePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const file = event.clipboardData?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      choosePhoto(file, file.name);
    };
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, []);
}
