import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { startSimulator } from '../support/simulator.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Python with requests (`npm run check:python`).
const run = promisify(execFile);
const python = process.env.PYTHON ?? 'python3';

test('the Python client writes the card of the photo, and ends with 1 where there is none', async (t) => {
  const { url } = await startSimulator(t, { workers: 1 });
  const card = join(t.testdir(), 'card.jpg');
  const crop = (photo: string) =>
    run(
      python,
      [join(packageRoot, 'examples/python/crop.py'), join(packageRoot, 'fixtures/photos', photo), card],
      {
        env: { ...process.env, VALIFY_URL: url },
      },
    );
  t.match((await crop('rotated.jpg')).stdout, /: transaction [0-9a-f-]{36}, trials remaining 2\n$/);
  t.match(await sharp(card).metadata(), { format: 'jpeg' });
  await t.rejects(crop('no-card.jpg'), { code: 1, stderr: /422 .*5009/ });
});
