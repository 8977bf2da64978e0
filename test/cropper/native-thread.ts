import { parentPort, workerData } from 'node:worker_threads';
import { decodeJpeg } from '../../src/vision/codec/jpeg-turbo.js';

// A thread that is in native code most of the time. For end-threads.test.ts.

parentPort?.postMessage(decodeJpeg(workerData) !== null);
for (;;) decodeJpeg(workerData);
