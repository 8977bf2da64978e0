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

/** The outline of what came back, on that of the ideal crop (dashed). */
function outline({
  call,
  format,
  width,
  height,
  bytes,
  turn,
  difference,
  ideal,
}: Report['pictures'][number]): string {
  const [w, h] = [Math.max(width, ideal.width), Math.max(height, ideal.height)];
  const box = (size: { width: number; height: number }, dash: string) =>
    `<rect width="${size.width}" height="${size.height}" fill="none" stroke="#036" stroke-width="${w / 100}" stroke-dasharray="${dash}"/>`;
  const facts = `${call}: ${format}, ${width} × ${height} px, ${bytes} bytes, turned by ${turn}°, ${difference} grey levels from the ideal crop`;
  const margin = w / 50;
  return `<figure><svg viewBox="${-margin} ${-margin} ${w + 2 * margin} ${h + 2 * margin}">${box({ width, height }, 'none')}${box(ideal, String(w / 25))}</svg><figcaption>${escapeXml(facts)}</figcaption></figure>`;
}
