import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import t from 'tap';
import { documentNetwork } from '../../../src/vision/network/document-network.js';
import { readImage } from '../drawing.js';

const vector = 'test/vision/network/vector';

t.test('the network that ships says what its training framework said', async (t) => {
  const image = await readImage(await readFile(`${vector}/picture.png`));
  const { presence } = JSON.parse(await readFile(`${vector}/presence.json`, 'utf8')) as { presence: number };
  const maps = documentNetwork().run(image);
  for (const name of ['mask', 'border'] as const) {
    const expected = await sharp(`${vector}/${name}.png`).toColourspace('b-w').raw().toBuffer();
    t.equal(maps[name].length, expected.length);
    const farthest = maps[name].reduce(
      (most, value, i) => Math.max(most, Math.abs(value - expected[i]! / 255)),
      0,
    );
    t.ok(farthest < 0.004, `${name}: ${farthest}`); // they are kept in 8 bits, and our own weights are whole numbers of 16
  }
  t.ok(Math.abs(maps.presence - presence) < 1e-4, 'presence');
});
