import type { Drift } from '../journal/entry.js';
import type { Pair } from './ledger.js';
import { membersOfText, type Recorded } from './recorded.js';

export function counterIn(text: string): number | undefined {
  const { trials_remaining: counter } = membersOfText(text);
  return counter === undefined ? undefined : Number(counter);
}

/** What a token had left before this answer of the upstream, as far as that is known. */
export function leftBefore(pair: Pair, { theirs: { status }, text, overlaps }: Recorded): number | undefined {
  if (status === 403) return 0;
  if (!overlaps && (pair.left !== undefined || pair.isWhole)) return pair.left;
  const counter = counterIn(text);
  return counter === undefined ? undefined : counter + 1;
}

/** The row of the contract that two counters tell apart. */
export function differenceOfTrials(
  pair: Pair | undefined,
  { overlaps, text, theirs: { status } }: Recorded,
  own: string,
): Drift | undefined {
  const [ours, theirs] = [counterIn(own), counterIn(text)];
  if (pair === undefined || overlaps || ours === undefined || theirs === undefined || ours === theirs)
    return undefined;
  if (pair.left === undefined) return { row: 'trials-first', ours, theirs };
  const [spender] = pair.since;
  if (spender !== undefined) return { row: spender, ours: 'none spent', theirs: 'spent' };
  if (status === 422) return { row: 'trials-422', ours: 'one spent', theirs: 'not one spent' };
  return { row: 'trials-first', ours, theirs };
}

/** Keeps what the upstream has said of a token. */
export function takeCounter(pair: Pair, { overlaps, text, theirs: { status } }: Recorded): void {
  const counter = counterIn(text);
  if (counter !== undefined) {
    pair.left = overlaps && pair.left !== undefined ? Math.min(pair.left, counter) : counter;
    pair.since.clear();
  } else if (status === 200 || status === 422) {
    if (pair.left !== undefined) pair.left = Math.max(0, pair.left - 1);
  } else if (status === 403) pair.left = 0;
  else if (status === 400) pair.since.add('trials-400');
  else if (status === 401 || status === 415) pair.since.add('trials-401-415');
}
