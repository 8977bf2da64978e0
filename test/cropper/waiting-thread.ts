import { parentPort, workerData } from 'node:worker_threads';
import { inNativeCode } from '../../src/vision/codec/native-gate.js';

// A thread that counts as being in native code until the flag that it is given changes. For end-threads.test.ts.

inNativeCode(() => {
  parentPort?.postMessage('inside');
  Atomics.wait(workerData, 0, 0);
});
