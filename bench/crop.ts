// node build/bench/crop.js [python with opencv-python-headless] [rounds] [photos per cell at 0.3, 2 and 12 MP: 6,6,3]
//
// CPU milliseconds of a crop at 0.3, 2, 12 and 48 MP, beside native OpenCV (bench/native_opencv.py, one thread), for what
// crop-photos.ts draws: easy, medium and hard cards, documents as they are sent, and photos without one, each apart and all
// together. For the easy ones by stage, beside the full decode and the encode alone, and milliseconds by the clock. A round
// runs ours and the native one photo by photo, so that whatever else the machine does meets both alike; the sums of the
// photos' medians make the ratios. Ours runs in a thread that is started like the server's, and is measured when V8 has
// compiled it; the native peer is given as many rounds before. CPU is that of the whole process: codecs, compiler and
// garbage collector work in threads of their own. Where we find no document ours is what it cost to say so; the native peer
// does its whole work even then.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker } from 'node:worker_threads';
import { makeRoomForPixels } from '../src/cropper/thread-heap.js';
import { warmUp } from '../src/vision/index.js';
import { type BenchPhoto, cellNames, drawCropPhotos } from './crop-photos.js';
import { startNativeOpenCv } from './native-opencv.js';
import {
  type Column,
  columns,
  type Figures,
  type MeasuredPhoto,
  type NativeOpenCv,
  PhotoBench,
  stageNames,
} from './photo-bench.js';
import { median, percentile90, sum } from './spread.js';

/** Of the smallest photos, before the first one is measured. */
const warmingCrops = 90;

const [python = 'python3', rounds = '5', photosPerCell = '6,6,3'] = process.argv.slice(2);
if (isMainThread) {
  makeRoomForPixels();
  new Worker(fileURLToPath(import.meta.url), { argv: [python, rounds, photosPerCell], execArgv: [] });
} else {
  await benchCrops();
}

async function benchCrops(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-crop-'));
  const native = await startNativeOpenCv(python);
  await warmUp();
  try {
    const sizes = drawCropPhotos(folder, photosPerCell.split(',').map(Number)).filter(
      ({ photos }) => photos.length > 0,
    );
    const smallest = sizes[0]?.photos ?? [];
    await measure(native, smallest, Math.ceil(warmingCrops / smallest.length));
    for (const { name, photos } of sizes) {
      const measured = await measure(native, photos, Number(rounds));
      printCells(name, measured);
      printStages(name, measured);
    }
  } finally {
    native.stop();
    rmSync(folder, { recursive: true });
  }
}

async function measure(
  native: NativeOpenCv,
  photos: readonly BenchPhoto[],
  times: number,
): Promise<MeasuredPhoto[]> {
  const benches = photos.map((photo) => new PhotoBench(native, photo));
  for (let round = 0; round < times; round++) {
    for (const bench of benches) await bench.run();
  }
  // In rounds of their own: the garbage of a full decode is not to be collected during a crop.
  for (let round = 0; round < times; round++) {
    for (const bench of benches) if (bench.photo.cell === 'easy') await bench.runCodecs();
  }
  return benches.map((bench) => bench.measured());
}

function valuesOf(photos: readonly MeasuredPhoto[], column: Column, figure: keyof Figures): number[] {
  return photos.flatMap(({ columns: { [column]: figures } }) => (figures ? [figures[figure]] : []));
}

function printCells(size: string, measured: readonly MeasuredPhoto[]): void {
  const load = loadavg()[0]?.toFixed(1);
  console.log(`\n${size}: CPU ms per photo (OpenCV ${measured[0]?.opencv}, load average ${load})`);
  const spreads = ['total', 'decode', 'detect', 'native'].flatMap((name) => [name, 'p90']);
  printRow('', ['photos', 'found', '÷ native', ...spreads]);
  for (const cell of cellNames) {
    const photos = measured.filter(({ photo }) => photo.cell === cell);
    if (photos.length > 0) printCell(cell, photos);
  }
  if (measured.length > 1) printCell('all', measured);
}

function printCell(name: string, photos: readonly MeasuredPhoto[]): void {
  const totals = (column: Column) => valuesOf(photos, column, 'total');
  const ratio = sum(totals('ours')) / sum(totals('native'));
  const found = photos.filter((photo) => photo.found).length;
  const stages = (['total', 'decode', 'detect'] as const).map((figure) => valuesOf(photos, 'ours', figure));
  const spreads = [...stages, totals('native')].flatMap((values) => [median(values), percentile90(values)]);
  printRow(name, [photos.length, found, ratio.toFixed(2), ...spreads.map((value) => value.toFixed(1))]);
}

/** Of the easy photos; means, so that the stages add up to the total. */
function printStages(size: string, measured: readonly MeasuredPhoto[]): void {
  const photos = measured.filter(({ photo, found }) => photo.cell === 'easy' && found);
  if (photos.length === 0) return;
  console.log(`\n${size}, easy: CPU ms by stage, mean of the photos that we find`);
  printRow('', [...stageNames, 'total', 'ours ÷ it', 'wall ms']);
  for (const column of columns) {
    const mean = (name: keyof Figures, of = column) => sum(valuesOf(photos, of, name)) / photos.length;
    const stages = stageNames.map((stage) => mean(stage).toFixed(1));
    const ratio = mean('total', 'ours') / mean('total');
    printRow(column, [...stages, mean('total').toFixed(1), ratio.toFixed(2), mean('wall').toFixed(1)]);
  }
}

function printRow(name: string, cells: readonly (string | number)[]): void {
  console.log(`${name.padEnd(17)}${cells.map((cell) => String(cell).padStart(10)).join('')}`);
}
