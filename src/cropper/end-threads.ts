import { setTimeout } from '../real-time.js';
import { nativeGate } from '../vision/index.js';

/** Nearly all calls of native code are over by then; where one goes on, the other threads must not stand still for it. */
const closedMs = 200;
const pollMs = 2;

/**
 * Ends threads while none of them is in native code that would take the process with it (vision/codec/native-gate.ts), however long that
 * takes: what a file may ask of its decoder is bounded (vision/codec/work-limit.ts).
 * @param end settles when they have gone
 */
export async function endThreads(end: () => Promise<unknown>): Promise<void> {
  await closeWhenEmpty();
  try {
    await end();
  } finally {
    nativeGate.open();
  }
}

async function closeWhenEmpty(): Promise<void> {
  for (;;) {
    nativeGate.close();
    for (let waited = 0; !nativeGate.isEmpty && waited < closedMs; waited += pollMs) await pause(pollMs);
    if (nativeGate.isEmpty) return;
    nativeGate.open();
    await pause(closedMs);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
