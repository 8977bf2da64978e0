import { useSignal } from '@preact/signals';
import type { JournalEntry } from '../../journal/entry-types.js';
import { useBlobUrl } from '../controls/blob-url.js';
import { say, sayBytes } from '../words/words.js';
import { Candidates } from './candidates.js';
import { Compare } from './compare.js';
import { Outline } from './outline.js';

type Photo = NonNullable<JournalEntry['photo']>;

/** The photo with what the detector saw in it, the crop beside it, and one over the other. */
export function Pictures({ entry, photo }: { readonly entry: JournalEntry; readonly photo: Photo }) {
  const { id, crop, confidence } = entry;
  const isShown = useSignal(true);
  const pointedAt = useSignal<number | undefined>(undefined);
  const photoUrl = useBlobUrl(photo.kept ? `/requests/${id}/photo` : undefined);
  const cropUrl = useBlobUrl(crop?.kept ? `/requests/${id}/crop` : undefined);
  const rejected = (entry.candidates ?? []).slice(crop ? 1 : 0);
  if (!photo.kept)
    return (
      <p class="hint">
        {say('pictureGone')} {say('picturesOff')}
      </p>
    );
  return (
    <section class="pictures">
      <div class="pictures-pair">
        <figure>
          <div class="picture-frame">
            {photoUrl && (
              <img
                src={photoUrl}
                alt={say('photoAlt', { width: photo.width ?? '?', height: photo.height ?? '?' })}
                onLoad={(event) => event.currentTarget.closest('.picture-frame')?.classList.add('loaded')}
              />
            )}
            {photo.width && photo.height && (
              <Outline
                width={photo.width}
                height={photo.height}
                corners={crop?.corners}
                rejected={isShown.value ? rejected : []}
                pointedAt={pointedAt.value}
                confidence={confidence}
              />
            )}
          </div>
          <figcaption>
            <strong>{say('photo')}</strong> <bdi dir="ltr">{sizeOf(photo)}</bdi>
          </figcaption>
        </figure>
        {crop && (
          <figure>
            <div class="picture-frame">
              {cropUrl && (
                <img
                  src={cropUrl}
                  alt={say('cropAlt', { width: crop.width ?? '?', height: crop.height ?? '?' })}
                />
              )}
              {cropUrl === null && <p class="hint">{say('pictureGone')}</p>}
            </div>
            <figcaption>
              <strong>{say('crop')}</strong> <bdi dir="ltr">{sizeOf(crop)}</bdi>
            </figcaption>
          </figure>
        )}
      </div>
      <Candidates entry={entry} rejected={rejected} isShown={isShown} pointedAt={pointedAt} />
      {crop && photoUrl && cropUrl && (
        <Compare photoUrl={photoUrl} cropUrl={cropUrl} photo={photo} crop={crop} />
      )}
    </section>
  );
}

const sizeOf = ({ width, height, format, bytes }: Photo) =>
  [width && `${width} × ${height}`, format.toUpperCase(), sayBytes(bytes)].filter(Boolean).join(' · ');
