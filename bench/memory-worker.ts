import { parentPort } from 'node:worker_threads';
import { cropCard, warmUp } from '../src/vision/index.js';
import { heapBytes } from '../src/vision/opencv/opencv.js';

export interface MemoryTask {
  readonly photos: readonly Uint8Array[];
  readonly crops: number;
}

/** Bytes: OpenCV's heap, and the process' resident memory now and at most. */
export interface MemoryReport {
  readonly heap: number;
  readonly rss: number;
  readonly peak: number;
}

await warmUp();
parentPort?.on('message', async ({ photos, crops }: MemoryTask) => {
  let peak = 0;
  const look = () => {
    const rss = process.memoryUsage.rss();
    peak = Math.max(peak, rss);
    return rss;
  };
  const watch = setInterval(look, 5);
  for (let i = 0; i < crops; i++) {
    await cropCard(photos[i % photos.length]!, { minConfidence: 0 });
    look();
  }
  clearInterval(watch);
  const report: MemoryReport = { heap: heapBytes(), rss: look(), peak };
  parentPort?.postMessage(report);
});
