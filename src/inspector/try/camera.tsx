import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Dialog } from '../controls/dialog.js';
import { Icon } from '../controls/icon.js';
import { say } from '../words/words.js';

interface CameraProps {
  readonly onClose: () => void;
  readonly onShot: (photo: Blob) => void;
}

const wanted: MediaStreamConstraints = {
  video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1440 } },
};
const quality = 0.92;

export function Camera({ onClose, onShot }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const state = useSignal<'opening' | 'open' | 'none'>('opening');
  useEffect(() => {
    let stream: MediaStream | undefined;
    let hasLeft = false;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    navigator.mediaDevices.getUserMedia(wanted).then(
      (opened) => {
        stream = opened;
        if (hasLeft) return stop();
        video.current!.srcObject = opened;
      },
      () => {
        state.value = 'none';
      },
    );
    return () => {
      hasLeft = true;
      stop();
    };
  }, []);
  const shoot = () => {
    const { videoWidth: width, videoHeight: height } = video.current!;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')!.drawImage(video.current!, 0, 0);
    canvas.toBlob((blob) => blob && onShot(blob), 'image/jpeg', quality);
  };
  return (
    <Dialog title={say('camera')} onClose={onClose}>
      {state.value === 'none' ? (
        <p>{say('noCamera')}</p>
      ) : (
        <>
          <video
            ref={video}
            class="camera"
            autoplay
            playsInline
            muted
            onLoadedData={() => (state.value = 'open')}
          />
          <div class="dialog-actions">
            <button type="button" class="button solid" disabled={state.value !== 'open'} onClick={shoot}>
              <Icon name="camera" />
              {say('shoot')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
