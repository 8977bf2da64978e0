import { test } from 'tap';
import { Progress } from '../../src/commands/progress.js';

function watch({ isTTY = true, total = 3, columns = 20 } = {}) {
  let ms = 0;
  const written: string[] = [];
  const screen = { isTTY, columns, write: (text: string) => written.push(text) };
  const progress = new Progress(total, screen, () => ms);
  return { progress, written, pass: (more: number) => (ms += more) };
}

const erased = '\r\u001b[K';

test('a line about what takes longer than a second, gone at the end', async (t) => {
  const { progress, written, pass } = watch();
  progress.begin('a.jpg');
  pass(999);
  progress.end();
  t.same(written, [], 'not within a second');
  pass(1);
  progress.begin('b.jpg');
  progress.end();
  progress.begin('a-name-that-is-long.jpg');
  progress.end();
  t.same(written, [`${erased}2/3 b.jpg`, erased, `${erased}3/3 a-name-that-is-`, erased]);
});

test('work that is known to be long is named at once; nothing is written where nobody looks', async (t) => {
  const one = watch({ total: 1 });
  one.progress.begin('a.jpg', true);
  t.same(one.written, [`${erased}a.jpg …`]);
  const unmeasured = watch({ total: 1, columns: 0 });
  unmeasured.progress.begin('a.jpg', true);
  t.same(unmeasured.written, [`${erased}a.jpg …`], 'on a terminal that does not say how broad it is');
  const pipe = watch({ isTTY: false });
  pipe.pass(5000);
  pipe.progress.begin('a.jpg', true);
  pipe.progress.end();
  t.same(pipe.written, []);
});
