import type { Point } from '../types.js';

/** Stretches of rows that lie on one side of a level, row by row. */
interface Runs {
  count: number;
  readonly row: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly isAbove: Uint8Array;
  /** An earlier run of the same area, or the run itself where there is none. */
  readonly parent: Int32Array;
}

/**
 * The connected areas above and below a level, by runs of cells and union-find: a third of the cost of OpenCV's
 * contours, of which only the hull would be used.
 */
export class AreaFinder {
  readonly #width: number;
  readonly #height: number;
  readonly #runs: Runs;

  constructor(width: number, height: number) {
    const most = width * height;
    this.#width = width;
    this.#height = height;
    this.#runs = {
      count: 0,
      row: new Int32Array(most),
      first: new Int32Array(most),
      last: new Int32Array(most),
      isAbove: new Uint8Array(most),
      parent: new Int32Array(most),
    };
  }

  /**
   * Each area by the ends of its rows, which determine its hull. Left out are areas less than `least` wide or high, and
   * what reaches all four sides of the picture.
   */
  find(plane: Float32Array, level: number, least: number): Point[][] {
    const runs = this.#runs;
    runs.count = 0;
    for (let y = 0, before = 0; y < this.#height; y++) {
      const here = runs.count;
      splitRow(runs, plane, y, this.#width, level);
      joinRows(runs, before, here);
      before = here;
    }
    const boxes = new Boxes(runs);
    return outlineAreas(runs, (root) => {
      const [width, height] = boxes.sizeOf(root);
      const isFrame = width === this.#width && height === this.#height;
      return width >= least && height >= least && !isFrame;
    });
  }
}

function splitRow(runs: Runs, plane: Float32Array, y: number, width: number, level: number): void {
  const start = y * width;
  for (let x = 0; x < width; ) {
    const run = runs.count++;
    const isAbove = plane[start + x]! > level;
    runs.row[run] = y;
    runs.first[run] = x;
    while (x < width && plane[start + x]! > level === isAbove) x++;
    runs.last[run] = x - 1;
    runs.isAbove[run] = isAbove ? 1 : 0;
    runs.parent[run] = run;
  }
}

/** Joins the runs from `here` on to those of the row above, which begin at `before`. */
function joinRows(runs: Runs, before: number, here: number): void {
  const { last, isAbove, parent } = runs;
  for (let upper = before, lower = here; upper < here && lower < runs.count; ) {
    if (isAbove[upper] === isAbove[lower]) {
      const a = rootOf(parent, upper);
      const b = rootOf(parent, lower);
      parent[Math.max(a, b)] = Math.min(a, b);
    }
    // both rows are covered from end to end: the run that ends first has no further neighbour
    const endsFirst = last[upper]! - last[lower]!;
    if (endsFirst <= 0) upper++;
    if (endsFirst >= 0) lower++;
  }
}

function rootOf(parent: Int32Array, run: number): number {
  let root = run;
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!;
    root = parent[root]!;
  }
  return root;
}

function outlineAreas(runs: Runs, isWanted: (root: number) => boolean): Point[][] {
  const areas = new Map<number, Point[]>();
  for (let run = 0; run < runs.count; run++) {
    const root = runs.parent[run]!;
    if (!isWanted(root)) continue;
    const points = areas.get(root) ?? [];
    if (points.at(-1)?.[1] === runs.row[run]) points.pop();
    else points.push([runs.first[run]! - 0.5, runs.row[run]!]);
    points.push([runs.last[run]! + 0.5, runs.row[run]!]);
    areas.set(root, points);
  }
  return [...areas.values()];
}

/** Bounding boxes of the areas, by the number of their first run; lets every run point to that one directly. */
class Boxes {
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #top: Int32Array;
  readonly #bottom: Int32Array;

  constructor({ count, row, first, last, parent }: Runs) {
    this.#left = first.slice(0, count);
    this.#right = last.slice(0, count);
    this.#top = row.slice(0, count);
    this.#bottom = row.slice(0, count);
    for (let run = 0; run < count; run++) {
      // earlier runs point to their root already
      const root = parent[parent[run]!]!;
      parent[run] = root;
      this.#left[root] = Math.min(this.#left[root]!, first[run]!);
      this.#right[root] = Math.max(this.#right[root]!, last[run]!);
      this.#bottom[root] = row[run]!;
    }
  }

  sizeOf(root: number): [width: number, height: number] {
    return [this.#right[root]! - this.#left[root]! + 1, this.#bottom[root]! - this.#top[root]! + 1];
  }
}
