import t from 'tap';
import { createRandom } from '../../../src/random.js';
import { BestQuads } from '../../../src/vision/propose/best-quads.js';

t.test('of very many, the best are kept, in order', async (t) => {
  const random = createRandom('best');
  const best = new BestQuads(20);
  const scores = Array.from({ length: 500 }, () => random.next());
  scores.forEach((score, index) => {
    if (score > best.floor) best.add(index, index + 1, index + 2, index + 3, score);
  });
  const expected = scores.map((_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  t.same(
    [...best.sorted()].map(([i]) => i),
    expected.slice(0, 20),
  );
  const [first] = best.sorted();
  t.same(first, [expected[0]!, expected[0]! + 1, expected[0]! + 2, expected[0]! + 3]);
});

t.test('few are all kept', async (t) => {
  const best = new BestQuads(20);
  t.same([...best.sorted()], []);
  best.add(1, 2, 3, 4, 0.1);
  best.add(5, 6, 7, 8, 0.2);
  t.same(
    [...best.sorted()].map(([i]) => i),
    [5, 1],
  );
  t.equal(best.floor, 0);
});
