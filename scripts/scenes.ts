/**
 * Draws a folder of scenes with their truth, to measure a detector against.
 *
 * npm run scenes -- --count 300 --seed 7 --level mixed --out DIR [--size 1600x1200] [--long-side 800] [--kind cropped,copy]
 *
 * Kinds are those of scene-kinds.ts, or `all` (all but `arabic`); several take turns.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../src/random.js';
import {
  encodePhoto,
  type Level,
  levels,
  renderScene,
  type Scene,
  type SceneOptions,
} from '../src/scene/index.js';
import type { Quad } from '../src/vision/types.js';
import { measuredKindNames, type SceneKind, sceneKindNames, sceneKinds } from './scene-kinds.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    level: { type: 'string', default: 'mixed' },
    out: { type: 'string' },
    size: { type: 'string' },
    'long-side': { type: 'string' },
    kind: { type: 'string', default: 'card' },
  },
});

/** Where kinds are named, those without a document are among them. */
function levelOf(index: number, kind: SceneKind): Level {
  const mixed = kind === 'card' || kind === 'sheet' ? levels : levels.filter((level) => level !== 'negative');
  if (values.level === 'mixed') return mixed[Math.floor(index / kinds.length) % mixed.length]!;
  const level = levels.find((name) => name === values.level);
  if (level === undefined) throw new Error(`--level is one of ${levels.join(', ')}, mixed`);
  return level;
}

function sizeOption(): SceneOptions {
  if (values['long-side'] !== undefined) return { longSide: Number(values['long-side']) };
  if (values.size === undefined) return {};
  const [width, height] = values.size.split('x').map(Number);
  if (!width || !height) throw new Error('--size is WIDTHxHEIGHT');
  return { width, height };
}

function namedKinds(): readonly SceneKind[] {
  if (values.kind === 'all') return measuredKindNames;
  return values.kind.split(',').map((name) => {
    const kind = sceneKindNames.find((known) => known === name);
    if (kind === undefined) throw new Error(`--kind is one or more of ${sceneKindNames.join(', ')}, or all`);
    return kind;
  });
}

const round = (value: number) => Math.round(value * 100) / 100;

function truthOf({ settings, card }: Scene, group: SceneKind) {
  const { width, height, clutter, fingers, ...rest } = settings;
  const pairs = (quad: Quad | undefined) => quad?.map(([x, y]) => [round(x), round(y)]) ?? null;
  const tags = [
    ...new Set(clutter),
    ...(fingers > 0 ? ['fingers'] : []),
    ...(rest.backgroundBlur > 0 || rest.hand !== 'none' ? ['held'] : []),
    ...(rest.glare > 0 ? ['glare'] : []),
    ...(rest.castShadow > 0 ? ['cast_shadow'] : []),
    ...(rest.brightness < 0.55 ? ['dark'] : []),
    ...(Math.max(rest.blur, rest.shake / 4) > Math.max(width, height) / 1000 ? ['blur'] : []),
    ...(rest.cornerRadius === 0 ? ['square_corners'] : []),
    ...(rest.offset.some((value) => Math.abs(value) > 1) ? ['out_of_frame'] : []),
  ];
  return {
    quad: pairs(card?.documentCorners),
    seen: pairs(card?.corners),
    kind: card === null ? 'negative' : group === 'sheet' ? 'sheet' : group === 'card' ? 'id-card' : group,
    group,
    orientation: 'document',
    ...rest,
    tags,
    size: [width, height],
  };
}

if (values.out === undefined) throw new Error('--out names the folder to write to');
await mkdir(values.out, { recursive: true });
const random = createRandom(values.seed);
const kinds = namedKinds();
const quads: Record<string, unknown> = {};
for (let index = 0; index < Number(values.count); index++) {
  const file = `${String(index).padStart(4, '0')}.jpg`;
  const seed = random.fork(index).int(0, 2 ** 31);
  const kind = kinds[index % kinds.length]!;
  const level = levelOf(index, kind);
  const options = level === 'negative' ? {} : sceneKinds[kind](random.fork(`kind/${index}`));
  const scene = renderScene({ seed, level, ...options, ...sizeOption() });
  const { quality } = scene.settings;
  await writeFile(join(values.out, file), await encodePhoto(scene.image, { format: 'jpeg', quality }));
  quads[file] = truthOf(scene, kind);
}
await writeFile(join(values.out, 'quads.json'), `${JSON.stringify(quads, null, 1)}\n`);
