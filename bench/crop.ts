// node build/bench/crop.js [python with opencv-python-headless] [rounds]
//
// CPU milliseconds of a crop by stage at 0.3, 2, 12 and 48 MP, beside native OpenCV (bench/native_opencv.py, one thread)
// and beside sharp's full decode and encode alone. Each round runs all of them once, so that whatever else the machine
// does meets them alike; the medians' ratios are the result.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { cropOnClock } from '../src/vision/crop.js';
import { warmUp } from '../src/vision/index.js';
import { StageClock } from '../src/vision/stage-clock.js';
import type { CropResult, StageTimings } from '../src/vision/types.js';
import { drawPhoto, type PhotoOptions } from './draw-photo.js';
import { startNativeOpenCv } from './native-opencv.js';

const photos: readonly (PhotoOptions & { name: string })[] = [
  { name: '0.3 MP', width: 640, height: 480, noise: 4, quality: 92 },
  { name: '2 MP', width: 1600, height: 1200, noise: 4, quality: 92 },
  { name: '12 MP', width: 4000, height: 3000, noise: 2, quality: 92 },
  { name: '12 MP, noisy', width: 4000, height: 3000, noise: 6, quality: 93 },
  { name: '12 MP, cluttered', level: 'medium', width: 4000, height: 3000, noise: 4, quality: 92 },
  { name: '48 MP', width: 8000, height: 6000, noise: 4, quality: 92 },
];
const stageNames = ['decode', 'detect', 'rectify', 'encode'] as const;

const [python = 'python3', rounds = '9'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'bench-crop-'));
const native = await startNativeOpenCv(python);
await warmUp();
try {
  for (const photo of photos) await benchPhoto(photo);
} finally {
  native.stop();
  rmSync(folder, { recursive: true });
}

async function benchPhoto({ name, ...options }: (typeof photos)[number]): Promise<void> {
  const path = join(folder, 'photo.jpg');
  drawPhoto(path, options);
  const bytes = readFileSync(path);
  const runs: Record<string, number[]> = {};
  const book = (column: string, stages: Partial<StageTimings>) => {
    for (const stage of stageNames) keep(`${column} ${stage}`, stages[stage] ?? 0);
    keep(
      column,
      Object.values(stages).reduce((sum, value) => sum + value, 0),
    );
  };
  const keep = (key: string, value: number) => {
    runs[key] ??= [];
    runs[key].push(value);
  };
  let crop = await cropped(bytes);
  let opencv = '';
  for (let round = 0; round < Number(rounds); round++) {
    crop = await cropped(bytes);
    book('ours', crop.timings);
    const request = { path, width: crop.width, height: crop.height, corners: crop.corners };
    const plain = await native.crop({ ...request, shrink: 0 });
    book('native', plain.stages);
    book('native, shrunk', (await native.crop({ ...request, shrink: 640 })).stages);
    book('decode + encode', await decodeAndEncode(bytes, crop));
    opencv = plain.opencv;
  }
  const size = `${(bytes.length / 1e6).toFixed(2)} MB → ${crop.width} × ${crop.height}`;
  printTable(`${name} (${size}; native OpenCV ${opencv})`, runs);
}

async function cropped(bytes: Uint8Array) {
  const result = await cropOnClock(bytes, {}, new StageClock(cpuMilliseconds));
  if (result.fault !== undefined) throw new Error(`${result.fault}: ${result.detail}`);
  return result;
}

async function decodeAndEncode(
  bytes: Uint8Array,
  { width, height }: Extract<CropResult, { fault?: never }>,
): Promise<Partial<StageTimings>> {
  const clock = new StageClock(cpuMilliseconds);
  await sharp(bytes).raw().toBuffer();
  clock.endStage('decode');
  const blank = Buffer.alloc(width * height * 3, 200);
  await sharp(blank, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
  clock.endStage('encode');
  return clock.timings;
}

/** Of the whole process: libvips works in threads of its own. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function printTable(title: string, runs: Record<string, number[]>): void {
  const median = (key: string) =>
    [...(runs[key] ?? [])].sort((a, b) => a - b)[Math.floor(Number(rounds) / 2)] ?? 0;
  console.log(`\n${title}`);
  console.log(
    `${'CPU ms'.padEnd(17)}${[...stageNames, 'total', 'ours ÷ it'].map((n) => n.padStart(10)).join('')}`,
  );
  for (const column of ['ours', 'native', 'native, shrunk', 'decode + encode']) {
    const cells = stageNames.map((stage) => median(`${column} ${stage}`).toFixed(1));
    cells.push(median(column).toFixed(1), (median('ours') / median(column)).toFixed(2));
    console.log(`${column.padEnd(17)}${cells.map((cell) => cell.padStart(10)).join('')}`);
  }
}
