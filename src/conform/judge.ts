import { isDeepStrictEqual } from 'node:util';
import { Unobserved } from '../contract/evidence.js';
import { contractRow, type RowName } from '../contract/index.js';
import type { Expected, Json, Mark } from '../contract/row.js';
import type { Credentials } from './credentials.js';
import type { Visit } from './visit.js';

export interface Verdict {
  readonly row: RowName;
  readonly says: string;
  readonly marks: readonly Mark[];
  readonly setting: string | null;
  readonly ours: Json;
  readonly observed: Json;
  readonly verdict: 'same' | 'drift' | 'unobserved';
  /** Why nothing was observed. */
  readonly why?: string;
}

/** Row by row: what our server does with these settings, and what was seen. Credentials that an answer repeats are cut out. */
export function judge(
  rows: readonly RowName[],
  visit: Visit,
  expected: Expected,
  credentials: Credentials,
): Verdict[] {
  return rows.map((name) => {
    const row = contractRow(name);
    const ours = row.expect(expected);
    const facts = { row: name, says: row.says, marks: row.marks, setting: row.setting ?? null, ours };
    try {
      const observed = row.observe(visit.evidence);
      const same = row.agrees ? row.agrees(ours, observed) : isDeepStrictEqual(observed, ours);
      return { ...facts, observed: scrub(observed, credentials), verdict: same ? 'same' : 'drift' };
    } catch (error) {
      return { ...facts, observed: null, verdict: 'unobserved', why: whyNot(error, name, visit) };
    }
  });
}

/** @throws what is not about what was seen */
export function whyNot(error: unknown, name: RowName, { skipped, stopped }: Visit): string {
  if (!(error instanceof Unobserved)) throw error;
  const call = contractRow(name).calls.find((each) => skipped.has(each));
  if (call !== undefined) return skipped.get(call)!;
  return stopped === undefined ? error.message : `stopped before: ${error.message}`;
}

function scrub(value: Json, credentials: Credentials): Json {
  const secrets = Object.values(credentials).filter((secret) => secret.length > 3);
  const text = secrets.reduce(
    (rest, secret) => rest.replaceAll(JSON.stringify(secret).slice(1, -1), '…'),
    JSON.stringify(value),
  );
  return JSON.parse(text) as Json;
}
