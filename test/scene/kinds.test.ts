import fc from 'fast-check';
import t from 'tap';
import { sceneKindNames, sceneKinds } from '../../scripts/scene-kinds.js';
import { createRandom } from '../../src/random.js';
import { captures, reproductions } from '../../src/scene/capture.js';
import { fillRect } from '../../src/scene/fill.js';
import {
  clutterNames,
  type Design,
  designNames,
  levels,
  pictureNames,
  renderScene,
  type Scene,
  type SceneOptions,
  thingNames,
} from '../../src/scene/index.js';
import { checkSceneRequest } from '../../src/scene/request.js';
import type { Point } from '../../src/vision/types.js';

const empty = [...thingNames, ...pictureNames];
const length = fc.integer({ min: 16, max: 90 });

const options: fc.Arbitrary<SceneOptions> = fc.record(
  {
    seed: fc.integer({ min: 0, max: 1e6 }),
    level: fc.constantFrom(...levels),
    capture: fc.constantFrom(...captures),
    design: fc.constantFrom(...designNames),
    reproduction: fc.constantFrom(...reproductions),
    width: length,
    height: length,
    longSide: length,
    margin: fc.double({ min: -0.1, max: 0.4, noNaN: true }),
    stretch: fc.double({ min: 0.5, max: 2, noNaN: true }),
    rotation: fc.integer({ min: -360, max: 360 }),
    across: fc.array(fc.constantFrom(...clutterNames), { maxLength: 2 }),
    contrast: fc.double({ min: 0.05, max: 2, noNaN: true }),
  },
  { requiredKeys: ['seed', 'longSide'] },
);

t.test('whatever is asked for is drawn, with its truth', async (t) => {
  fc.assert(
    fc.property(options, (asked) => {
      const { image, card, settings } = renderScene(asked);
      const bare = settings.design === null || empty.includes(settings.design);
      const finite = card === null || card.documentCorners.flat().every(Number.isFinite);
      return image.data.length === settings.width * settings.height * 3 && (card === null) === bare && finite;
    }),
    { numRuns: 300, seed: 2 },
  );
  t.pass();
});

const same = (one: Scene, other: Scene) => Buffer.from(one.image.data).equals(Buffer.from(other.image.data));

t.test('every kind is drawn again from what was decided', async (t) => {
  for (const kind of sceneKindNames) {
    const random = createRandom(kind);
    const drawn: SceneOptions = sceneKinds[kind](random);
    const scene = renderScene({ seed: 3, level: 'medium', ...drawn, longSide: 120 });
    t.equal(Math.max(scene.image.width, scene.image.height) <= 121, true, kind);
    const again = renderScene(JSON.parse(JSON.stringify(scene.settings)));
    t.ok(same(scene, again), kind);
    t.same(again.card, scene.card, kind);
    const { design, ...decided } = scene.settings;
    t.doesNotThrow(() => checkSceneRequest({ ...decided, ...(design && { design }) }), kind);
  }
});

/** A white document on a black face. */
const inset: Design = {
  width: 120,
  height: 80,
  paper: true,
  document: [
    [20, 15],
    [95, 20],
    [93, 65],
    [18, 60],
  ],
  draw(canvas) {
    fillRect(canvas, 0, 0, 120, 80, [0, 0, 0]);
    for (let y = 0; y < canvas.rows; y++)
      for (let x = 0; x < canvas.columns; x++)
        if (isInside([(x + 0.5) / canvas.scale, (y + 0.5) / canvas.scale]))
          canvas.data.fill(255, (y * canvas.columns + x) * 3, (y * canvas.columns + x) * 3 + 3);
  },
};

function isInside([x, y]: Point): boolean {
  return inset.document!.every(([ax, ay], i) => {
    const [bx, by] = inset.document![(i + 1) % 4]!;
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0;
  });
}

const clear: SceneOptions = {
  width: 480,
  height: 330,
  background: 'plain-dark',
  clutter: [],
  fingers: 0,
  brightness: 1,
  unevenness: 0,
  vignette: 0,
  castShadow: 0,
  glare: 0,
  shadowDepth: 0,
  warmth: 0,
  saturation: 1,
  blur: 0,
  shake: 0,
  noise: 0,
  sharpening: 0,
  backgroundBlur: 0,
  areaFraction: 0.6,
  offset: [0, 0],
};

t.test('the document on a larger face is where the truth says', async (t) => {
  for (const more of [
    { capture: 'photo', tilt: 25, rotation: 10 },
    { capture: 'photo', tilt: 0, rotation: 200 },
    { capture: 'scan', rotation: 0, margin: 0.05, ground: 'black', reproduction: 'colour' },
    { capture: 'scan', rotation: 93, margin: 0.02, ground: 'black', reproduction: 'colour' },
  ] as const)
    for (const face of [inset, { ...inset, focus: { x: 10, y: 5, width: 100, height: 70 } }]) {
      const { image, card } = renderScene({ ...clear, ...more, seed: 4 }, face);
      const [from, , opposite] = card!.documentCorners;
      const level = (share: number) => {
        const x = Math.round(from[0] + (opposite[0] - from[0]) * share);
        const y = Math.round(from[1] + (opposite[1] - from[1]) * share);
        return image.data[(y * image.width + x) * 3]!;
      };
      const about = `${more.capture} at ${more.rotation}`;
      t.ok(level(0.02) > 180 && level(0.98) > 180, `white inside: ${about}`);
      t.ok(level(-0.03) < 90 && level(1.03) < 90, `black outside: ${about}`);
    }
});

t.test('a scan without a margin shows the document from edge to edge', async (t) => {
  const { image, card } = renderScene({
    seed: 1,
    capture: 'scan',
    design: 'licence',
    rotation: 0,
    margin: 0,
    longSide: 200,
  });
  const [right, bottom] = [image.width - 0.5, image.height - 0.5];
  for (const [i, [x, y]] of card!.corners.entries()) {
    t.ok(Math.abs(x - (i === 1 || i === 2 ? right : -0.5)) < 0.6, `corner ${i}`);
    t.ok(Math.abs(y - (i > 1 ? bottom : -0.5)) < 0.6, `corner ${i}`);
  }
});
