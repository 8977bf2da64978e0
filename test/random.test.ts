import t from 'tap';
import { createRandom } from '../src/random.js';

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);

t.test('the same seed gives the same numbers on every machine', async (t) => {
  const random = createRandom(1);
  // Written down once: ids and fixtures are made from these.
  t.same(
    draw(3, () => random.int(0, 1_000_000)),
    [1476, 775_745, 23_170],
  );
  t.not(createRandom(1).next(), createRandom(2).next());
  t.equal(createRandom(7).next(), createRandom('7').next());
});

t.test('a fork depends on its name and not on what was drawn before', async (t) => {
  const fresh = createRandom('seed');
  const used = createRandom('seed');
  draw(10, used.next);
  t.equal(used.fork('a').next(), fresh.fork('a').next());
  t.not(fresh.fork('a').next(), fresh.fork('b').next());
  t.not(fresh.fork('a').next(), fresh.next());
});

t.test('draws keep to their bounds and reach them', async (t) => {
  const random = createRandom(3);
  const whole = new Set(draw(500, () => random.int(2, 5)));
  t.same([...whole].sort(), [2, 3, 4, 5]);
  t.ok(draw(500, () => random.uniform(-1, 1)).every((value) => value >= -1 && value < 1));
  const share = draw(4000, () => Number(random.chance(0.25))).reduce((sum, value) => sum + value, 0) / 4000;
  t.ok(Math.abs(share - 0.25) < 0.03, `${share} of the chances came true`);
});

t.test('normal draws have the asked mean and deviation', async (t) => {
  const random = createRandom(4);
  const values = draw(4000, () => random.normal(10, 2));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  t.ok(Math.abs(mean - 10) < 0.15, `mean ${mean}`);
  t.ok(Math.abs(Math.sqrt(variance) - 2) < 0.1, `deviation ${Math.sqrt(variance)}`);
});
