import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { findCard } from '../src/vision/detect/detect.js';
import { distance, scaleQuad } from '../src/vision/geometry/plane.js';
import type { Detection, Quad } from '../src/vision/types.js';
import { loadSample, readDataset, type Sample } from './dataset.js';
import { overlapInFrame } from './overlap.js';

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
// Below the table at the given threshold: the same at the thresholds that 1, 2 and 5 % of the photos without a document
// pass, and how often an answer of some confidence is right.

interface Outcome {
  readonly sample: Sample;
  readonly confidence: number;
  /** Whether the confidence passes the threshold. */
  readonly answered: boolean;
  /** 0 where there is no answer. */
  readonly iou: number;
  /** That of the best quad, answered or not. */
  readonly iouOfBest: number;
  /** Largest corner distance in % of the true quad's longer diagonal; endless where there is no answer. */
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
printOperatingPoints(outcomes);
printReliability(outcomes);
if (options.tags) printTags(outcomes);
if (options.failures || options.all) printPhotos(outcomes.filter((o) => options.all || isFailure(o)));

async function loadFinder(build: string): Promise<typeof findCard> {
  const file = resolve(build, 'src/vision/detect/detect.js');
  return ((await import(pathToFileURL(file).href)) as { findCard: typeof findCard }).findCard;
}

async function judge(sample: Sample, find: typeof findCard): Promise<Outcome> {
  const { image, scale, width, height } = await loadSample(sample.path);
  const before = process.cpuUsage();
  const detection = find(image, { minConfidence: 0, keepCandidates: 1 });
  const { user, system } = process.cpuUsage(before);
  const corners = detection.corners && scaleQuad(detection.corners, scale);
  const answered = corners !== null && detection.confidence >= Number(options['min-confidence']);
  const best = measure(sample.quad, corners, width, height);
  return {
    sample,
    iou: answered ? best.iou : 0,
    iouOfBest: best.iou,
    cornerError: answered ? best.cornerError : Number.POSITIVE_INFINITY,
    confidence: detection.confidence,
    answered,
    cpuMs: (user + system) / 1000,
    source: sourceOf(detection),
  };
}

function sourceOf({ candidates }: Detection): string {
  return candidates?.[0]?.source ?? '-';
}

function measure(truth: Quad | null, answer: Quad | null, width: number, height: number) {
  if (!truth || !answer) return { iou: 0, cornerError: Number.POSITIVE_INFINITY };
  return {
    iou: overlapInFrame(truth, answer, { width, height }),
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

/** Two detectors compare at equal false alarms, not at a threshold of either. */
function printOperatingPoints(all: readonly Outcome[]): void {
  const empty = all.filter((outcome) => !outcome.sample.quad);
  const cards = all.filter((outcome) => outcome.sample.quad);
  if (empty.length < 20) return; // less than one in twenty cannot be told
  const alarms = empty.map((outcome) => outcome.confidence).sort((a, b) => b - a);
  const levels = [...new Set(cards.map((outcome) => outcome.sample.level))];
  const rows = [0.01, 0.02, 0.05].map((allowed) => {
    const threshold = alarms[Math.floor(allowed * empty.length)] ?? 0;
    const cells = levels.map((level) => {
      const part = cards.filter((outcome) => outcome.sample.level === level);
      const reached = part.map((outcome) => (outcome.confidence > threshold ? outcome.iouOfBest : 0));
      const mean = reached.reduce((sum, iou) => sum + iou, 0) / part.length;
      const right = reached.filter((iou) => iou >= 0.9).length / part.length;
      return `${mean.toFixed(3)}, ${(100 * right).toFixed(0)} %`;
    });
    return [`${100 * allowed} %`, threshold.toFixed(3), ...cells];
  });
  printTable(['false alarms', 'confidence over', ...levels], rows);
}

/** Of the answers of some confidence, those at IoU 0.90 or more; an answer without a document is wrong. */
function printReliability(all: readonly Outcome[]): void {
  const bounds = [0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01];
  const rows = bounds.slice(1).map((to, index) => {
    const from = bounds[index]!;
    const part = all.filter(({ confidence }) => confidence >= from && confidence < to);
    const mean = part.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, part.length);
    return [
      `${from} to ${Math.min(1, to)}`,
      String(part.length),
      mean.toFixed(2),
      share(part, (outcome) => outcome.iouOfBest >= 0.9),
    ];
  });
  printTable(['confidence', 'photos', 'mean', 'right'], rows);
  const sure = all.filter(({ confidence }) => confidence >= 0.9);
  const wrong = sure.filter((outcome) => outcome.iouOfBest < 0.9).length;
  console.log(
    `\nsure (0.9 or more) but wrong: ${wrong} of ${all.length} photos, of ${sure.length} sure answers`,
  );
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
