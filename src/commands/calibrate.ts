import { writeFile } from 'node:fs/promises';
import { calibrate as readSettings, writeProfile } from '../conform/calibrate.js';
import { planVisit } from '../conform/plan.js';
import { contractRow, rowNames } from '../contract/index.js';
import { type VisitFlags, visitServer } from './conform.js';

type CalibrateFlags = VisitFlags & { readonly output?: string };

/** Writes a profile by which our server answers as another one does. The status of the process: 0, or 2 where the visit was stopped. */
export async function calibrate({ output, ...flags }: CalibrateFlags): Promise<void> {
  const rows = rowNames.filter((name) => contractRow(name).settle !== undefined);
  const { visit } = await visitServer(planVisit(rows), flags);
  const text = writeProfile(readSettings(rows, visit), new URL(flags.target).origin);
  if (output === undefined) process.stdout.write(text);
  else await writeFile(output, text);
  if (visit.stopped === undefined) return;
  console.error(`stopped at ${visit.stopped}: the profile holds what was seen until then`);
  process.exitCode = 2;
}
