import type { DriftCount } from '../upstream/drift-book.js';

const width = 110;
const cut = (text: string) => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

/** For a person: the count by row. */
export function writeDrift(
  upstream: string,
  { calls, compared, differing, notCompared, rows }: DriftCount,
): string {
  return [
    `${upstream}: ${calls} calls, ${compared} compared, ${differing} with drift`,
    ...rows.flatMap(({ row, count, ours, theirs }) => [
      `${String(count).padStart(6)}  ${row}`,
      cut(`        ours    ${JSON.stringify(ours)}`),
      cut(`        theirs  ${JSON.stringify(theirs)}`),
    ]),
    ...Object.entries(notCompared).map(
      ([reason, count]) => `${String(count).padStart(6)}  not compared: ${reason}`,
    ),
    '',
  ].join('\n');
}
