import fc from 'fast-check';
import { test } from 'tap';
import { fitLatency } from '../../src/contract/latency.js';
import { createRandom } from '../../src/random.js';

const sizes = [0.0047, 0.03, 0.15, 0.19, 0.2, 0.22, 0.22, 0.29, 0.11, 0.1, 0.14];

const drawn = (median: number, more: number, sigma: number, seed: number) => {
  const random = createRandom(seed);
  return sizes.map((megabytes) => ({
    megabytes,
    ms: (median + more * megabytes) * Math.exp(random.normal(0, sigma)),
  }));
};

test('what takes the same time each time is told exactly', async (t) => {
  const property = fc.property(
    fc.integer({ min: 5, max: 20_000 }),
    fc.integer({ min: 0, max: 50_000 }),
    (median, more) => {
      const found = fitLatency(drawn(median, more, 0, 1));
      t.ok(Math.abs(found.median - median) <= 1, `${found.median} for ${median}`);
      t.ok(Math.abs(found['per-megabyte'] - more) <= 1 + more / 1000, `${found['per-megabyte']} for ${more}`);
      t.ok(found.sigma <= 0.001);
    },
  );
  fc.assert(property, { numRuns: 300, seed: 1 });
});

test('what varies is told as well as a dozen answers can', async (t) => {
  const found = Array.from({ length: 200 }, (_, seed) => fitLatency(drawn(400, 3000, 0.3, seed)));
  const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length / 2]!;
  const at = (megabytes: number) =>
    middle(found.map(({ median, 'per-megabyte': more }) => median + more * megabytes));
  t.ok(Math.abs(at(0.02) / 460 - 1) < 0.15, `${at(0.02)}`);
  t.ok(Math.abs(at(0.2) / 1000 - 1) < 0.1, `${at(0.2)}`);
  t.ok(Math.abs(middle(found.map(({ sigma }) => sigma)) - 0.3) < 0.05);
});
