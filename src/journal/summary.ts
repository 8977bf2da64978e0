import type { JournalEntry } from './entry.js';

/**
 * Requests as text, for people: one line each.
 *
 * @example
 * POST /api/v1/id_cropper_register 401 entitle INVALID_BUNDLE_KEY "no bundle has this key" by demo
 */
export const summarize = (entries: readonly JournalEntry[]): string =>
  entries.length === 0 ? 'there were no requests' : entries.map(line).join('\n');

function line({ method, path, status, station, rule, reason, scenario, account }: JournalEntry): string {
  const parts = [
    method,
    path,
    status ?? 'no answer',
    station,
    rule,
    reason && JSON.stringify(reason),
    scenario && `scenario ${scenario.text}`,
    account && `by ${account}`,
  ];
  return parts.filter((part) => part !== null && part !== '').join(' ');
}
