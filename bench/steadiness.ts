import { parseArgs } from 'node:util';
import sharp, { type Sharp } from 'sharp';
import { decodePhoto, openPhoto } from '../src/vision/codec/decode.js';
import { findCard } from '../src/vision/detect/detect.js';
import { mapQuad, scaleQuad } from '../src/vision/geometry/plane.js';
import type { Point, Quad, Size } from '../src/vision/types.js';
import { readDataset, type Sample } from './dataset.js';
import { overlapInFrame } from './overlap.js';

// Whether the answer on a photo stays what it is when the photo is turned, mirrored, resized or stored in another way.
// node build/bench/steadiness.js [--min-confidence 0.5] [--list] FOLDER…
// A verdict is "right" (IoU 0.90 or more, or no answer where there is no document) or "wrong"; one that differs from that
// on the photo as it is has flipped.

interface Change {
  readonly name: string;
  readonly apply: (photo: Sharp, size: Size) => Sharp;
  /** Where a point of the upright photo, in pixels of it, comes to lie; where left out, it stays where it is but for the scale. */
  readonly move?: (point: Point, size: Size) => Point;
}

const jpeg = { quality: 92, chromaSubsampling: '4:4:4' } as const;
const changes: readonly Change[] = [
  {
    name: 'turned by 90°',
    apply: (photo) => photo.rotate(90).jpeg(jpeg),
    move: ([x, y], { height }) => [height - 1 - y, x],
  },
  {
    name: 'turned by 180°',
    apply: (photo) => photo.rotate(180).jpeg(jpeg),
    move: ([x, y], { width, height }) => [width - 1 - x, height - 1 - y],
  },
  {
    name: 'turned by 270°',
    apply: (photo) => photo.rotate(270).jpeg(jpeg),
    move: ([x, y], { width }) => [y, width - 1 - x],
  },
  {
    name: 'mirrored',
    apply: (photo) => photo.flop().jpeg(jpeg),
    move: ([x, y], { width }) => [width - 1 - x, y],
  },
  { name: '400 px', apply: (photo) => photo.resize(400, 400, { fit: 'inside' }).jpeg(jpeg) },
  { name: '3000 px', apply: (photo) => photo.resize(3000, 3000, { fit: 'inside' }).jpeg(jpeg) },
  { name: 'grey', apply: (photo) => photo.greyscale().jpeg(jpeg) },
  { name: 'CMYK', apply: (photo) => photo.toColourspace('cmyk').jpeg(jpeg) },
  { name: 'JPEG of quality 40', apply: (photo) => photo.jpeg({ quality: 40 }) },
];

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    'min-confidence': { type: 'string', default: '0.5' },
    list: { type: 'boolean', default: false },
  },
});
const minConfidence = Number(options['min-confidence']);

interface Verdicts {
  readonly level: string;
  readonly asItIs: boolean;
  readonly changed: readonly boolean[];
}

const all: Verdicts[] = [];
for (const folder of folders) for (const sample of readDataset(folder)) all.push(await judge(sample));
print();

async function judge({ path, file, quad, level }: Sample): Promise<Verdicts> {
  const upright = await sharp(path).autoOrient().toBuffer({ resolveWithObject: true });
  const size = { width: upright.info.width, height: upright.info.height };
  const png = await sharp(upright.data).toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer();
  const asItIs = await isRight(png, quad);
  const changed: boolean[] = [];
  for (const { name, apply, move } of changes) {
    const bytes = await apply(sharp(png), size).toBuffer();
    const { width = 0, height = 0 } = await sharp(bytes).metadata();
    const moved = quad && move ? mapQuad(quad, (point) => move(point, size)) : quad;
    const scale = Math.max(width, height) / Math.max(size.width, size.height);
    changed.push(await isRight(bytes, moved && scaleQuad(moved, scale)));
    if (options.list && changed.at(-1) !== asItIs) console.log(`${file} (${level}): ${name}, was ${asItIs}`);
  }
  return { level, asItIs, changed };
}

async function isRight(bytes: Uint8Array, truth: Quad | null): Promise<boolean> {
  const photo = await openPhoto(bytes, { maxPixels: Number.POSITIVE_INFINITY, minSide: 1 });
  const { image, scale } = await decodePhoto(photo);
  const { corners } = findCard(image, { minConfidence });
  if (!truth || !corners) return !truth && !corners;
  return overlapInFrame(truth, scaleQuad(corners, scale[0]), photo) >= 0.9;
}

function print(): void {
  const levels = [...new Set(all.map(({ level }) => level))];
  const head = ['change', ...levels, 'all'];
  const rows = changes.map(({ name }, index) => [
    name,
    ...[...levels, null].map((level) => {
      const part = all.filter((verdicts) => level === null || verdicts.level === level);
      const flipped = part.filter(({ asItIs, changed }) => changed[index] !== asItIs).length;
      const lost = part.filter(({ asItIs, changed }) => asItIs && !changed[index]).length;
      return `${flipped} of ${part.length} (${lost} for the worse)`;
    }),
  ]);
  console.log([head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'));
}
