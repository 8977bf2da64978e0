/** Boosted regression trees as flat text, so that a model is data: see `scorer-model.ts`. */
export interface BoostedTreesData {
  /** Splits from the root to a leaf. */
  readonly depth: number;
  /** Log odds before any tree. */
  readonly base: number;
  /** Tree by tree, `2 ** depth - 1` columns, level by level. */
  readonly columns: string;
  /** As many thresholds: above goes right. */
  readonly thresholds: string;
  /** Tree by tree, `2 ** depth` log odds. */
  readonly leaves: string;
}

export interface BoostedTrees {
  readonly depth: number;
  readonly base: number;
  readonly columns: Uint8Array;
  readonly thresholds: Float64Array;
  readonly leaves: Float64Array;
}

export function parseTrees(data: BoostedTreesData): BoostedTrees {
  const numbers = (text: string): number[] => text.trim().split(/\s+/).filter(Boolean).map(Number);
  return {
    depth: data.depth,
    base: data.base,
    columns: Uint8Array.from(numbers(data.columns)),
    thresholds: Float64Array.from(numbers(data.thresholds)),
    leaves: Float64Array.from(numbers(data.leaves)),
  };
}

/** The sum of all trees for one row of features: log odds. */
export function evaluateTrees(trees: BoostedTrees, features: Float64Array): number {
  const { depth, columns, thresholds, leaves } = trees;
  const splits = 2 ** depth - 1;
  const count = columns.length / splits;
  let sum = trees.base;
  for (let tree = 0; tree < count; tree++) {
    const root = tree * splits;
    let node = 0;
    for (let level = 0; level < depth; level++) {
      node = 2 * node + (features[columns[root + node]!]! > thresholds[root + node]! ? 2 : 1);
    }
    sum += leaves[tree * (splits + 1) + node - splits]!;
  }
  return sum;
}
