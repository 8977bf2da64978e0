import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { startSimulator } from '../support/simulator.js';
import { cropMutant } from './fuzz-photos.js';
import { drawOriginals, mutate } from './mutate-photo.js';

const simulate = async (t: Parameters<typeof startSimulator>[0]) => {
  const simulator = await startSimulator(t, { trials: 100_000 });
  return { url: simulator.url, token: await simulator.token() };
};

test('damaged photos are answered in the vendor’s shapes', async (t) => {
  // The small sister of `npm run check:fuzz`; with this seed one of them is no picture at all.
  const { url, token } = await simulate(t);
  const originals = await drawOriginals();
  const statuses = new Set<number>();
  for (let index = 0; index < 60; index++) {
    const { name, status, fault } = await cropMutant(url, token, mutate(originals, 'photos', index));
    statuses.add(status);
    if (fault !== undefined) t.fail(`${index}: ${name}: ${fault}`);
  }
  t.same([...statuses].sort(), [200, 415, 422], 'all ends are met');
});

const saved = join(packageRoot, 'test/fuzz/saved');

test('what once went wrong, or took longest', async (t) => {
  const { url, token } = await simulate(t);
  for (const name of readdirSync(saved)) {
    const { fault } = await cropMutant(url, token, { name, bytes: readFileSync(join(saved, name)) });
    t.equal(fault, undefined, name);
  }
});

test('the same seed gives the same mutants', async (t) => {
  const originals = await drawOriginals();
  const draw = () => [1, 2, 3, 4, 5].map((index) => mutate(originals, 'same', index));
  t.same(draw(), draw());
});
