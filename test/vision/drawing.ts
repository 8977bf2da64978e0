import sharp, { type Sharp } from 'sharp';
import { homography, project } from '../../src/vision/geometry/perspective.js';
import type { Point, Quad, RgbImage } from '../../src/vision/types.js';

// A card that is a formula, so that its crop is known for any corners and any size without a reference file.

type Colour = readonly [red: number, green: number, blue: number];

/** What the drawn card shows at (u, v), both 0 to 1: no two of its corners, sides or halves look alike. */
export function cardColour(u: number, v: number): Colour {
  if (v < 0.16) return [40, 70 + 60 * u, 150];
  if (Math.hypot((u - 0.2) * 1.586, v - 0.6) < 0.2) return [200, 120, 90];
  if (u > 0.45 && u < 0.9 && v > 0.3 && Math.floor(v * 20) % 3 === 0) return [50, 50, 60];
  // Guilloche: fine enough that a crop one pixel aside differs everywhere.
  const wave = 20 * Math.sin(2 * Math.PI * (40 * u + 4 * v)) + 12 * Math.sin(2 * Math.PI * 28 * v);
  return [215 - 30 * u + wave, 208 + wave, 185 + 30 * v + wave];
}

/** Where a camera straight above the middle of a width × height photo sees an ID-1 card, `share` of the photo wide. */
export function photographCard(
  width: number,
  height: number,
  {
    share = 0.65,
    tiltX = 18,
    tiltY = -14,
    turn = 6,
  }: { share?: number; tiltX?: number; tiltY?: number; turn?: number } = {},
): Quad {
  const [a, b, c] = [tiltX, tiltY, turn].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const focalLength = 1.05 * Math.max(width, height);
  const far = focalLength / (share * width);
  const corner = (x0: number, y0: number): Point => {
    const [x1, y1] = [x0 * Math.cos(c) - y0 * Math.sin(c), x0 * Math.sin(c) + y0 * Math.cos(c)];
    const [y2, z2] = [y1 * Math.cos(a), y1 * Math.sin(a)];
    const [x3, z3] = [x1 * Math.cos(b) + z2 * Math.sin(b), -x1 * Math.sin(b) + z2 * Math.cos(b)];
    const scale = focalLength / (far + z3);
    return [(width - 1) / 2 + scale * x3, (height - 1) / 2 + scale * y2];
  };
  const down = 53.98 / 85.6 / 2;
  return [corner(-0.5, -down), corner(0.5, -down), corner(0.5, down), corner(-0.5, down)];
}

/** A quiet, darker table, never the same twice along a side of the card. */
export function tableColour(x: number, y: number): Colour {
  const wave = 6 * Math.sin(x / 37) * Math.cos(y / 53);
  return [92 + wave, 84 + wave, 70 + wave];
}

/** The card lying on the table with its corners exactly here; `samples`² samples per pixel. */
export function drawPhoto(
  width: number,
  height: number,
  corners: Quad,
  samples = 2,
  table = tableColour,
): RgbImage {
  const toCard = homography(corners, [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ])!;
  return draw(width, height, samples, (x, y) => {
    const [u, v] = project(toCard, [x, y]);
    return u >= 0 && v >= 0 && u <= 1 && v <= 1 ? cardColour(u, v) : table(x, y);
  });
}

/** The crop as it should be. */
export function drawCard(width: number, height: number): RgbImage {
  return draw(width, height, 3, (x, y) => cardColour((x + 0.5) / width, (y + 0.5) / height));
}

export function draw(
  width: number,
  height: number,
  samples: number,
  colourAt: (x: number, y: number) => Colour,
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      let [red, green, blue] = [0, 0, 0];
      for (let i = 0; i < samples * samples; i++) {
        const across = ((i % samples) + 0.5) / samples - 0.5;
        const down = (Math.floor(i / samples) + 0.5) / samples - 0.5;
        const colour = colourAt(x + across, y + down);
        red += colour[0];
        green += colour[1];
        blue += colour[2];
      }
      data[at] = Math.round(red / samples ** 2);
      data[at + 1] = Math.round(green / samples ** 2);
      data[at + 2] = Math.round(blue / samples ** 2);
    }
  }
  return { data, width, height };
}

/** An encoder's starting point. */
export function asSharp({ data, width, height }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Any image file as pixels, by the reference decoder and without any of our code. */
export async function readImage(bytes: Uint8Array): Promise<RgbImage> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Mean difference of two images of one size in grey levels (0 to 255); infinite where the sizes differ. */
export function difference(a: RgbImage, b: RgbImage): number {
  if (a.width !== b.width || a.height !== b.height) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!);
  return sum / a.data.length;
}

/** The largest distance between two quads' corners, in pixels. */
export function cornerError(a: Quad, b: Quad): number {
  return Math.max(...a.map(([x, y], i) => Math.hypot(x - (b[i] as Point)[0], y - (b[i] as Point)[1])));
}
