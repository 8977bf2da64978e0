import { extname } from 'node:path';
import type { Verdict } from './judge.js';
import { type Report, summarize } from './report.js';

const writers: Readonly<Record<string, (report: Report) => string>> = {
  '.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  '.xml': writeJunit,
  '.md': writeMarkdown,
  '.html': writeHtml,
};

export const reportEndings = Object.keys(writers);

/** The report in the form that the name of its file asks for; undefined for a name that asks for none. */
export const reportWriter = (file: string) => writers[extname(file).toLowerCase()];

const escapeXml = (text: string) =>
  text.replace(/(?![\t\n\r])\p{Cc}/gu, '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function writeJunit(report: Report): string {
  const { counts, rows, stopped } = report;
  const cases = rows.map(
    (row) => `  <testcase classname="contract" name="${row.row}">${outcome(row)}</testcase>`,
  );
  const error = `  <testcase classname="visit" name="whole">${stopped === null ? '' : `<error message="${escapeXml(stopped)}"/>`}</testcase>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="conform ${escapeXml(report.target)}" tests="${rows.length + 1}" failures="${counts.drift}" errors="${stopped === null ? 0 : 1}" skipped="${counts.unobserved}">`,
    ...cases,
    error,
    '</testsuite>',
    '',
  ].join('\n');
}

function outcome({ verdict, says, ours, observed, why = '' }: Verdict): string {
  if (verdict === 'same') return '';
  if (verdict === 'unobserved') return `<skipped message="${escapeXml(why)}"/>`;
  const texts = `${says}\nours: ${JSON.stringify(ours)}\nobserved: ${JSON.stringify(observed)}`;
  return `<failure message="drift">${escapeXml(texts)}</failure>`;
}

const head = ['verdict', 'row', 'what holds', 'mark', 'ours', 'observed', 'setting'];

const cells = ({ verdict, row, says, marks, ours, observed, setting, why }: Verdict) => [
  verdict,
  row,
  says,
  marks.join(', '),
  JSON.stringify(ours),
  why ?? JSON.stringify(observed),
  setting ?? '–',
];

/** Drift first. */
const sorted = ({ rows }: Report) => rows.toSorted((a, b) => rank(a) - rank(b));
const rank = ({ verdict }: Verdict) => ['drift', 'unobserved', 'same'].indexOf(verdict);

function writeMarkdown(report: Report): string {
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text) => text.replace(/[|\\<>]/g, '\\$&').replaceAll('\n', ' ')).join(' | ')} |`;
  return [
    `# ${report.target} beside the profile ${report.profile}`,
    '',
    summarize(report),
    ...(report.stopped === null ? [] : ['', `Stopped at ${report.stopped}`]),
    '',
    line(head),
    line(head.map(() => '---')),
    ...sorted(report).map((row) => line(cells(row))),
    '',
  ].join('\n');
}

const style =
  'body{font:15px/1.4 sans-serif;margin:2em;max-width:90em}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere}.drift{background:#fdd}.unobserved{background:#eee}svg{height:6em}';

function writeHtml(report: Report): string {
  const row = (texts: readonly string[], tag: string, name = '') =>
    `<tr class="${name}">${texts.map((text) => `<${tag}>${escapeXml(text)}</${tag}>`).join('')}</tr>`;
  return [
    '<!doctype html>',
    `<html lang="en"><meta charset="utf-8"><title>conform ${escapeXml(report.target)}</title><style>${style}</style>`,
    `<h1>${escapeXml(report.target)}</h1>`,
    `<p>Beside the profile ${escapeXml(report.profile)}: ${escapeXml(summarize(report))}.</p>`,
    report.stopped === null ? '' : `<p><b>Stopped at ${escapeXml(report.stopped)}</b></p>`,
    `<table>${row(head, 'th')}${sorted(report)
      .map((each) => row(cells(each), 'td', each.verdict))
      .join('\n')}</table>`,
    ...report.pictures.map(outline),
    '</html>',
    '',
  ].join('\n');
}

/** What came back, in its photo beside the true corners (dashed). */
function outline({
  call,
  format,
  width,
  height,
  bytes,
  turn,
  difference,
  outline,
}: Report['pictures'][number]) {
  const facts = `${call}: ${format}, ${width} × ${height} px, ${bytes} bytes, turned by ${turn}°, ${difference} grey levels from the photo`;
  const caption = `<figcaption>${escapeXml(facts)}</figcaption>`;
  if (outline === undefined) return `<figure>${caption}</figure>`;
  const { photo, documents, found } = outline;
  const line = photo.width / 150;
  const shape = (corners: typeof found, colour: string, dash: string) =>
    `<polygon points="${corners.join(' ')}" fill="none" stroke="${colour}" stroke-width="${line}" stroke-dasharray="${dash}"/>`;
  const frame = `<rect width="${photo.width}" height="${photo.height}" fill="#eee"/>`;
  const shapes = [
    shape(found, '#036', 'none'),
    ...documents.map((each) => shape(each, '#c30', String(3 * line))),
  ];
  return `<figure><svg viewBox="0 0 ${photo.width} ${photo.height}">${frame}${shapes.join('')}</svg>${caption}</figure>`;
}
