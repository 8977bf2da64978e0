import fc from 'fast-check';
import t from 'tap';
import { createRandom } from '../../src/random.js';
import { photograph } from '../../src/scene/camera.js';
import { decideScene, levels } from '../../src/scene/index.js';
import { planFace } from '../../src/scene/options.js';
import { takePosition } from '../../src/scene/stage.js';

/** Thin strips and tiny pictures included: there the camera's steps are the longest. */
const side = fc.integer({ min: 16, max: 3000 });
const options = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  level: fc.constantFrom(...levels),
  width: side,
  height: side,
});

function position(scene: Parameters<typeof decideScene>[0]) {
  const settings = decideScene(scene);
  const random = createRandom(`scene/${settings.seed}`).fork('render');
  return takePosition(settings, random, planFace(settings));
}

t.test('whatever the size, the camera sees the card from above', async (t) => {
  fc.assert(
    fc.property(options, (scene) => {
      const { camera, placement } = position(scene);
      const seen = photograph(camera, [placement.x, placement.y]);
      return camera.distance > 0 && seen.every(Number.isFinite);
    }),
    { numRuns: 500, seed: 1 },
  );
  t.pass();
});

t.test('also where a step of the camera leads behind the card', async (t) => {
  for (const seed of [43, 1292])
    t.ok(position({ seed, level: 'hard', width: 16, height: 16 }).camera.distance > 0, `seed ${seed}`);
});
