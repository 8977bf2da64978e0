import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { startSimulator } from '../support/simulator.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Python with requests (`npm run check:python`).
const run = promisify(execFile);
const python = process.env.PYTHON ?? 'python3';
const paths = ['/api/v1/id_cropper/register/', '/api/v1/id_cropper_register'];

test("the README's Python client, in both path forms", async (t) => {
  const { url } = await startSimulator(t);
  const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  const snippet = /```python\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  for (const path of paths) {
    const folder = t.testdir();
    const program = snippet
      .replace('http://127.0.0.1:3000', url)
      .replace('/api/v1/id_cropper/register/', path)
      .replace("'card.jpg'", `'${folder}/card.jpg'`);
    const { stdout } = await run(python, ['-c', program], { cwd: packageRoot });
    t.equal(stdout, '200 2\n', path);
    t.match(await sharp(join(folder, 'card.jpg')).metadata(), { format: 'jpeg' });
  }
});
