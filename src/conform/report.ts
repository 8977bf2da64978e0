import { URL } from 'node:url';
import type { CallName } from '../contract/calls.js';
import type { PictureFacts } from '../contract/evidence.js';
import type { Verdict } from './judge.js';
import type { Plan } from './plan.js';
import type { Visit } from './visit.js';

/** All that is told of a visit. */
export interface Report {
  /** Without user name, password and query. */
  readonly target: string;
  readonly profile: string;
  readonly stopped: string | null;
  readonly announced: Plan['most'];
  readonly made: Visit['made'];
  readonly counts: Readonly<Record<Verdict['verdict'], number>>;
  readonly rows: readonly Verdict[];
  readonly calls: readonly { readonly call: CallName; readonly status: number }[];
  readonly pictures: readonly ({ readonly call: CallName } & PictureFacts)[];
}

export function createReport(
  target: string,
  profile: string,
  plan: Plan,
  visit: Visit,
  rows: readonly Verdict[],
): Report {
  const { origin, pathname } = new URL(target);
  const count = (verdict: Verdict['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  return {
    target: `${origin}${pathname.replace(/\/$/, '')}`,
    profile,
    stopped: visit.stopped ?? null,
    announced: plan.most,
    made: visit.made,
    counts: { same: count('same'), drift: count('drift'), unobserved: count('unobserved') },
    rows,
    calls: [...visit.evidence].map(([call, { status }]) => ({ call, status })),
    pictures: [...visit.evidence].flatMap(([call, { picture }]) => (picture ? [{ call, ...picture }] : [])),
  };
}

/** 0: no drift; 1: drift; 2: it could not be told. */
export const exitStatus = ({ stopped, counts }: Report): 0 | 1 | 2 =>
  stopped !== null ? 2 : counts.drift > 0 ? 1 : 0;

export const summarize = ({ counts, made, announced }: Report): string =>
  `${counts.same} as expected, ${counts.drift} drift, ${counts.unobserved} not observed; ${made.calls} of at most ${announced.calls} calls, ${made.tokens} tokens, ${made.trials} trials`;
