import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

// libjpeg-turbo's binding throws a C++ exception where its thread is ended in the middle of a call, and nothing catches that: the whole
// process aborts, not the thread. So whoever ends a thread closes this gate first: then nobody is in native code, and nobody gets in
// until the thread has gone.

const name = 'valify-id-cropper-simulator: native gate';
const closers = 0;
const inside = 1;

const state = shared();
/** How often this thread itself has closed the gate; it must not wait for itself. */
let closedHere = 0;

/** One for the process: threads get what is in the environment when they are started. */
function shared(): Int32Array {
  const known = getEnvironmentData(name) as SharedArrayBuffer | undefined;
  const memory = known ?? new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  if (known === undefined) setEnvironmentData(name, memory);
  return new Int32Array(memory);
}

/** A call of native code that a thread must not be ended in. Waits while the gate is closed. */
export function inNativeCode<T>(call: () => T): T {
  if (isMainThread || closedHere > 0) return call(); // nobody ends these
  enter();
  try {
    return call();
  } finally {
    Atomics.sub(state, inside, 1);
  }
}

function enter(): void {
  for (;;) {
    Atomics.add(state, inside, 1);
    const closed = Atomics.load(state, closers);
    if (closed === 0) return;
    Atomics.sub(state, inside, 1);
    Atomics.wait(state, closers, closed); // a thread that is ended here just ends
  }
}

/** For whoever ends threads. */
export const nativeGate = {
  /** Nobody gets in any more; who is inside has still to come out. */
  close(): void {
    Atomics.add(state, closers, 1);
    closedHere++;
  },
  get isEmpty(): boolean {
    return Atomics.load(state, inside) === 0;
  },
  /** Once for each `close`. */
  open(): void {
    closedHere--;
    Atomics.sub(state, closers, 1);
    Atomics.notify(state, closers);
  },
};
