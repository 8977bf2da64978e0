import type { BoostedTreesData } from '../src/vision/score/boosted-trees.js';

/** Training rows: `columns` features each. */
export interface TrainingSet {
  readonly columns: number;
  readonly features: Float32Array;
  /** 0 to 1. */
  readonly targets: Float32Array;
  readonly weights: Float32Array;
}

export interface BoostingOptions {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  readonly random: () => number;
}

const bins = 64;
const leastWeight = 6;
const ridge = 3;
/** Share of the columns that each tree may use, and of the rows that it is grown on. */
const columnShare = 0.5;
const rowShare = 0.7;

/** Gradient boosting of logistic loss with second-order steps on binned features (Friedman 2001; Chen and Guestrin 2016). */
export function boost(set: TrainingSet, options: BoostingOptions): BoostedTreesData {
  const rows = set.targets.length;
  const cuts = Array.from({ length: set.columns }, (_, column) => cutPoints(set, column));
  const binned = binAll(set, cuts);
  const base = startingOdds(set);
  const odds = new Float64Array(rows).fill(base);
  const out = { columns: [] as number[], thresholds: [] as number[], leaves: [] as number[] };
  for (let tree = 0; tree < options.trees; tree++) {
    const grown = growTree(set, binned, odds, options);
    out.columns.push(...grown.columns);
    out.thresholds.push(...grown.bins.map((bin, node) => threshold(cuts[grown.columns[node]!]!, bin)));
    out.leaves.push(...grown.leaves);
    for (let row = 0; row < rows; row++)
      odds[row]! += grown.leaves[leafOf(grown, binned, set.columns, row, options.depth)]!;
  }
  const text = (values: readonly number[]): string =>
    values.map((value) => Number(value.toPrecision(4))).join(' ');
  return {
    depth: options.depth,
    base: Number(base.toPrecision(4)),
    columns: text(out.columns),
    thresholds: text(out.thresholds),
    leaves: text(out.leaves),
  };
}

function startingOdds({ targets, weights }: TrainingSet): number {
  let positive = 0;
  let total = 0;
  targets.forEach((target, row) => {
    positive += target * weights[row]!;
    total += weights[row]!;
  });
  return Math.log((positive + 1) / (total - positive + 1));
}

function cutPoints({ columns, features, targets }: TrainingSet, column: number): number[] {
  const values: number[] = [];
  const stride = Math.max(1, Math.floor(targets.length / 20000));
  for (let row = 0; row < targets.length; row += stride) values.push(features[row * columns + column]!);
  values.sort((a, b) => a - b);
  const cuts = Array.from(
    { length: bins - 1 },
    (_, index) => values[Math.floor(((index + 1) * values.length) / bins)]!,
  );
  return [...new Set(cuts)];
}

function binAll({ columns, features, targets }: TrainingSet, cuts: readonly number[][]): Uint8Array {
  const binned = new Uint8Array(targets.length * columns);
  for (let row = 0; row < targets.length; row++) {
    for (let column = 0; column < columns; column++) {
      binned[row * columns + column] = binOf(cuts[column]!, features[row * columns + column]!);
    }
  }
  return binned;
}

/** How many cut points lie below the value. */
function binOf(cuts: readonly number[], value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > cuts[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Above everything where a node does not split: all rows go left. */
function threshold(cuts: readonly number[], bin: number): number {
  return cuts[bin] ?? 1e9;
}

interface Tree {
  readonly columns: number[];
  readonly bins: number[];
  readonly leaves: number[];
}

function growTree(set: TrainingSet, binned: Uint8Array, odds: Float64Array, options: BoostingOptions): Tree {
  const { depth, rate, random } = options;
  const rows = set.targets.length;
  const node = new Int32Array(rows);
  const gradient = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    if (random() > rowShare) node[row] = -1;
    const chance = 1 / (1 + Math.exp(-odds[row]!));
    gradient[row] = set.weights[row]! * (set.targets[row]! - chance);
    curvature[row] = set.weights[row]! * Math.max(1e-4, chance * (1 - chance));
  }
  const usable = Array.from({ length: set.columns }, (_, column) => column).filter(
    () => random() < columnShare,
  );
  const tree: Tree = { columns: [], bins: [], leaves: [] };
  for (let level = 0; level < depth; level++) {
    const first = 2 ** level - 1;
    for (const split of bestSplits(set, binned, node, gradient, curvature, usable, first, 2 ** level)) {
      tree.columns.push(split.column);
      tree.bins.push(split.bin);
    }
    for (let row = 0; row < rows; row++) {
      const at = node[row]!;
      if (at < 0) continue;
      node[row] = 2 * at + (binned[row * set.columns + tree.columns[at]!]! > tree.bins[at]! ? 2 : 1);
    }
  }
  tree.leaves.push(...leafValues(node, gradient, curvature, depth).map((value) => rate * value));
  return tree;
}

interface Split {
  readonly column: number;
  readonly bin: number;
}

function bestSplits(
  set: TrainingSet,
  binned: Uint8Array,
  node: Int32Array,
  gradient: Float64Array,
  curvature: Float64Array,
  usable: readonly number[],
  first: number,
  count: number,
): Split[] {
  const best = Array.from({ length: count }, () => ({ column: 0, bin: 255, gain: 1e-3 }));
  const g = new Float64Array(count * bins);
  const h = new Float64Array(count * bins);
  for (const column of usable) {
    g.fill(0);
    h.fill(0);
    for (let row = 0; row < node.length; row++) {
      const at = node[row]!;
      if (at < 0) continue;
      const cell = (at - first) * bins + binned[row * set.columns + column]!;
      g[cell]! += gradient[row]!;
      h[cell]! += curvature[row]!;
    }
    for (let at = 0; at < count; at++) improve(best[at]!, g, h, at, column);
  }
  return best;
}

function improve(
  best: { column: number; bin: number; gain: number },
  g: Float64Array,
  h: Float64Array,
  at: number,
  column: number,
): void {
  let allG = 0;
  let allH = 0;
  for (let bin = 0; bin < bins; bin++) {
    allG += g[at * bins + bin]!;
    allH += h[at * bins + bin]!;
  }
  let leftG = 0;
  let leftH = 0;
  for (let bin = 0; bin < bins - 1; bin++) {
    leftG += g[at * bins + bin]!;
    leftH += h[at * bins + bin]!;
    const rightH = allH - leftH;
    if (leftH < leastWeight / 4 || rightH < leastWeight / 4) continue;
    const rightG = allG - leftG;
    const gain = leftG ** 2 / (leftH + ridge) + rightG ** 2 / (rightH + ridge) - allG ** 2 / (allH + ridge);
    if (gain > best.gain) Object.assign(best, { column, bin, gain });
  }
}

function leafValues(
  node: Int32Array,
  gradient: Float64Array,
  curvature: Float64Array,
  depth: number,
): number[] {
  const first = 2 ** depth - 1;
  const g = new Float64Array(2 ** depth);
  const h = new Float64Array(2 ** depth);
  node.forEach((at, row) => {
    if (at < 0) return;
    g[at - first]! += gradient[row]!;
    h[at - first]! += curvature[row]!;
  });
  return Array.from(g, (sum, leaf) => sum / (h[leaf]! + ridge));
}

function leafOf(tree: Tree, binned: Uint8Array, columns: number, row: number, depth: number): number {
  let node = 0;
  for (let level = 0; level < depth; level++) {
    node = 2 * node + (binned[row * columns + tree.columns[node]!]! > tree.bins[node]! ? 2 : 1);
  }
  return node - (2 ** depth - 1);
}
