import { test } from 'tap';
import { createClock } from '../src/clock.js';

test('a clock is real, moved, set or frozen', async (t) => {
  let real = 1000;
  const clock = createClock(() => real);
  const rows: [sentence: string, act: () => void, now: number, frozen: boolean][] = [
    ['real', () => {}, 1000, false],
    ['goes on', () => (real = 1500), 1500, false],
    ['moved on', () => clock.advance(600), 2100, false],
    ['goes on from there', () => (real = 1600), 2200, false],
    ['moved back', () => clock.advance(-200), 2000, false],
    ['frozen where it stands', () => clock.freeze(), 2000, true],
    ['stands', () => (real = 9999), 2000, true],
    ['moved while frozen', () => clock.advance(5), 2005, true],
    ['frozen elsewhere', () => clock.freeze(7), 7, true],
    ['set: goes on from there', () => clock.set(100), 100, false],
    ['goes on', () => (real = 10_000), 101, false],
    ['reset', () => clock.reset(), 10_000, false],
  ];
  for (const [sentence, act, now, frozen] of rows) {
    act();
    t.same([clock.now(), clock.frozen], [now, frozen], sentence);
  }
});

test('by default it is the time of day', async (t) => {
  const before = Date.now();
  const now = createClock().now();
  t.ok(before <= now && now <= Date.now());
});
