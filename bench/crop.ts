// node build/bench/crop.js [python with opencv-python-headless] [rounds]
//
// CPU milliseconds of a crop by stage at 0.3, 2, 12 and 48 MP, beside native OpenCV (bench/native_opencv.py, one thread)
// and beside the full decode and the encode alone; and milliseconds by the clock for all stages together. Each round runs ours and the native ones once, so that whatever else the
// machine does meets them alike; the medians' ratios are the result. Ours runs in a thread that is started like the server's, and
// is measured when V8 has compiled it; the native peer is given as many rounds before. CPU is that of the whole process:
// codecs, compiler and garbage collector work in threads of their own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { makeRoomForPixels } from '../src/cropper/thread-heap.js';
import { encodeImage } from '../src/vision/codec/encode.js';
import { decodeJpeg } from '../src/vision/codec/jpeg-turbo.js';
import { cropOnClock } from '../src/vision/crop.js';
import { warmUp } from '../src/vision/index.js';
import { StageClock } from '../src/vision/stage-clock.js';
import type { CropResult, RgbImage, StageTimings } from '../src/vision/types.js';
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

/** Of everything, before the first photo is measured. */
const warmingRounds = 25;

const [python = 'python3', rounds = '9'] = process.argv.slice(2);
if (isMainThread) {
  makeRoomForPixels();
  new Worker(fileURLToPath(import.meta.url), { argv: [python, rounds], execArgv: [] });
} else {
  await benchCrops();
}

async function benchCrops(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-crop-'));
  const path = join(folder, 'photo.jpg');
  const native = await startNativeOpenCv(python);
  await warmUp();
  try {
    for (const [index, { name, ...options }] of photos.entries()) {
      drawPhoto(path, options);
      if (index === 0) await measure(native, path, warmingRounds);
      const { title, runs } = await measure(native, path, Number(rounds));
      printTable(`${name} (${title})`, runs);
    }
  } finally {
    native.stop();
    rmSync(folder, { recursive: true });
  }
}

async function measure(native: Awaited<ReturnType<typeof startNativeOpenCv>>, path: string, times: number) {
  const bytes = readFileSync(path);
  const runs: Record<string, number[]> = {};
  const keep = (key: string, value: number) => {
    runs[key] ??= [];
    runs[key].push(value);
  };
  const book = (column: string, { stages, wall }: Work) => {
    keep(`${column} wall`, wall);
    for (const stage of stageNames) keep(`${column} ${stage}`, stages[stage] ?? 0);
    keep(
      column,
      Object.values(stages).reduce((sum, value) => sum + value, 0),
    );
  };
  let title = '';
  for (let round = 0; round < times; round++) {
    const { crop, ...ours } = await cropped(bytes);
    book('ours', ours);
    const { width, height, corners } = crop;
    const plain = await native.crop({ path, width, height, corners, shrink: 0 });
    book('native', plain);
    book('native, shrunk', await native.crop({ path, width, height, corners, shrink: 640 }));
    title = `${(bytes.length / 1e6).toFixed(2)} MB → ${width} × ${height}; native OpenCV ${plain.opencv}`;
  }
  // In rounds of its own: the garbage of a full decode is not to be collected during a crop.
  const card = await decoded((await cropped(bytes)).crop);
  for (let round = 0; round < times; round++) book('decode + encode', await decodeAndEncode(bytes, card));
  return { title, runs };
}

type Crop = Extract<CropResult, { fault?: never }>;

/** CPU milliseconds by stage, and those of the clock for all of them. */
interface Work {
  readonly stages: Partial<StageTimings>;
  readonly wall: number;
}

async function cropped(bytes: Uint8Array): Promise<Work & { crop: Crop }> {
  const begin = performance.now();
  const crop = await cropOnClock(bytes, {}, new StageClock(cpuMilliseconds));
  if (crop.fault !== undefined) throw new Error(`${crop.fault}: ${crop.detail}`);
  return { crop, stages: crop.timings, wall: performance.now() - begin };
}

async function decoded({ image, width, height }: Crop): Promise<RgbImage> {
  return { data: await sharp(image).raw().toBuffer(), width, height };
}

async function decodeAndEncode(photo: Uint8Array, crop: RgbImage): Promise<Work> {
  const begin = performance.now();
  const clock = new StageClock(cpuMilliseconds);
  decodeJpeg(photo) ?? (await sharp(photo).raw().toBuffer());
  clock.endStage('decode');
  await encodeImage(crop, 'jpeg', 90);
  clock.endStage('encode');
  return { stages: clock.timings, wall: performance.now() - begin };
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
    `${'CPU ms'.padEnd(17)}${[...stageNames, 'total', 'ours ÷ it', 'wall ms'].map((n) => n.padStart(10)).join('')}`,
  );
  for (const column of ['ours', 'native', 'native, shrunk', 'decode + encode']) {
    const cells = stageNames.map((stage) => median(`${column} ${stage}`).toFixed(1));
    cells.push(median(column).toFixed(1), (median('ours') / median(column)).toFixed(2));
    cells.push(median(`${column} wall`).toFixed(1));
    console.log(`${column.padEnd(17)}${cells.map((cell) => cell.padStart(10)).join('')}`);
  }
}
