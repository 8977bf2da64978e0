import { test } from 'tap';
import { loadConfig } from '../../src/config/config.js';
import { createCropper } from '../../src/cropper/cropper.js';
import { createMagicCard } from '../../src/magic-card/draw.js';
import { fixture } from '../../src/photos/fixtures.js';
import { encodePhoto, renderScene } from '../../src/scene/index.js';

const scene = renderScene(
  { seed: 1, level: 'easy', width: 640, height: 480 },
  createMagicCard('slow;ms=500'),
);
const photo = await encodePhoto(scene.image, { format: 'jpeg' });
// A copy: what sharp returns is memory of its own, which Node from 22 on does not hand to another thread.
const copy = () => Buffer.from(photo);

test('the crop of a magic card says its scenario', async (t) => {
  const cropper = createCropper(() => loadConfig({ options: { workers: 1, cropTimeout: 100 } }));
  t.teardown(() => cropper.close());
  t.match(await cropper.crop(copy()), {
    fault: undefined,
    code: 'slow;ms=500',
    timings: { inspect: Number },
  });
  const ordinary = await cropper.crop(Buffer.from(fixture('png').bytes));
  t.match(ordinary, { fault: undefined, format: 'png' });
  t.notOk('code' in ordinary);
});

test('with the setting off nothing is looked for', async (t) => {
  const cropper = createCropper(() =>
    loadConfig({ options: { workers: 1, cropTimeout: 100, magicCard: false } }),
  );
  t.teardown(() => cropper.close());
  const crop = await cropper.crop(copy());
  t.equal(crop.fault, undefined);
  t.notOk('code' in crop);
});
