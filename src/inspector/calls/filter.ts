import type { RequestLines } from '../../control/request-lines.js';

export type Line = RequestLines['lines'][number];

/** What became of a call, as colours and buttons have it. */
export const outcomes = ['ok', 'missed', 'refused', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

/** 422 is a class of its own: the photo was looked at, or a trial was spent. */
export function outcomeOf(status: number | null): Outcome {
  if (status === null || status >= 500) return 'failed';
  if (status === 422) return 'missed';
  return status >= 400 ? 'refused' : 'ok';
}

export interface Filter {
  /** Words that all occur somewhere in a line. */
  readonly text: string;
  readonly outcome: Outcome | 'all';
  /** Empty: any. */
  readonly account: string;
  readonly endpoint: Line['endpoint'] | '';
}

export const noFilter: Filter = { text: '', outcome: 'all', account: '', endpoint: '' };

export const isFiltering = ({ text, outcome, account, endpoint }: Filter): boolean =>
  text.trim() !== '' || outcome !== 'all' || account !== '' || endpoint !== '';

export function filterLines(lines: readonly Line[], filter: Filter): readonly Line[] {
  if (!isFiltering(filter)) return lines;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const { outcome, account, endpoint } = filter;
  return lines.filter(
    (line) =>
      (outcome === 'all' || outcomeOf(line.status) === outcome) &&
      (account === '' || line.account === account) &&
      (endpoint === '' || line.endpoint === endpoint) &&
      hasAll(line, words),
  );
}

function hasAll(line: Line, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = textOf(line);
  return words.every((word) => text.includes(word));
}

/** Made once of each line: ten thousand of them are searched with every letter that is typed. */
const texts = new WeakMap<Line, string>();

function textOf(line: Line): string {
  const known = texts.get(line);
  if (known !== undefined) return known;
  const { id, method, path, account, status, station, rule, reason, scenario, transactionId } = line;
  const parts = [
    `#${id}`,
    method,
    path,
    account,
    status,
    station,
    rule,
    reason,
    scenario?.text,
    transactionId,
  ];
  const text = parts.filter(Boolean).join(' ').toLowerCase();
  texts.set(line, text);
  return text;
}
