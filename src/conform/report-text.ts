import type { Verdict } from './judge.js';
import { type Report, summarize } from './report.js';

/** What fits one screen beside the rest. */
const shownRows = 5;
const width = 110;

const cut = (text: string) => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

const describeDrift = ({ row, says, marks, ours, observed }: Verdict) => [
  cut(`drift  ${row} [${marks.join(', ')}] ${says}`),
  cut(`         ours      ${JSON.stringify(ours)}`),
  cut(`         observed  ${JSON.stringify(observed)}`),
];

/** For a person: what differs, what could not be seen, and what to do next. */
export function writeText(report: Report): string {
  const { rows, stopped } = report;
  const drifts = rows.filter(({ verdict }) => verdict === 'drift');
  const unseen = rows.filter(({ verdict }) => verdict === 'unobserved');
  const more = drifts.length - shownRows;
  return [
    `${report.target} beside the profile ${report.profile}`,
    ...drifts.slice(0, shownRows).flatMap(describeDrift),
    ...(more > 0 ? [`and ${more} more: --report drift.html shows all`] : []),
    ...(unseen.length > 0 ? [cut(`not observed: ${unseen.map(({ row }) => row).join(', ')}`)] : []),
    ...(stopped === null ? [] : [`stopped at ${stopped}`]),
    summarize(report),
    `next: ${nextStep(report)}`,
    '',
  ].join('\n');
}

function nextStep({ stopped, counts, target, rows }: Report): string {
  if (stopped !== null) return 'see to what stopped it, and run the same again';
  if (counts.drift === 0) return 'nothing: this server does what ours does';
  const settings = rows.filter(({ verdict, setting }) => verdict === 'drift' && setting !== null);
  if (settings.length === 0)
    return 'no setting changes these rows: tell us in an issue, with --report drift.md';
  return `calibrate --target ${target} --output profile.yaml writes settings that answer so`;
}
