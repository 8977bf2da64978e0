import { isDeepStrictEqual } from 'node:util';
import type { CallName } from '../contract/calls.js';
import type { Answer } from '../contract/evidence.js';
import { observeAlone, rowNames } from '../contract/index.js';
import type { Json } from '../contract/row.js';
import type { Drift } from '../journal/entry.js';

/** Of a picture that shows something else, its size and place say nothing. */
const ofPicture = ['crop-likeness', 'crop-proportion', 'crop-upright', 'output-size'];

/**
 * Two answers to one request, by the rows of the contract that one answer tells by itself. Where the statuses differ that is one drift, whatever
 * else differs with them.
 */
export function compareAnswers(calls: readonly CallName[], ours: Answer, theirs: Answer): Drift[] {
  const found = calls.flatMap((call) => differences(call, ours, theirs));
  if (ours.status !== theirs.status) {
    const [first] = found.filter(({ theirs: observed }) => tellsStatus(observed, theirs.status));
    return [first ?? { row: rowOfStatus(calls), ours: ours.status, theirs: statusAndCode(theirs) }];
  }
  const isOther = found.some(({ row }) => row === 'crop-likeness');
  return found.filter(({ row }) => !isOther || row === 'crop-likeness' || !ofPicture.includes(row));
}

function differences(call: CallName, ours: Answer, theirs: Answer): Drift[] {
  return rowNames.flatMap((row) => {
    const [wanted, observed] = [ours, theirs].map((answer) => observeAlone(row, call, answer));
    if (wanted === undefined || observed === undefined || isDeepStrictEqual(wanted, observed)) return [];
    return [{ row, ours: wanted, theirs: observed }];
  });
}

const tellsStatus = (observed: unknown, status: number) =>
  (typeof observed === 'object' && observed !== null && 'status' in observed) ||
  (Array.isArray(observed) && observed.some((each) => String(each).endsWith(`: ${status}`)));

/** A card that did not come back is not the card; for the rest no row has a name. */
const rowOfStatus = (calls: readonly CallName[]) => (calls.includes('card') ? 'crop-likeness' : 'status');

function statusAndCode({ status, json }: Answer): Json {
  const { error_code: code } = (json ?? {}) as { error_code?: Json };
  return code === undefined ? { status } : { status, error_code: code };
}
