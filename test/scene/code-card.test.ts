import t from 'tap';
import { createRandom } from '../../src/random.js';
import { createCodeCard, flattenCard, renderScene } from '../../src/scene/index.js';

const side = 25;
const random = createRandom('modules');
const modules = Array.from({ length: side }, () => Array.from({ length: side }, () => random.chance(0.5)));

/** Millimetres from the card's top-left to the middle of a module of the left or the right code. */
const places = [5.5, 85.6 - 5.5 - 34].map((left) => (x: number, y: number) => {
  const module = 34 / side;
  return [left + (x + 0.5) * module, 14 + (y + 0.5) * module] as const;
});

t.test('every module of both codes can be read from the straightened card', async (t) => {
  const scene = renderScene(
    {
      seed: 1,
      level: 'medium',
      width: 1280,
      height: 960,
      rotation: 8,
      fingers: 0,
      glare: 0,
      areaFraction: 0.35,
    },
    createCodeCard({ title: 'TEST', modules }),
  );
  const crop = flattenCard(scene, 856)!;
  const scale = crop.width / 85.6;
  for (const place of places) {
    const levels = modules.map((row, y) =>
      row.map((_, x) => {
        const [u, v] = place(x, y);
        return crop.data[(Math.floor(v * scale) * crop.width + Math.floor(u * scale)) * 3]!;
      }),
    );
    const sorted = levels.flat().sort((a, b) => a - b);
    const threshold = (sorted[0]! + sorted.at(-1)!) / 2;
    t.same(
      levels.map((row) => row.map((level) => level < threshold)),
      modules,
    );
  }
});
