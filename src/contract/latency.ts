import type { Latency } from '../config/settings.js';
import { type CallName, callNames, callRow } from './calls.js';
import { type Evidence, hasNoTrials, Unobserved } from './evidence.js';
import type { ContractRow, Json } from './row.js';

interface Timed {
  readonly megabytes: number;
  readonly ms: number;
}

const photoCalls: readonly CallName[] = callNames.filter(
  (name) => callRow(name).spends && !callRow(name).exhausted,
);

/** Answers to photos that the cropper has looked at. */
function timedIn(evidence: Evidence): Timed[] {
  return photoCalls.flatMap((call) => {
    const { status, ms, bytesSent } = evidence.get(call) ?? {};
    if ((status !== 200 && status !== 422) || ms === undefined || bytesSent === undefined) return [];
    return [{ megabytes: bytesSent / 1_000_000, ms }];
  });
}

/** Fewer say nothing of how they spread. */
const fewest = 4;

/** The median by size, and the spread around it, as the setting `latency` has them. @throws {Unobserved} */
export function observeLatency(evidence: Evidence): Required<Latency> {
  if (hasNoTrials(evidence)) throw new Unobserved('a token has no trials');
  const timed = timedIn(evidence);
  if (timed.length < fewest)
    throw new Unobserved(
      `${timed.length} photos were looked at; it takes ${fewest} to tell how long that takes`,
    );
  return fitLatency(timed);
}

/**
 * Least squares of the logarithms around log(median + perMegabyte × size). Of a given ratio of the two the best median is a mean; the ratio is
 * looked for.
 */
export function fitLatency(timed: readonly Timed[]): Required<Latency> {
  const logs = timed.map(({ ms }) => Math.log(Math.max(ms, 0.01)));
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const solve = (ratio: number) => {
    const shapes = timed.map(({ megabytes }) => Math.log(1 + ratio * megabytes));
    const scale = meanOf(logs.map((log, i) => log - shapes[i]!));
    const squares = logs.map((log, i) => (log - scale - shapes[i]!) ** 2);
    return { ratio, median: Math.exp(scale), error: squares.reduce((sum, square) => sum + square, 0) };
  };
  const { ratio, median, error } = leastError((log) => solve(Math.expm1(log)));
  const sigma = Math.round(Math.sqrt(error / (timed.length - 2)) * 1000) / 1000;
  // No more than the setting may say.
  return {
    median: Math.min(600_000, Math.round(median)),
    'per-megabyte': Math.min(600_000, Math.round(median * ratio)),
    sigma: Math.min(2, sigma),
  };
}

interface Tried {
  readonly error: number;
}

/** Of log(1 + ratio), from no growth with the size to nothing but growth: a coarse look first, as there may be two valleys. */
function leastError<Result extends Tried>(solve: (log: number) => Result): Result {
  const [last, pieces] = [14, 140];
  let best = 0;
  for (let i = 1; i <= pieces; i++)
    if (solve((i * last) / pieces).error < solve((best * last) / pieces).error) best = i;
  let [low, high] = [Math.max(0, ((best - 1) * last) / pieces), ((best + 1) * last) / pieces];
  for (let i = 0; i < 80; i++) {
    const [a, b] = [low + (high - low) * 0.382, low + (high - low) * 0.618];
    if (solve(a).error <= solve(b).error) high = b;
    else low = a;
  }
  return solve(low).error <= solve((low + high) / 2).error ? solve(low) : solve((low + high) / 2);
}

const medianAt = ({ median, 'per-megabyte': more = 0 }: Latency, megabytes: number) =>
  median + more * megabytes;

/** Between the smallest and the largest photo of the contract, in megabytes of its request. */
const sizes = [0.02, 0.2];

/** Half as long or twice as long, and a little: a few answers tell no more. */
const isAlike = (a: number, b: number) => Math.max(a, b) <= 2 * Math.min(a, b) + 50;

export const latencyRow: ContractRow = {
  says: 'The answer to a photo takes as long as it takes.',
  marks: ['ours'],
  setting: 'latency',
  calls: photoCalls,
  expect: ({ config }) => (config.latency ?? 'any') as Json,
  observe: (evidence) => observeLatency(evidence) as Json,
  agrees: (expected, observed) =>
    expected === 'any' ||
    sizes.every((size) => isAlike(medianAt(expected as Latency, size), medianAt(observed as Latency, size))),
  alone: () => undefined,
  /** Nothing, where it takes no time. */
  settle: (evidence) => {
    const latency = observeLatency(evidence);
    return latency.median + latency['per-megabyte'] >= 1 ? latency : null;
  },
};
