import sharp from 'sharp';
import { test } from 'tap';
import { base64 } from '../support/photos.js';
import { bundleKey, startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { jpegFiles } from './files/jpeg-files.js';
import { foreignFiles, sizedFiles } from './files/other-files.js';
import { pngFiles } from './files/png-files.js';
import type { FileRow } from './files/row.js';
import { webpFiles } from './files/webp-files.js';

const tables: Record<string, readonly FileRow[]> = {
  JPEG: jpegFiles,
  PNG: pngFiles,
  WebP: webpFiles,
  'other formats': foreignFiles,
  sizes: sizedFiles,
};

const shapeOf = async (answer: string) => {
  const { data } = JSON.parse(answer) as { data: { img: string } };
  const { width, height } = await sharp(Buffer.from(data.img, 'base64')).metadata();
  return width < height ? 'a standing card' : 'a card';
};

test('files of every trait, and what each is answered', async (t) => {
  const trials = Object.values(tables).flat().length;
  t.ok(trials >= 200, `${trials} files`);
  // One worker, which loads OpenCV once; a machine that is busy with other things may take its time.
  const simulator = await startSimulator(t, { trials, workers: 1, queueTimeout: 120, cropTimeout: 120 });
  const token = await simulator.token();
  for (const [name, rows] of Object.entries(tables)) {
    t.comment(`${name}: ${rows.length} files`);
    for (const [trait, file, answer] of rows) {
      const before = simulator.log().length;
      const img = base64(await file);
      const { status, text } = await simulator.crop(token, { bundle_key: bundleKey, img });
      await until('its log line', () => simulator.log().length > before);
      const { rule, reason } = simulator.log().at(-1) ?? {};
      if (typeof answer === 'string') {
        t.equal(status === 200 ? await shapeOf(text) : `${rule}: ${reason}`, answer, `${name}, ${trait}`);
      } else {
        t.equal(status, answer[0] === 'UNSUPPORTED_MEDIA_TYPE' ? 415 : 422, `${name}, ${trait}`);
        t.match({ rule, reason }, { rule: answer[0], reason: answer[1] }, `${name}, ${trait}`);
      }
    }
  }
});
