import { useSignal } from '@preact/signals';
import { say } from '../words/words.js';
import type { Corners } from './outline.js';

interface Sized {
  readonly width: number | null;
  readonly height: number | null;
}

interface CompareProps {
  readonly photoUrl: string;
  readonly cropUrl: string;
  readonly photo: Sized;
  readonly crop: Sized & { readonly corners: Corners };
}

/** The card as it lay in the photo, and as it was answered: a slider shows more of one or of the other. */
export function Compare({ photoUrl, cropUrl, photo, crop }: CompareProps) {
  const share = useSignal(50);
  const { width, height } = photo;
  if (!width || !height || !crop.width || !crop.height) return null;
  const around = boundsOf(crop.corners);
  const ratio = crop.width / crop.height;
  const view = widen(around, ratio);
  const place = {
    width: `${(100 * width) / view.width}%`,
    insetInlineStart: 'auto',
    left: `${(-100 * view.left) / view.width}%`,
    top: `${(-100 * view.top) / view.height}%`,
  };
  return (
    <div class="compare-block">
      <h2>{say('beforeAfter')}</h2>
      <div
        class="compare"
        dir="ltr"
        style={{ aspectRatio: String(ratio), maxWidth: `min(100%, ${Math.round(26 * ratio)}rem)` }}
      >
        <img class="compare-before" src={photoUrl} alt="" style={place} />
        <img
          class="compare-after"
          src={cropUrl}
          alt=""
          style={{ clipPath: `inset(0 0 0 ${100 - share.value}%)` }}
        />
        <span class="compare-line" style={{ left: `${100 - share.value}%` }} />
        <span class="compare-word left">{say('before')}</span>
        <span class="compare-word right">{say('after')}</span>
        <input
          type="range"
          min={0}
          max={100}
          value={100 - share.value}
          aria-label={say('compare')}
          aria-valuetext={`${share.value} %`}
          onInput={(event) => {
            share.value = 100 - Number(event.currentTarget.value);
          }}
        />
      </div>
    </div>
  );
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function boundsOf(corners: Corners): Box {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** To the crop's shape, about its middle, with a little air. */
function widen({ left, top, width, height }: Box, ratio: number): Box {
  const air = 1.06;
  const wide = Math.max(width, height * ratio) * air;
  const high = wide / ratio;
  return { left: left + (width - wide) / 2, top: top + (height - high) / 2, width: wide, height: high };
}
