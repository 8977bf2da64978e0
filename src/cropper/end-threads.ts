import { setTimeout } from '../real-time.js';
import { nativeGate } from '../vision/index.js';

/** A call of native code that takes longer is stuck, and the thread is to go because of it. */
const patienceMs = 5_000;
const pollMs = 2;

/**
 * Ends threads while none of them is in native code that would take the process with it (vision/codec/native-gate.ts).
 * @param end settles when they have gone
 */
export async function endThreads(end: () => Promise<unknown>): Promise<void> {
  nativeGate.close();
  try {
    for (let waited = 0; !nativeGate.isEmpty && waited < patienceMs; waited += pollMs) await pause(pollMs);
    await end();
  } finally {
    nativeGate.open();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
