import type { Options } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/config.js';
import { errorsOf } from '../../src/config/error-catalogue.js';
import { readCredentials } from '../../src/conform/credentials.js';
import { judge } from '../../src/conform/judge.js';
import { planVisit } from '../../src/conform/plan.js';
import { createReport } from '../../src/conform/report.js';
import { type VisitOptions, Visitor } from '../../src/conform/visit.js';
import { type RowName, rowNames } from '../../src/contract/index.js';

export const demo = readCredentials('demo');

/** On a machine that is busy with other tests, a photo takes as long as it takes. */
export const patient = { cropTimeout: 600, queueTimeout: 600 } as const;
export const timeoutMs = 600_000;

/** What `conform` finds at this address, beside a server with these options. */
export async function visit(
  target: string,
  options: Options = {},
  more: Partial<VisitOptions> & { readonly only?: readonly RowName[] } = {},
) {
  const plan = planVisit(more.only ?? rowNames);
  const seen = await new Visitor(plan, { target, credentials: demo, timeoutMs, ...more }).run();
  const config = loadConfig({ options });
  const rows = judge(plan.rows, seen, { config, errors: errorsOf(config) }, demo);
  return createReport(target, 'documented', plan, seen, rows);
}

export type Found = Awaited<ReturnType<typeof visit>>;

export const drifts = ({ rows }: Found) =>
  Object.fromEntries(
    rows.filter(({ verdict }) => verdict === 'drift').map(({ row, observed }) => [row, observed]),
  );
