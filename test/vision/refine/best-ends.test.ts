import t from 'tap';
import { createRandom } from '../../../src/random.js';
import { bestEnds } from '../../../src/vision/refine/best-ends.js';
import { type Responses, samples } from '../../../src/vision/refine/side-responses.js';

t.test('the best pair of ends is the one that trying all of them finds', async (t) => {
  const random = createRandom('best ends');
  for (const offsets of [5, 11, 27]) {
    for (const strength of [0, 0.2, 1]) {
      const [start, end] = [random.int(0, offsets - 1), random.int(0, offsets - 1)];
      const values = new Float32Array(samples * offsets).map((_, i) => {
        const expected = start + ((end - start) * Math.floor(i / offsets)) / (samples - 1);
        const near = Math.max(0, 1 - Math.abs((i % offsets) - expected));
        return strength * near + 0.3 * (random.int(0, 1000) / 1000);
      });
      const responses = { values, offsets, spacing: 0.5, seen: samples };
      t.same(bestEnds(responses), tryAll(responses), `${offsets} offsets, ${strength}`);
    }
  }
});

t.test('where nothing answers, the side stays', async (t) => {
  const values = new Float32Array(samples * 7);
  t.same(bestEnds({ values, offsets: 7, spacing: 0.5, seen: samples }), [3, 3]);
});

function tryAll({ values, offsets }: Responses): [number, number] {
  const middle = (offsets - 1) / 2;
  let best = { score: 0, ends: [middle, middle] as [number, number] };
  for (let start = 0; start < offsets; start++) {
    for (let end = 0; end < offsets; end++) {
      let score = 0;
      for (let s = 0; s < samples; s += 2) {
        score += values[s * offsets + Math.floor(start + 0.5 + ((end - start) * s) / (samples - 1))]!;
      }
      score *= 1 - (0.1 * Math.max(Math.abs(start - middle), Math.abs(end - middle))) / Math.max(1, middle);
      if (score > best.score) best = { score, ends: [start, end] };
    }
  }
  return best.ends;
}
