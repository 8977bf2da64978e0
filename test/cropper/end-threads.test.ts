import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import t from 'tap';
import { endThreads } from '../../src/cropper/end-threads.js';
import { runProgram } from '../support/program.js';

const program = fileURLToPath(new URL('./end-threads-program.js', import.meta.url));

t.test('threads are ended in the middle of native code, and the process lives on', async (t) => {
  const { stdout } = await runProgram([program]);
  t.equal(stdout, 'still here\n');
});

t.test('a long call of native code is waited for, and holds up no other thread', async (t) => {
  const start = async (flag: Int32Array) => {
    const thread = new Worker(new URL('./waiting-thread.js', import.meta.url), { workerData: flag });
    await once(thread, 'message');
    return thread;
  };
  const flag = () => new Int32Array(new SharedArrayBuffer(4));
  const leave = (inside: Int32Array) => {
    Atomics.store(inside, 0, 1);
    Atomics.notify(inside, 0);
  };
  const [long, other] = [flag(), flag()];
  const thread = await start(long);
  let hasEnded = false;
  const ending = endThreads(async () => {
    hasEnded = true;
    await thread.terminate();
  });
  const second = await start(other);
  t.equal(hasEnded, false, 'another has got in meanwhile');
  leave(other);
  await once(second, 'exit');
  t.equal(hasEnded, false, 'the first is still inside');
  leave(long);
  await ending;
  t.equal(hasEnded, true);
});
