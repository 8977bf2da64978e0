import { type CallName, callNames, callRow } from '../contract/calls.js';
import { contractRow, type RowName } from '../contract/index.js';

/** What a visit will do, and what it may cost at most. */
export interface Plan {
  readonly rows: readonly RowName[];
  readonly calls: readonly CallName[];
  readonly most: { readonly calls: number; readonly tokens: number; readonly trials: number };
  /** Calls to spend what is left on a token, so that it can be seen what comes after the last. */
  readonly fillers: number;
}

const pathProbes: readonly CallName[] = [
  'path-headline',
  'path-headline-slash',
  'path-sample',
  'path-sample-slash',
];

/**
 * The calls that the rows need, each once, in the order of the contract. A token may have one trial only, so that each call that spends one
 * may need a login of its own: that is counted, though three trials are the rule.
 */
export function planVisit(rows: readonly RowName[], fillers = 3): Plan {
  const wanted = new Set<CallName>(rows.flatMap((row) => contractRow(row).calls));
  const names = callNames.filter((name) => wanted.has(name));
  const withPath = names.some((name) => callRow(name).path === undefined) ? pathProbes : [];
  const withLogin: CallName[] = names.some((name) => needsToken(name)) ? ['login'] : [];
  const all = new Set([...names, ...withPath, ...withLogin]);
  const calls = callNames.filter((name) => all.has(name));
  const spending = calls.filter((name) => callRow(name).spends).length;
  const fresh = calls.filter((name) => callRow(name).fresh).length;
  const filling = calls.includes('no-trials') ? fillers : 0;
  const logins = Math.max(0, spending + fresh - 1);
  return {
    rows,
    calls,
    fillers: filling,
    most: {
      calls: calls.length + logins + filling,
      tokens: (calls.includes('login') ? 1 : 0) + logins,
      trials: spending + filling,
    },
  };
}

function needsToken(name: CallName): boolean {
  const { token } = callRow(name);
  return token === 'ours' || token === 'in Authentication';
}
