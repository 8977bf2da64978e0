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
  const terms = readTerms(filter.text);
  const { outcome, account, endpoint } = filter;
  return lines.filter(
    (line) =>
      (outcome === 'all' || outcomeOf(line.status) === outcome) &&
      (account === '' || line.account === account) &&
      (endpoint === '' || line.endpoint === endpoint) &&
      terms.every((term) => fits(line, term)),
  );
}

/** What stands before a colon in the search, and what it looks at. */
const fields: Readonly<Record<string, (line: Line) => string | number | null | undefined>> = {
  status: ({ status }) => status,
  account: ({ account }) => account,
  path: ({ path }) => path,
  station: ({ station }) => station,
  reason: ({ rule, reason }) => [rule, reason].filter(Boolean).join(' '),
  scenario: ({ scenario }) => scenario?.text,
  drift: ({ drift }) => drift?.map(({ row }) => row).join(' '),
};

interface Term {
  readonly not: boolean;
  readonly field: string | undefined;
  /** In small letters. */
  readonly text: string;
}

/** `status:4`, `-account:demo`, `"no card"`: a field or any, a text or one in quotes, a minus for what shall not be there. */
function readTerms(search: string): Term[] {
  return [...search.toLowerCase().matchAll(/(-?)(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/g)].map(
    ([, minus, name, quoted, bare]) => {
      const text = quoted ?? bare!;
      const known = name === undefined || Object.hasOwn(fields, name);
      return { not: minus === '-', field: known ? name : undefined, text: known ? text : `${name}:${text}` };
    },
  );
}

function fits(line: Line, { not, field, text }: Term): boolean {
  if (field === undefined) return textOf(line).includes(text) !== not;
  const value = String(fields[field]!(line) ?? '').toLowerCase();
  return (field === 'status' ? value.startsWith(text) : value.includes(text)) !== not;
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
