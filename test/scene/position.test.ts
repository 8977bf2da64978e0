import fc from 'fast-check';
import t from 'tap';
import { createRandom } from '../../src/random.js';
import { cornersInPhoto, isBefore } from '../../src/scene/camera.js';
import { decideScene, renderScene, type SceneOptions } from '../../src/scene/index.js';
import { planFace } from '../../src/scene/options.js';
import { checkSceneRequest, type Keywords, sceneRequest } from '../../src/scene/request.js';
import { takePosition } from '../../src/scene/stage.js';
import { signedArea } from '../../src/vision/geometry/plane.js';

/** All that a field may be. */
function valuesOf(schema: object): fc.Arbitrary<unknown> {
  const {
    enum: allowed,
    type,
    items,
    minItems = 0,
    maxItems = 0,
    minimum: min = 0,
    maximum: max = 0,
  } = schema as Keywords;
  if (allowed !== undefined) return fc.constantFrom(...allowed);
  if (items !== undefined) return fc.array(valuesOf(items), { minLength: minItems, maxLength: maxItems });
  return type === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
}

const isAllowed = (options: object) => {
  try {
    checkSceneRequest(options);
    return true;
  } catch {
    return false;
  }
};

/** Everything that may be asked of a picture of such a size, each left out as often as not. */
function anyScene(side: fc.Arbitrary<number>, requiredKeys: readonly string[] = []) {
  const { card, format, orientation, ...drawn } = sceneRequest.properties;
  const fields = Object.entries(drawn).map(([field, schema]) => [field, valuesOf(schema)]);
  const seed = fc.integer({ min: 0, max: 1e6 });
  const all: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    ...Object.fromEntries(fields),
    width: side,
    height: side,
    longSide: side,
    seed,
  };
  return fc
    .record(all, { requiredKeys: ['seed', ...requiredKeys] })
    .filter(isAllowed) as fc.Arbitrary<SceneOptions>;
}

/** Thin strips included: there the camera's steps are the longest. */
const anySize = anyScene(fc.integer({ min: 16, max: 10_000 }));
/** From the side, from near by and at the edge of a tiny picture. */
const near = anyScene(fc.integer({ min: 16, max: 60 }), [
  'width',
  'height',
  'tilt',
  'tiltAxis',
  'rotation',
  'areaFraction',
  'offset',
]);

function isSeen(options: SceneOptions): boolean {
  const settings = decideScene(options);
  const random = createRandom(`scene/${settings.seed}`).fork('render');
  const { camera, placement, focus } = takePosition(settings, random, planFace(settings));
  return [placement, focus].every(
    (each) => isBefore(camera, each) && signedArea(cornersInPhoto(camera, each)) > 0,
  );
}

t.test('whatever is asked for, all of the card lies before the camera', async (t) => {
  fc.assert(fc.property(anySize, isSeen), { numRuns: 5000, seed: 1 });
  fc.assert(fc.property(near, isSeen), { numRuns: 5000, seed: 1 });
  t.pass();
});

t.test('also where steps of the camera led behind it', async (t) => {
  for (const seed of [43, 1292])
    t.ok(isSeen({ seed, level: 'hard', width: 16, height: 16 }), `seed ${seed}, 16 × 16`);
  t.ok(
    isSeen({
      seed: 297,
      level: 'medium',
      width: 38,
      height: 38,
      tilt: 43.1,
      tiltAxis: 0,
      rotation: -100,
      areaFraction: 0.62,
      offset: [0.73, 0.88],
    }),
    'at the edge of a tiny picture',
  );
  t.ok(
    isSeen({
      seed: 2772,
      design: 'card-in-mat',
      height: 1169,
      tilt: 53.8,
      tiltAxis: 126,
      rotation: -125,
      areaFraction: 0.42,
      offset: [0.15, 1.36],
    }),
    'within a larger thing',
  );
});

t.test('whatever is asked for can be drawn', async (t) => {
  const tiny = anyScene(fc.integer({ min: 16, max: 32 }), ['width', 'height']);
  fc.assert(
    fc.property(tiny, (options) => {
      const { image, card } = renderScene(options);
      return (
        image.data.length === image.width * image.height * 3 &&
        (card?.corners.flat().every(Number.isFinite) ?? true)
      );
    }),
    { numRuns: 200, seed: 1 },
  );
  t.pass();
});
