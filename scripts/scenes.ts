/**
 * Draws a folder of scenes with their truth, to measure a detector against.
 *
 * npm run scenes -- --count 300 --seed 7 --level mixed --out DIR [--size 1600x1200] [--kind sheet]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom, type Random } from '../src/random.js';
import {
  encodePhoto,
  type Level,
  levels,
  renderScene,
  type Scene,
  type SceneOptions,
  sheetNames,
} from '../src/scene/index.js';
import type { Quad } from '../src/vision/types.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    level: { type: 'string', default: 'mixed' },
    out: { type: 'string' },
    size: { type: 'string' },
    kind: { type: 'string', default: 'card' },
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

/** Sheets are larger than cards and mostly fill more of their photo. */
function kindOption(chance: Random): SceneOptions {
  if (values.kind !== 'sheet') return {};
  return { design: chance.pick(sheetNames), areaFraction: chance.uniform(0.25, 0.75) };
}

const round = (value: number) => Math.round(value * 100) / 100;

function truthOf({ settings, card }: Scene) {
  const { width, height, clutter, fingers, ...rest } = settings;
  const pairs = (quad: Quad | undefined) => quad?.map(([x, y]) => [round(x), round(y)]) ?? null;
  const tags = [
    ...new Set(clutter),
    ...(fingers > 0 ? ['fingers'] : []),
    ...(rest.backgroundBlur > 0 ? ['held'] : []),
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
    kind: card === null ? 'negative' : values.kind === 'sheet' ? 'sheet' : 'id-card',
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
  const level = levelOf(index);
  const kind = level === 'negative' ? {} : kindOption(random.fork(`kind/${index}`));
  const scene = renderScene({ seed, level, ...kind, ...sizeOption() });
  const { quality } = scene.settings;
  await writeFile(join(values.out, file), await encodePhoto(scene.image, { format: 'jpeg', quality }));
  quads[file] = truthOf(scene);
}
await writeFile(join(values.out, 'quads.json'), `${JSON.stringify(quads, null, 1)}\n`);
