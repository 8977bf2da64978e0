import { randomUUID } from 'node:crypto';
import type { Identifiers } from '../identifiers.js';
import type { Store } from '../store.js';
import type { Run } from './connection.js';
import { script } from './script.js';

type TrialMethods = Pick<Store, 'takeTrial' | 'keepTrial' | 'returnTrial' | 'countTrials' | 'setTrials'>;

/**
 * A trial is spent as it is taken, and stands in `holds` beside it until it is kept or returned, and in `held` as long as it may be returned,
 * with the token that it belongs to. What stands there longer than a crop
 * can take belongs to a replica that has died, and is given back.
 */
const take = script(`
reap()
local token, service, given, hold, leaseMs = p .. 'token:' .. A[1], A[2], A[3], A[4], A[5]
local counter = call('HMGET', token, 'spent:' .. service, 'calls:' .. service, 'limit:' .. service)
local spent, calls, limit = tonumber(counter[1] or 0), tonumber(counter[2] or 0) + 1, tonumber(counter[3] or given)
local taken = spent < limit
if taken then spent = spent + 1 end
if call('EXISTS', token) == 1 then
  call('HSET', token, 'spent:' .. service, spent, 'calls:' .. service, calls)
end
if taken then
  call('ZADD', p .. 'holds', nowMs() + leaseMs, hold)
  call('HSET', p .. 'held', hold, bornOf(A[1]))
  keep(p .. 'holds')
  keep(p .. 'held')
end
return {taken and 1 or 0, calls, math.max(0, limit - spent)}
`);

/**
 * Of what is kept it stays known for a while that it was: who was not told so answers that it failed, and gives it back.
 * A token that has been forgotten in the meantime has nothing to count.
 */
const keepTrial = script(`
if call('ZREM', p .. 'holds', A[1]) == 0 then return 1 - call('EXISTS', p .. 'token:' .. A[2]) end
call('ZADD', p .. 'kept', nowMs() + A[3], A[1])
keep(p .. 'kept')
return 1
`);

/** Once, however often it is asked for. */
const giveBack = script(`
if call('ZREM', p .. 'holds', A[1]) + call('ZREM', p .. 'kept', A[1]) > 0 then give(A[1]) end
`);

const count = script(`
reap()
local counter = call('HMGET', p .. 'token:' .. A[1], 'spent:' .. A[2], 'limit:' .. A[2])
return math.max(0, tonumber(counter[2] or A[3]) - tonumber(counter[1] or 0))
`);

const set = script(`
local token = p .. 'token:' .. A[1]
if call('EXISTS', token) == 0 then return end
call('HSET', token, 'limit:' .. A[2], tonumber(call('HGET', token, 'spent:' .. A[2]) or 0) + A[3])
`);

/** Longer than any replica goes on trying to give it back. */
const keptMs = 3_600_000;

export interface Trials extends TrialMethods {
  /** Gives back what could not be given back, or may have been taken or kept, while there was no answer. */
  repay(run: Run): Promise<void>;
}

/** What each token has left for each service. @param leaseMs how long a crop can take at most */
export function trialMethods(run: Run, identifiers: () => Identifiers, leaseMs: () => number): Trials {
  const debts = new Set<string>();

  /** Whatever is not answered may have happened. */
  async function owing<Result>(hold: string, step: Promise<Result>): Promise<Result> {
    try {
      return await step;
    } catch (error) {
      debts.add(hold);
      throw error;
    }
  }

  return {
    takeTrial: async (accessToken, service, limit) => {
      const hold = JSON.stringify([randomUUID(), accessToken, service]);
      const step = run(take, accessToken, service, limit, hold, leaseMs());
      const [taken, calls, remaining] = (await owing(hold, step)) as [number, number, number];
      const transactionId = identifiers().transaction(accessToken, service, calls);
      return { taken: taken === 1, transactionId, remaining, hold };
    },

    keepTrial: async (accessToken, _service, hold) =>
      (await owing(hold, run(keepTrial, hold, accessToken, keptMs))) === 1,

    // The answer is the same whether or not it can be given back now.
    returnTrial: async (_accessToken, _service, hold) => {
      await owing(hold, run(giveBack, hold)).catch(() => {});
    },

    countTrials: async (accessToken, service, limit) =>
      (await run(count, accessToken, service, limit)) as number,

    setTrials: async (accessToken, service, remaining) => {
      await run(set, accessToken, service, remaining);
    },

    repay: async (fresh) => {
      for (const hold of debts) {
        await fresh(giveBack, hold);
        debts.delete(hold);
      }
    },
  };
}
