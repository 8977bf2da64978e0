import t from 'tap';
import {
  backgroundNames,
  cardNames,
  clutterNames,
  renderScene,
  type SceneOptions,
  sheetNames,
} from '../../src/scene/index.js';
import type { RgbImage } from '../../src/vision/types.js';

const small = { seed: 8, width: 160, height: 120, level: 'medium' } as const;

/** Standard deviation of the grey levels. */
function contrast({ data }: RgbImage): number {
  let [sum, squares] = [0, 0];
  for (const value of data) {
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(squares / data.length - (sum / data.length) ** 2);
}

const rows: readonly (readonly [string, SceneOptions])[] = [
  ...backgroundNames.map(
    (background) => [`background ${background}`, { background, level: 'negative' }] as const,
  ),
  ...[...cardNames, ...sheetNames].map((design) => [`design ${design}`, { design }] as const),
  ...clutterNames.map((name) => [`clutter ${name}`, { clutter: [name] }] as const),
  ['a card held above the desk', { backgroundBlur: 3, fingers: 2 }],
];

t.test('everything in the catalogues can be drawn', async (t) => {
  for (const [name, options] of rows) {
    const { image } = renderScene({ ...small, ...options });
    t.equal(image.data.length, 160 * 120 * 3);
    const spread = contrast(image);
    t.ok(spread > 2 && spread < 120, `${name}: contrast ${spread.toFixed(1)}`);
  }
});

t.test('each design and background looks different', async (t) => {
  const looks = (key: 'design' | 'background', names: readonly string[]) =>
    new Set(
      names.map((name) => Buffer.from(renderScene({ ...small, [key]: name }).image.data).toString('latin1')),
    );
  t.equal(looks('design', cardNames).size, cardNames.length);
  t.equal(looks('background', backgroundNames).size, backgroundNames.length);
});
