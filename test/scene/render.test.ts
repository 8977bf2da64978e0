import { createHash } from 'node:crypto';
import t from 'tap';
import { fillRect } from '../../src/scene/fill.js';
import { type Design, decideScene, levels, renderScene, type SceneOptions } from '../../src/scene/index.js';
import type { Point, RgbImage } from '../../src/vision/types.js';

const small = { width: 240, height: 180 } as const;

const fingerprint = (image: RgbImage) => createHash('sha256').update(image.data).digest('hex');

const colourAt = (image: RgbImage, [x, y]: Point) => {
  const index = (Math.round(y) * image.width + Math.round(x)) * 3;
  return [...image.data.subarray(index, index + 3)] as [number, number, number];
};

/** White, with its own top-left marked in red. */
const marked: Design = {
  width: 85.6,
  height: 53.98,
  draw(canvas) {
    fillRect(canvas, 0, 0, 86, 55, [255, 255, 255]);
    fillRect(canvas, 0, 0, 20, 16, [255, 0, 0]);
  },
};

/** Nothing between the drawing and the pixel. */
const clear: SceneOptions = {
  width: 480,
  height: 360,
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
  cornerRadius: 0,
};

t.test('the same options give the same pixels', async (t) => {
  for (const level of levels) {
    const options = { seed: 5, level, ...small };
    t.equal(fingerprint(renderScene(options).image), fingerprint(renderScene(options).image), level);
    t.not(fingerprint(renderScene(options).image), fingerprint(renderScene({ ...options, seed: 6 }).image));
  }
});

t.test('settings written down as JSON give the scene again', async (t) => {
  const scene = renderScene({ seed: 11, level: 'hard', ...small });
  const again = renderScene(JSON.parse(JSON.stringify(scene.settings)));
  t.equal(fingerprint(again.image), fingerprint(scene.image));
  t.same(again.card, scene.card);
});

t.test('a setting that is given changes no other draw', async (t) => {
  const free = decideScene({ seed: 2, level: 'medium' });
  const given = decideScene({
    seed: 2,
    level: 'medium',
    rotation: 123,
    background: 'tiles',
  });
  t.same(given, { ...free, rotation: 123, background: 'tiles' });
});

t.test('negatives show no card', async (t) => {
  t.equal(renderScene({ seed: 1, level: 'negative', ...small }).card, null);
});

t.test('corners lie where the sides of the card meet', async (t) => {
  for (let seed = 0; seed < 12; seed++) {
    const { image, card } = renderScene(
      { ...clear, seed, level: 'hard', areaFraction: 0.3, offset: [0, 0] },
      marked,
    );
    const corners = card!.documentCorners;
    const middle: Point = [
      corners.reduce((sum, [x]) => sum + x / 4, 0),
      corners.reduce((sum, [, y]) => sum + y / 4, 0),
    ];
    corners.forEach((corner, i) => {
      const next = corners[(i + 1) % 4]!;
      for (const part of [0.06, 0.5, 0.94]) {
        const [inside, outside] = besideSide(corner, next, part, middle);
        const [reading, shade] = [colourAt(image, inside)[0], colourAt(image, outside)[0]];
        t.ok(
          reading > 150 && shade < 110,
          `seed ${seed}, side ${i} at ${part}: ${reading} inside, ${shade} outside`,
        );
      }
    });
  }
});

/** Points 1.5 pixels to either side of a side. */
function besideSide(from: Point, to: Point, part: number, middle: Point): [inside: Point, outside: Point] {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [nx, ny] = [(from[1] - to[1]) / length, (to[0] - from[0]) / length];
  const [x, y] = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
  const inwards = Math.sign((middle[0] - x) * nx + (middle[1] - y) * ny) * 1.5;
  return [
    [x + nx * inwards, y + ny * inwards],
    [x - nx * inwards, y - ny * inwards],
  ];
}

t.test('the document corners begin at the top-left of the card as it is read', async (t) => {
  for (const rotation of [0, 50, 90, 135, 180, 225, 270, 310]) {
    const { image, card } = renderScene({ ...clear, seed: 1, rotation, tilt: 10, areaFraction: 0.3 }, marked);
    const [start, , opposite] = card!.documentCorners;
    const near: Point = [start[0] * 0.93 + opposite[0] * 0.07, start[1] * 0.93 + opposite[1] * 0.07];
    const [red, green] = colourAt(image, near);
    t.ok(red > 150 && green < 90, `turned by ${rotation}: ${red}, ${green}`);
  }
});

t.test('the card takes the asked share of the photo', async (t) => {
  for (const areaFraction of [0.08, 0.2, 0.4]) {
    const { image } = renderScene(
      { ...clear, seed: 3, areaFraction, rotation: 10, tilt: 20, offset: [0, 0], background: 'plain-dark' },
      { ...marked, draw: (canvas) => fillRect(canvas, 0, 0, 86, 55, [255, 255, 255]) },
    );
    let bright = 0;
    for (let i = 0; i < image.data.length; i += 3) if (image.data[i]! > 150) bright++;
    const share = bright / (image.width * image.height);
    t.ok(Math.abs(share - areaFraction) < 0.01, `${share} instead of ${areaFraction}`);
  }
});

t.test('an offset beyond 1 takes part of the card out of the photo', async (t) => {
  const { card } = renderScene({
    ...clear,
    seed: 4,
    rotation: 0,
    tilt: 0,
    areaFraction: 0.2,
    offset: [1.1, 0],
  });
  const right = Math.max(...card!.corners.map(([x]) => x));
  const width = right - Math.min(...card!.corners.map(([x]) => x));
  t.ok(Math.abs((right - 479) / width - 0.1) < 0.01, `${right - 479} of ${width} pixels lie outside`);
});
