import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { findCard } from '../src/vision/detect/detect.js';
import { distance, scaleQuad, signedArea } from '../src/vision/geometry/plane.js';
import { clipPolygon, intersectionOverUnion } from '../src/vision/geometry/polygon.js';
import type { Detection, Point, Quad } from '../src/vision/types.js';
import { loadSample, readDataset, type Sample } from './dataset.js';

const summaryColumns = [
  'photos',
  'IoU',
  '>=0.90',
  '>=0.95',
  'corner p50 %',
  'p90 %',
  'missed',
  'false alarms',
  'ms p50',
  'p90',
];

// Finds the card in every photo of the given folders and compares it with their quads.json.
// node build/bench/accuracy.js [--failures] [--all] [--min-confidence 0.5] [--part 0/2] [--builds A,B] FOLDER…
// With two builds, the first one judges the even half of the photos and the second one the odd half.

interface Outcome {
  readonly sample: Sample;
  readonly confidence: number;
  readonly answered: boolean;
  /** 0 where there is no answer. */
  readonly iou: number;
  /** Largest corner distance in % of the true quad's longer diagonal. */
  readonly cornerError: number;
  readonly cpuMs: number;
  readonly source: string;
}

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    failures: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    tags: { type: 'boolean', default: false },
    'min-confidence': { type: 'string', default: '0.5' },
    part: { type: 'string', default: '0/1' },
    builds: { type: 'string', default: 'build' },
  },
});
const [part = 0, parts = 1] = options.part.split('/').map(Number);
const finders = await Promise.all(options.builds.split(',').map(loadFinder));
const outcomes: Outcome[] = [];
for (const folder of folders) {
  for (const [index, sample] of readDataset(folder).entries()) {
    if (index % parts !== part) continue;
    outcomes.push(await judge(sample, finders[index % finders.length]!));
  }
}
printSummary(outcomes);
if (options.tags) printTags(outcomes);
if (options.failures || options.all) printPhotos(outcomes.filter((o) => options.all || isFailure(o)));

async function loadFinder(build: string): Promise<typeof findCard> {
  const file = resolve(build, 'src/vision/detect/detect.js');
  return ((await import(pathToFileURL(file).href)) as { findCard: typeof findCard }).findCard;
}

async function judge(sample: Sample, find: typeof findCard): Promise<Outcome> {
  const { image, scale, width, height } = await loadSample(sample.path);
  const before = process.cpuUsage();
  const detection = find(image, { minConfidence: Number(options['min-confidence']), keepCandidates: 1 });
  const { user, system } = process.cpuUsage(before);
  const corners = detection.corners && scaleQuad(detection.corners, scale);
  return {
    sample,
    ...measure(sample.quad, corners, width, height),
    confidence: detection.confidence,
    answered: corners !== null,
    cpuMs: (user + system) / 1000,
    source: sourceOf(detection),
  };
}

function sourceOf({ candidates }: Detection): string {
  return candidates?.[0]?.source ?? '-';
}

function measure(truth: Quad | null, answer: Quad | null, width: number, height: number) {
  if (!truth || !answer) return { iou: 0, cornerError: Number.POSITIVE_INFINITY };
  const frame: Point[] = [
    [-0.5, -0.5],
    [width - 0.5, -0.5],
    [width - 0.5, height - 0.5],
    [-0.5, height - 0.5],
  ];
  const clockwise = signedArea(truth) > 0 ? truth : [...truth].reverse();
  return {
    iou: intersectionOverUnion(clipPolygon(clockwise, frame), clipPolygon(answer, frame)),
    cornerError: largestCornerError(truth, answer),
  };
}

function largestCornerError(truth: Quad, answer: Quad): number {
  const diagonal = Math.max(distance(truth[0], truth[2]), distance(truth[1], truth[3]));
  const turns = [0, 1, 2, 3].map((turn) =>
    Math.max(...truth.map((corner, index) => distance(corner, answer[(index + turn) % 4]!))),
  );
  return (100 * Math.min(...turns)) / diagonal;
}

function isFailure({ sample, answered, iou }: Outcome): boolean {
  return sample.quad ? iou < 0.9 : answered;
}

function printSummary(all: readonly Outcome[]): void {
  const levels = [...new Set(all.map((outcome) => outcome.sample.level))];
  const rows = levels.map((level) =>
    summaryRow(
      level,
      all.filter((outcome) => outcome.sample.level === level),
    ),
  );
  printTable(['level', ...summaryColumns], rows);
}

function printTags(all: readonly Outcome[]): void {
  const tags = [...new Set(all.flatMap((outcome) => outcome.sample.tags))];
  const rows = tags.map((tag) =>
    summaryRow(
      tag,
      all.filter((outcome) => outcome.sample.tags.includes(tag)),
    ),
  );
  printTable(['tag', ...summaryColumns], rows);
}

function summaryRow(level: string, outcomes: readonly Outcome[]): string[] {
  const cards = outcomes.filter((outcome) => outcome.sample.quad);
  const empty = outcomes.filter((outcome) => !outcome.sample.quad);
  const errors = cards.map((outcome) => outcome.cornerError);
  const times = outcomes.map((outcome) => outcome.cpuMs);
  return [
    level,
    String(outcomes.length),
    cards.length > 0 ? (cards.reduce((sum, outcome) => sum + outcome.iou, 0) / cards.length).toFixed(3) : '',
    share(cards, (outcome) => outcome.iou >= 0.9),
    share(cards, (outcome) => outcome.iou >= 0.95),
    cards.length > 0 ? quantile(errors, 0.5).toFixed(2) : '',
    cards.length > 0 ? quantile(errors, 0.9).toFixed(2) : '',
    share(cards, (outcome) => !outcome.answered),
    share(empty, (outcome) => outcome.answered),
    quantile(times, 0.5).toFixed(0),
    quantile(times, 0.9).toFixed(0),
  ];
}

function share(outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean): string {
  if (outcomes.length === 0) return '';
  return `${((100 * outcomes.filter(holds).length) / outcomes.length).toFixed(0)} %`;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

function printPhotos(outcomes: readonly Outcome[]): void {
  const rows = outcomes.map(({ sample, iou, cornerError, confidence, source, cpuMs }) => [
    sample.file,
    sample.level,
    iou.toFixed(3),
    Number.isFinite(cornerError) ? cornerError.toFixed(1) : '-',
    confidence.toFixed(3),
    source,
    cpuMs.toFixed(0),
    sample.tags.join(' '),
  ]);
  printTable(['photo', 'level', 'IoU', 'corner %', 'confidence', 'source', 'ms', 'tags'], rows);
}

function printTable(head: readonly string[], rows: readonly string[][]): void {
  const lines = [head, head.map(() => '---'), ...rows];
  console.log(`\n${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}`);
}
