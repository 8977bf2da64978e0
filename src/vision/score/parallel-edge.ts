import type { Point } from '../types.js';
import type { OpponentImage } from '../view/opponent-image.js';
import type { SearchView } from '../view/search-view.js';

/** Samples along the side, and how many distances from it are compared. */
const samples = 14;
const distances = 14;
/** Two further ones, as a step is measured over two. */
const taps = distances + 2;
/** The nearest, in pixels. */
const nearest = 3;

/** Looks for edges beside a side. One may serve many sides: it holds the room that the colours beside them take. */
export class ParallelEdgeFinder {
  /** Row by row, one per sample whose whole row lies in the frame. */
  readonly #colours = new Float64Array(samples * taps * 3);

  /**
   * The strongest unbroken edge that runs parallel to a side within about an eighth of the card's short side, 0 to 1.
   * On the outside it suggests that this side is only a printed frame; on the inside, that it is the card's rim.
   */
  strongest(
    { opponent, edgeStep }: SearchView,
    from: Point,
    to: Point,
    normal: Point,
    shortSide: number,
  ): number {
    const rows = this.#readRows(opponent, from, to, normal, Math.max(0.8, shortSide / 110));
    if (rows < 4) return 0.1;
    let strongest = 0;
    for (let k = 0; k < distances; k++) {
      strongest = Math.max(strongest, edgeAt(this.#colours, rows, k, edgeStep));
    }
    return strongest;
  }

  /** Returns how many rows there are. */
  #readRows(image: OpponentImage, from: Point, to: Point, [nx, ny]: Point, spacing: number): number {
    const { data, width, height } = image;
    const colours = this.#colours;
    const farthest = nearest + spacing * taps;
    let rows = 0;
    for (let sample = 0; sample < samples; sample++) {
      const share = 0.08 + (0.84 * sample) / (samples - 1);
      const x = from[0] + (to[0] - from[0]) * share;
      const y = from[1] + (to[1] - from[1]) * share;
      const farX = x + nx * farthest;
      const farY = y + ny * farthest;
      if (!(x >= 1 && y >= 1 && x < width - 1 && y < height - 1)) continue;
      if (!(farX >= 0 && farY >= 0 && farX < width - 1 && farY < height - 1)) continue;
      for (let k = 0, at = rows * taps * 3; k < taps; k++, at += 3) {
        const reach = nearest + spacing * k;
        const i = image.at((x + nx * reach + 0.5) | 0, (y + ny * reach + 0.5) | 0);
        colours[at] = data[i]!;
        colours[at + 1] = data[i + 1]!;
        colours[at + 2] = data[i + 2]!;
      }
      rows++;
    }
    return rows;
  }
}

/** How strong and how alike the steps are that all rows make at one distance. */
function edgeAt(colours: Float64Array, rows: number, k: number, edgeStep: number): number {
  let total = 0;
  let v0 = 0;
  let v1 = 0;
  let v2 = 0;
  for (let a = k * 3; a < rows * taps * 3; a += taps * 3) {
    const d0 = colours[a + 6]! - colours[a]!;
    const d1 = colours[a + 7]! - colours[a + 1]!;
    const d2 = colours[a + 8]! - colours[a + 2]!;
    const size = Math.sqrt(d0 * d0 + d1 * d1 + d2 * d2);
    total += Math.min(1, size / edgeStep);
    const weight = 1 / Math.max(size, edgeStep);
    v0 += d0 * weight;
    v1 += d1 * weight;
    v2 += d2 * weight;
  }
  const coherence = total > 0 ? Math.sqrt(v0 * v0 + v1 * v1 + v2 * v2) / total : 0;
  return (total / rows) * coherence;
}
