import sharp from 'sharp';
import {
  changed,
  cut,
  damaged,
  type FileRow,
  first,
  half,
  hole,
  join,
  photo,
  rubbish,
  without,
} from './row.js';

const lossy = await photo().webp({ effort: 1 }).toBuffer();
const lossless = await photo().webp({ lossless: true, effort: 0 }).toBuffer();
const extended = await photo().withMetadata({ icc: 'p3', orientation: 6 }).webp({ effort: 1 }).toBuffer();
const frames = await Promise.all([photo(), photo().negate()].map((frame) => frame.png().toBuffer()));
const animation = await sharp(frames, { join: { animated: true } })
  .webp({ effort: 0 })
  .toBuffer();

export const webpFiles: FileRow[] = [
  ['WebP', lossy, 'a card'],
  ['lossless', lossless, 'a card'],
  ['nearly lossless', photo().webp({ nearLossless: true, effort: 0 }).toBuffer(), 'a card'],
  ['of poor quality', photo().webp({ quality: 20, effort: 0 }).toBuffer(), 'a card'],
  ['alpha', photo().ensureAlpha(0.9).webp({ effort: 0 }).toBuffer(), 'a card'],
  ['lossless with alpha', photo().ensureAlpha(0.9).webp({ lossless: true, effort: 0 }).toBuffer(), 'a card'],
  ['an animation', animation, 'a card'],
  ['a profile, and turned by EXIF', extended, 'a standing card'],
  ...[2, 3, 5, 8].map(
    (orientation): FileRow => [
      `turned by EXIF, ${orientation}`,
      photo().withMetadata({ orientation }).webp({ effort: 0 }).toBuffer(),
      orientation < 5 ? 'a card' : 'a standing card',
    ],
  ),
  ['rubbish behind', join(lossy, rubbish), 'a card'],
  ['without the end of what stands behind its pixels', without(extended, 5), 'a card'],
  [
    'without all that stands behind its pixels',
    changed(extended, (webp) => webp.subarray(0, webp.lastIndexOf('EXIF'))),
    'a card',
  ],
  ['without its last 40 bytes', without(lossy, 40), cut],
  ['half of it', half(lossy), cut],
  ['half of it, with rubbish behind', join(half(lossy), rubbish), cut],
  ['lossless, half of it', half(lossless), cut],
  ['lossless, a hole in the middle', hole(lossless, 0xff), damaged],
  ['an animation without the end of its second picture', without(animation, 100), 'a card'],
  ['its first 30 bytes', first(lossy, 30), cut],
  ['its first 12 bytes', first(lossy, 12), cut],
];
