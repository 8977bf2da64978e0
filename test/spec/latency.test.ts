import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { bundleKey, startSimulator } from '../support/simulator.js';

test('answers to photos are held back by the size of the request, others are not', async (t) => {
  const held: number[] = [];
  const holdAnswer = async (ms: number) => {
    held.push(ms);
  };
  const latency = { median: 1000, 'per-megabyte': 10_000 };
  const { crop, token } = await startSimulator(t, { latency, seed: 'latency' }, { holdAnswer });
  const accessToken = await token();
  const send = async (name: 'card-on-table' | 'truncated') => {
    const body = { bundle_key: bundleKey, img: fixture(name).base64 };
    const { status } = await crop(accessToken, body);
    return [status, held.pop(), 1000 + JSON.stringify(body).length / 100] as const;
  };
  for (const [name, wanted] of [
    ['card-on-table', 200],
    ['truncated', 422],
  ] as const) {
    const [status, ms, expected] = await send(name);
    t.equal(status, wanted, name);
    t.ok(Math.abs(ms! / expected - 1) < 1e-9, `${name}: ${ms} of ${expected}`);
  }
  t.equal((await crop(accessToken, { bundle_key: bundleKey, img: '!' })).status, 415);
  t.same(held, [], 'a refusal is not held back');
});

test('and spread, by chance that a seed repeats', async (t) => {
  const draw = async (seed: string) => {
    const held: number[] = [];
    const holdAnswer = async (ms: number) => {
      held.push(ms);
    };
    const options = { latency: { median: 1000, sigma: 0.5 }, seed };
    const { crop, token } = await startSimulator(t, options, { holdAnswer });
    const accessToken = await token();
    for (let i = 0; i < 3; i++)
      await crop(accessToken, { bundle_key: bundleKey, img: fixture('too-small').base64 });
    return held;
  };
  const first = await draw('a');
  t.equal(new Set(first).size, 3);
  t.same(await draw('a'), first);
  t.notSame(await draw('b'), first);
});
