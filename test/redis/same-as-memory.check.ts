import assert from 'node:assert/strict';
import fc from 'fast-check';
import { t as all, test } from 'tap';
import { createIdentifiers } from '../../src/state/identifiers.js';
import { createMemoryStore } from '../../src/state/memory-store.js';
import type { Account, Store } from '../../src/state/store.js';
import { suiteAccounts } from '../state/store-suite.js';
import { startRedis } from '../support/redis.js';
import { openSharedState } from '../support/shared-state.js';

const redis = await startRedis(all);

/** What a store is asked in the course of one test: names that it gave before are taken from what it answered. */
interface Course {
  readonly store: Store;
  readonly tokens: string[];
  readonly refreshTokens: string[];
  readonly holds: [accessToken: string, service: string, hold: string][];
}

const user = fc.constantFrom('alice', 'bob', 'carol', 'nobody');
const service = fc.constantFrom('id_cropper', 'other: "é"');
const endpoint = fc.constantFrom('crop' as const, 'token' as const);
const small = fc.integer({ min: 0, max: 5 });
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
const account = (username: string, n: number): Account => ({
  ...suiteAccounts[0]!,
  username,
  clientId: `client-${n % 3}`,
  bundles: [{ ...suiteAccounts[0]!.bundles[0]!, key: `bundle-${n}` }],
});

type Step = (course: Course) => Promise<unknown>;
const grant = (username: string) => ({
  username,
  clientId: 'c',
  scope: 'read',
  issuedAtMs: 1,
  expiresAtMs: 2,
});

async function remember(course: Course, token: { accessToken: string; refreshToken: string } | undefined) {
  if (token) course.tokens.push(token.accessToken);
  if (token) course.refreshTokens.push(token.refreshToken);
  return token;
}

const steps: fc.Arbitrary<Step> = fc.oneof(
  user.map(
    (name): Step =>
      (it) =>
        it.store.issueToken(grant(name)).then((token) => remember(it, token)),
  ),
  small.map(
    (n): Step =>
      async (it) => {
        const change = { scope: 's', issuedAtMs: 3, expiresAtMs: 4 };
        return remember(it, await it.store.rotateToken(pick(it.refreshTokens, n) ?? 'none', change));
      },
  ),
  fc.tuple(small, service, small).map(
    ([n, name, limit]): Step =>
      async (it) => {
        const token = pick(it.tokens, n) ?? 'none';
        const { hold, ...trial } = await it.store.takeTrial(token, name, limit);
        if (trial.taken) it.holds.push([token, name, hold]);
        return trial;
      },
  ),
  small.map(
    (n): Step =>
      async (it) => {
        const [hold] = it.holds.splice(n % Math.max(1, it.holds.length), 1);
        return hold && it.store.keepTrial(...hold);
      },
  ),
  small.map(
    (n): Step =>
      async (it) => {
        const [hold] = it.holds.splice(n % Math.max(1, it.holds.length), 1);
        return hold && it.store.returnTrial(...hold);
      },
  ),
  fc.tuple(small, service, small).map(
    ([n, name, limit]): Step =>
      (it) =>
        it.store.countTrials(pick(it.tokens, n) ?? 'none', name, limit),
  ),
  fc.tuple(small, service, small).map(
    ([n, name, left]): Step =>
      (it) =>
        it.store.setTrials(pick(it.tokens, n) ?? 'none', name, left),
  ),
  fc.tuple(small, small, fc.boolean()).map(
    ([n, expiresAtMs, revoked]): Step =>
      (it) =>
        it.store.changeToken(pick(it.tokens, n) ?? 'none', { expiresAtMs, revoked }),
  ),
  fc.tuple(user, endpoint, fc.boolean()).map(
    ([name, at, takes]): Step =>
      (it) =>
        it.store.beginCall(name, at, takes),
  ),
  fc.tuple(user, endpoint, fc.integer({ min: 1, max: 3 }), fc.boolean()).map(
    ([name, at, times, anew]): Step =>
      (it) => {
        const items = [
          { scenario: { name: 'slow', parameters: { ms: times } }, times, endpoint: at },
        ] as const;
        return anew ? it.store.writeQueue(name, items) : it.store.enqueue(name, items);
      },
  ),
  fc.tuple(user, small).map(
    ([name, n]): Step =>
      (it) =>
        it.store.putAccount(account(name, n)),
  ),
  user.map(
    (name): Step =>
      (it) =>
        it.store.removeAccount(name),
  ),
  user.map(
    (name): Step =>
      (it) =>
        it.store.resetAccount(name),
  ),
  small.map(
    (n): Step =>
      (it) =>
        it.store.configureAccounts(n % 2 ? suiteAccounts : [suiteAccounts[0]!, account('carol', n)]),
  ),
  fc.constant<Step>((it) => it.store.snapshot().then((snapshot) => it.store.restore(snapshot))),
);

const whole: Step = ({ store }) => store.snapshot();
const newCourse = (store: Store): Course => ({ store, tokens: [], refreshTokens: [], holds: [] });

test('whatever is asked of both, Redis answers as memory does, and has the same in the end', async (t) => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 60, size: 'max' }), async (course) => {
      runs += 1;
      const seed = `seed-${runs}`;
      const memory = newCourse(createMemoryStore(suiteAccounts, createIdentifiers(seed)));
      const state = await openSharedState(`${redis.url}?prefix=run-${runs}`, { seed });
      const shared = newCourse(state.store);
      try {
        for (const step of [...course, whole]) assert.deepEqual(await step(shared), await step(memory));
      } finally {
        await state.close();
      }
    }),
    { numRuns: 200 },
  );
  t.equal(runs, 200);
});
