import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import { runProgram } from '../support/program.js';

const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));

for (const way of ['startMock', 'createServer']) {
  test(`${way} among globals that are fakes or a window's`, async (t) => {
    const { stdout } = await runProgram([program('./strange-globals.js'), way]);
    t.same(stdout.trim().split('\n'), ['slow 400', 'waited slow;ms=20', 'missed 408', 'closed']);
  });
}

const forgetful: Readonly<Record<string, string>> = {
  'nothing else': '',
  'a client that keeps its connection': 'await (await fetch(mock.url)).text();',
};
const index = new URL('../../src/index.js', import.meta.url).href;

for (const [what, does] of Object.entries(forgetful)) {
  test(`a forgotten close() keeps no process alive: ${what}`, { timeout: 110_000 }, async (t) => {
    const code = `import { startMock } from '${index}'; const mock = await startMock({ warm: false }); ${does} console.log('end')`;
    const { stdout } = await runProgram(['--input-type=module', '--eval', code]);
    t.equal(stdout, 'end\n');
  });
}
