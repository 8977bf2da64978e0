import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { loadConfig } from '../config/config.js';
import { errorsOf } from '../config/error-catalogue.js';
import { type Credentials, readCredentials } from '../conform/credentials.js';
import { judge } from '../conform/judge.js';
import { type Plan, planVisit } from '../conform/plan.js';
import { createReport, exitStatus, type Report } from '../conform/report.js';
import { reportEndings, reportWriter } from '../conform/report-files.js';
import { writeText } from '../conform/report-text.js';
import { type Visit, Visitor } from '../conform/visit.js';
import { callRow } from '../contract/calls.js';
import { type RowName, rowNames } from '../contract/index.js';
import { readNumber } from '../text-values.js';
import { Progress } from './progress.js';
import { UsageError } from './usage-error.js';

export interface VisitFlags {
  readonly target: string;
  readonly credentials: string;
  readonly maxCalls?: string;
  readonly timeout: string;
  readonly yes?: boolean;
}

type ConformFlags = VisitFlags & {
  readonly profile?: string;
  readonly only?: readonly string[];
  readonly report?: readonly string[];
};

/** Compares a server with the contract. The status of the process: 0 no drift, 1 drift, 2 it could not be told. */
export async function conform({ only, report: files = [], profile = 'documented', ...flags }: ConformFlags) {
  const odd = files.find((file) => reportWriter(file) === undefined);
  if (odd !== undefined)
    throw new UsageError(`--report ${odd}: its name has to end in ${reportEndings.join(', ')}`);
  const config = loadConfig({ options: { profile } });
  const plan = planVisit(readRows(only));
  const { visit, credentials } = await visitServer(plan, flags);
  const rows = judge(plan.rows, visit, { config, errors: errorsOf(config) }, credentials);
  const report = createReport(flags.target, profile, plan, visit, rows);
  process.stdout.write(writeText(report));
  await writeReports(report, files);
  process.exitCode = exitStatus(report);
}

async function writeReports(report: Report, files: readonly string[]): Promise<void> {
  for (const file of files) await writeFile(file, reportWriter(file)!(report));
}

function readRows(only: readonly string[] | undefined): readonly RowName[] {
  if (only === undefined) return rowNames;
  const names: readonly string[] = rowNames;
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new UsageError(`--only ${unknown.join(' ')}: the rows are ${names.join(', ')}`);
  return only as RowName[];
}

/** Says what it will cost, asks, and makes the calls; Ctrl-C ends it with what was seen until then. */
export async function visitServer(
  plan: Plan,
  { target, credentials: source, maxCalls, timeout, yes = false }: VisitFlags,
): Promise<{ visit: Visit; credentials: Credentials }> {
  if (!/^https?:\/\//.test(target) || !URL.canParse(target))
    throw new UsageError(`--target ${target}: an address such as https://api.example`);
  const limit = maxCalls === undefined ? plan.most.calls : readCount('--max-calls', maxCalls);
  const timeoutMs = readCount('--timeout', timeout) * 1000;
  const credentials = usable(source);
  await agree(plan, target, limit, yes);
  const progress = new Progress(plan.calls.length);
  const onCall = (name: keyof typeof import('../contract/calls.js').calls) => {
    progress.end();
    progress.begin(callRow(name).asks, true);
  };
  const visitor = new Visitor(plan, { target, credentials, timeoutMs, maxCalls: limit, onCall });
  const interrupt = () => visitor.stop('interrupted');
  process.once('SIGINT', interrupt);
  try {
    return { visit: await visitor.run(), credentials };
  } finally {
    process.off('SIGINT', interrupt);
    progress.clear();
  }
}

function usable(source: string): Credentials {
  try {
    return readCredentials(source);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readCount(flag: string, text: string): number {
  const count = readNumber(text);
  if (count !== undefined && Number.isInteger(count) && count > 0) return count;
  throw new UsageError(`${flag} must be a whole number from 1 (is ${JSON.stringify(text)})`);
}

async function agree({ most }: Plan, target: string, limit: number, yes: boolean): Promise<void> {
  const calls = Math.min(limit, most.calls);
  console.error(
    `${target}: at most ${calls} calls, ${most.tokens} tokens and ${most.trials} trials; photos of fictional cards only`,
  );
  if (yes) return;
  if (!process.stdin.isTTY) throw new UsageError('nobody can be asked whether to go on here: --yes says so');
  const question = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await question.question('Go on? [y/N] ');
  question.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('nothing was sent');
}
