/**
 * Draws a folder of scenes with their truth, to measure a detector against.
 *
 * npm run scenes -- --count 300 --seed 7 --level mixed --out DIR [--size 1600x1200]
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

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    level: { type: 'string', default: 'mixed' },
    out: { type: 'string' },
    size: { type: 'string' },
  },
});

function levelOf(index: number): Level {
  if (values.level === 'mixed') return levels[index % levels.length]!;
  const level = levels.find((name) => name === values.level);
  if (level === undefined) throw new Error(`--level is one of ${levels.join(', ')}, mixed`);
  return level;
}

function sizeOption(): SceneOptions {
  if (values.size === undefined) return {};
  const [width, height] = values.size.split('x').map(Number);
  if (!width || !height) throw new Error('--size is WIDTHxHEIGHT');
  return { width, height };
}

const round = (value: number) => Math.round(value * 100) / 100;

function truthOf({ settings, documentCorners, corners }: Scene) {
  const { width, height, clutter, fingers, ...rest } = settings;
  const pairs = (quad: Scene['corners']) => quad?.map(([x, y]) => [round(x), round(y)]) ?? null;
  const tags = [
    ...new Set(clutter),
    ...(fingers > 0 ? ['fingers'] : []),
    ...(rest.glare > 0 ? ['glare'] : []),
    ...(rest.castShadow > 0 ? ['cast_shadow'] : []),
    ...(rest.brightness < 0.55 ? ['dark'] : []),
    ...(Math.max(rest.blur, rest.shake / 4) > Math.max(width, height) / 1000 ? ['blur'] : []),
    ...(rest.cornerRadius === 0 ? ['square_corners'] : []),
    ...(rest.offset.some((value) => Math.abs(value) > 1) ? ['out_of_frame'] : []),
  ];
  return {
    quad: pairs(documentCorners),
    seen: pairs(corners),
    kind: documentCorners === null ? 'negative' : 'id-card',
    orientation: 'document',
    ...rest,
    tags,
    size: [width, height],
  };
}

if (values.out === undefined) throw new Error('--out names the folder to write to');
await mkdir(values.out, { recursive: true });
const random = createRandom(values.seed);
const quads: Record<string, unknown> = {};
for (let index = 0; index < Number(values.count); index++) {
  const file = `${String(index).padStart(4, '0')}.jpg`;
  const seed = random.fork(index).int(0, 2 ** 31);
  const scene = renderScene({ seed, level: levelOf(index), ...sizeOption() });
  const { quality } = scene.settings;
  await writeFile(join(values.out, file), await encodePhoto(scene.image, { format: 'jpeg', quality }));
  quads[file] = truthOf(scene);
}
await writeFile(join(values.out, 'quads.json'), `${JSON.stringify(quads, null, 1)}\n`);
