import { fileURLToPath } from 'node:url';
import t from 'tap';
import { runProgram } from '../support/program.js';

const program = fileURLToPath(new URL('./end-threads-program.js', import.meta.url));

t.test('threads are ended in the middle of native code, and the process lives on', async (t) => {
  const { stdout } = await runProgram([program]);
  t.equal(stdout, 'still here\n');
});
