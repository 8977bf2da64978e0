import type { Point, Quad, RgbImage } from '../../src/vision/types.js';
import { OpponentImage } from '../../src/vision/view/opponent-image.js';

/** A picture of one colour with polygons of one colour each on it: nothing in it is there by accident. */
export function drawPicture(
  width: number,
  height: number,
  grey: number,
  ...shapes: [readonly Point[], number][]
): RgbImage {
  const data = new Uint8Array(width * height * 3).fill(grey);
  for (const [polygon, level] of shapes) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++)
        if (isInside(polygon, x, y)) data.fill(level, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return { data, width, height };
}

export function asOpponent(image: RgbImage): OpponentImage {
  return new OpponentImage(image, Math.max(image.width, image.height));
}

function isInside(polygon: readonly Point[], x: number, y: number): boolean {
  return polygon.every(([ax, ay], index) => {
    const [bx, by] = polygon[(index + 1) % polygon.length]!;
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0;
  });
}

/** Largest distance between corners that belong together, whichever comes first. */
export function cornerDistance(a: Quad, b: Quad): number {
  const turns = [0, 1, 2, 3].map((turn) =>
    Math.max(
      ...a.map(([x, y], index) => Math.hypot(x - b[(index + turn) % 4]![0], y - b[(index + turn) % 4]![1])),
    ),
  );
  return Math.min(...turns);
}

export function closestTo(truth: Quad, quads: readonly Quad[]): number {
  return Math.min(Number.POSITIVE_INFINITY, ...quads.map((quad) => cornerDistance(truth, quad)));
}
