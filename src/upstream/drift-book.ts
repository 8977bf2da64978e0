import type { Drift } from '../journal/entry.js';

/** What has come of the comparisons since the start. */
export interface DriftCount {
  /** Calls that the upstream has answered. */
  readonly calls: number;
  readonly compared: number;
  /** Of these, those that differ in any row. */
  readonly differing: number;
  /** Calls by the reason why they were not compared. */
  readonly notCompared: Readonly<Record<string, number>>;
  /** Most frequent first, each with its last example. */
  readonly rows: readonly (Drift & { readonly count: number })[];
}

export function createDriftBook() {
  let compared = 0;
  let differing = 0;
  const reasons = new Map<string, number>();
  const rows = new Map<string, Drift & { count: number }>();

  return {
    add: (drift: readonly Drift[]) => {
      compared += 1;
      if (drift.length > 0) differing += 1;
      for (const each of drift) rows.set(each.row, { ...each, count: (rows.get(each.row)?.count ?? 0) + 1 });
    },
    pass: (reason: string) => {
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    },
    clear: () => {
      compared = 0;
      differing = 0;
      reasons.clear();
      rows.clear();
    },
    count: (): DriftCount => ({
      calls: compared + [...reasons.values()].reduce((sum, n) => sum + n, 0),
      compared,
      differing,
      notCompared: Object.fromEntries(reasons),
      rows: [...rows.values()].sort((a, b) => b.count - a.count),
    }),
  };
}

export type DriftBook = ReturnType<typeof createDriftBook>;
