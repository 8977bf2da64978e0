// node build/bench/memory.js [crops]
//
// Crops photos of many sizes in one worker thread, as the server does, and prints on the way the memory that OpenCV
// holds and that of the whole process. OpenCV's only ever grows: unchanged means that nothing of it leaks. Then a fresh
// worker crops 12 MP photos, for the peak. A worker's share is what the process has with it beyond what it has without.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makeRoomForPixels } from '../src/cropper/thread-heap.js';
import { drawPhoto } from './draw-photo.js';
import type { MemoryReport, MemoryTask } from './memory-worker.js';

const [crops = '5000'] = process.argv.slice(2);
const steps = 20;
const sizes = [
  [640, 480],
  [800, 1067],
  [1600, 1200],
  [2048, 1536],
  [2592, 1944],
] as const;

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0).padStart(5);
const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'));
const photos = sizes.map(([width, height]) => draw(width, height, 4));
const large = draw(4000, 3000, 4);
makeRoomForPixels();
const bare = process.memoryUsage.rss();
console.log(`process without a worker: ${megabytes(bare)} MB resident`);
await watchPeak();
await watchTrend();
rmSync(folder, { recursive: true });

async function watchPeak(): Promise<void> {
  const worker = startWorker();
  const warm = await worker.ask({ photos: [], crops: 0 });
  console.log(`worker's share, warm: ${megabytes(warm.rss - bare)} MB`);
  const busy = await worker.ask({ photos: [large], crops: 40 });
  console.log(`worker's share, peak of 40 crops at 12 MP: ${megabytes(busy.peak - bare)} MB`);
  await worker.end();
}

async function watchTrend(): Promise<void> {
  const worker = startWorker();
  const history: number[] = [];
  console.log('  crops  OpenCV MB  resident MB');
  for (let step = 1; step <= steps; step++) {
    const { heap, rss } = await worker.ask({ photos, crops: Math.round(Number(crops) / steps) });
    history.push(rss);
    const done = Math.round((Number(crops) / steps) * step);
    console.log(`${String(done).padStart(7)}      ${megabytes(heap)}        ${megabytes(rss)}`);
  }
  const trend = slope(history.slice(steps / 2)) * (steps / Number(crops)) * 1000;
  console.log(`trend over the second half: ${(trend / 1024).toFixed(0)} kB per 1,000 crops`);
  await worker.end();
}

function draw(width: number, height: number, noise: number): Uint8Array {
  const path = join(folder, 'photo.jpg');
  drawPhoto(path, { width, height, noise, quality: 92 });
  return readFileSync(path);
}

function startWorker() {
  const worker = new Worker(new URL('./memory-worker.js', import.meta.url));
  return {
    ask: (task: MemoryTask) =>
      new Promise<MemoryReport>((resolve, reject) => {
        worker.removeAllListeners('error');
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.postMessage(task);
      }),
    end: () => worker.terminate(),
  };
}

/** Least squares, per step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const spread = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return values.reduce((sum, value, i) => sum + (i - middle) * value, 0) / spread;
}
