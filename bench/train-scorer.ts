import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createRandom } from '../src/random.js';
import { type BoostedTreesData, evaluateTrees, parseTrees } from '../src/vision/score/boosted-trees.js';
import { closeNames, featureNames } from '../src/vision/score/features.js';
import { boost, type TrainingSet } from './boosting.js';

// Trains the scorer on what collect-candidates.ts measured and writes its constants.
// node build/bench/train-scorer.js --out src/vision/score/scorer-model.ts ROWS.bin…
// A file that is named twice counts double.

interface Row {
  readonly photo: string;
  /** The same for a photo that counts double. */
  readonly original: string;
  readonly stage: number;
  readonly iou: number;
  readonly features: Float32Array;
}

const jurors = 4;
const columns = featureNames.length + closeNames.length;

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'src/vision/score/scorer-model.ts' },
    trees: { type: 'string', default: '150' },
  },
});
const rows = files.flatMap(readRows);
const proposed = rows.filter((row) => row.stage === 0);
const refined = rows.filter((row) => row.stage === 1);
const ranking = train(proposed, (iou) => ramp(iou, 0.6, 0.9), 60);
const jury = trainJury(refined);
const rating = average(jury.map(({ trees }) => trees));
const calibration = calibrate(jury);
writeFileSync(options.out, moduleText(ranking, rating, calibration));
report(refined, rating, calibration);

function readRows(file: string, position: number): Row[] {
  const bytes = readFileSync(file);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const width = columns + 3;
  return Array.from({ length: values.length / width }, (_, index) => {
    const row = values.subarray(index * width, (index + 1) * width);
    return {
      photo: `${position} ${row[0]}`,
      original: `${file} ${row[0]}`,
      stage: row[1]!,
      iou: row[2]!,
      features: row.subarray(3),
    };
  });
}

/** What counts as right is not a yes or no: nearly right is better than wrong. */
function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

function train(part: readonly Row[], target: (iou: number) => number, trees: number): BoostedTreesData {
  const random = createRandom('boosting');
  return boost(trainingSet(part, target), { trees, depth: 4, rate: 0.15, random: () => random.next() });
}

/** Every photo counts the same, whatever the number of its candidates. */
function trainingSet(part: readonly Row[], target: (iou: number) => number): TrainingSet {
  const features = new Float32Array(part.length * columns);
  const perPhoto = new Map<string, number>();
  for (const { photo } of part) perPhoto.set(photo, (perPhoto.get(photo) ?? 0) + 1);
  part.forEach((row, index) => {
    features.set(row.features, index * columns);
  });
  return {
    columns,
    features,
    targets: Float32Array.from(part, (row) => target(row.iou)),
    weights: Float32Array.from(part, (row) => 20 / Math.max(20, perPhoto.get(row.photo)!)),
  };
}

interface Answer {
  readonly odds: number;
  readonly right: number;
}

interface Calibration {
  readonly slope: number;
  readonly shift: number;
}

interface Juror {
  readonly trees: BoostedTreesData;
  /** The photos that it has not seen. */
  readonly unseen: readonly Row[];
}

/** Trees that each have seen all but a quarter of the photos: one alone depends much on chance. */
function trainJury(part: readonly Row[]): Juror[] {
  const photos = [...new Set(part.map((row) => row.original))];
  const fold = new Map(photos.map((photo, index) => [photo, index % jurors]));
  return Array.from({ length: jurors }, (_, held) => ({
    trees: train(
      part.filter((row) => fold.get(row.original) !== held),
      (iou) => ramp(iou, 0.8, 0.97),
      Number(options.trees),
    ),
    unseen: part.filter((row) => fold.get(row.original) === held),
  }));
}

/** One model whose log odds are the mean of those of all. */
function average(models: readonly BoostedTreesData[]): BoostedTreesData {
  const joined = (name: 'columns' | 'thresholds' | 'leaves') => models.map((model) => model[name]).join(' ');
  const base = models.reduce((sum, model) => sum + model.base, 0) / models.length;
  const leaves = joined('leaves')
    .split(' ')
    .map((leaf) => Number((Number(leaf) / models.length).toPrecision(4)))
    .join(' ');
  const { depth } = models[0]!;
  return { depth, base, columns: joined('columns'), thresholds: joined('thresholds'), leaves };
}

/** Platt's logistic calibration of the best candidate of each photo, by the trees that have not seen it. */
function calibrate(jury: readonly Juror[]): Calibration {
  const answers = jury
    .flatMap(({ trees, unseen }) => bestOfEach(unseen, trees))
    .map(({ odds, iou }) => ({ odds, right: iou >= 0.9 ? 1 : 0 }));
  const right = answers.filter((answer) => answer.right).length;
  console.log(
    `cross-validated: ${((100 * right) / answers.length).toFixed(1)} % of the best candidates are right`,
  );
  return fitLogistic(answers);
}

interface BestCandidate {
  readonly odds: number;
  readonly iou: number;
}

function bestOfEach(part: readonly Row[], data: BoostedTreesData): BestCandidate[] {
  const model = parseTrees(data);
  const best = new Map<string, { odds: number; iou: number }>();
  for (const { photo, features, iou } of part) {
    const odds = evaluateTrees(model, Float64Array.from(features));
    if (odds > (best.get(photo)?.odds ?? Number.NEGATIVE_INFINITY)) best.set(photo, { odds, iou });
  }
  return [...best.values()];
}

function fitLogistic(answers: readonly Answer[]): Calibration {
  let slope = 1;
  let shift = 0;
  for (let step = 0; step < 4000; step++) {
    let [gs, gb] = [0, 0];
    for (const { odds, right } of answers) {
      const error = right - 1 / (1 + Math.exp(-(slope * odds + shift)));
      gs += error * odds;
      gb += error;
    }
    slope += (0.02 * gs) / answers.length;
    shift += (0.1 * gb) / answers.length;
  }
  return { slope, shift };
}

function report(part: readonly Row[], data: BoostedTreesData, { slope, shift }: Calibration): void {
  const best = bestOfEach(part, data);
  const right = best.filter(({ iou }) => iou >= 0.9).length;
  console.log(
    `on the training photos: ${right} of ${best.length} right; odds × ${slope.toFixed(3)} + ${shift.toFixed(3)}`,
  );
}

function moduleText(
  ranking: BoostedTreesData,
  rating: BoostedTreesData,
  { slope, shift }: Calibration,
): string {
  const isScript = options.out.endsWith('.js');
  const type = isScript ? '' : ': BoostedTreesData';
  const trees = ({ depth, base, columns, thresholds, leaves }: BoostedTreesData): string =>
    `{\n  depth: ${depth},\n  base: ${base},\n  columns: \`${wrap(columns)}\`,\n  thresholds: \`${wrap(thresholds)}\`,\n  leaves: \`${wrap(leaves)}\`,\n}`;
  return `// Written by bench/train-scorer.ts; bench/README.md says from which photos. Do not edit.
${isScript ? '' : "import type { BoostedTreesData } from './boosted-trees.js';\n"}
/** Picks the proposals that are worth refining. */
export const rankingTrees${type} = ${trees(ranking)};

/** Rates refined quads. */
export const ratingTrees${type} = ${trees(rating)};

/** From the rating's log odds to those of the answer being right, by cross-validation. */
export const calibration = { slope: ${Number(slope.toFixed(3))}, shift: ${Number(shift.toFixed(3))} };
`;
}

function wrap(text: string): string {
  return `\n${text.replace(/(.{1,108})(?: |$)/g, '$1\n')}`;
}
