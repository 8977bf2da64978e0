import type { Point, RgbImage } from '../types.js';

export interface Pen {
  readonly colour: readonly [red: number, green: number, blue: number];
  /** In pixels. */
  readonly width: number;
  /** 0 to 1. */
  readonly opacity: number;
}

/** Draws a line with round ends over the image, in place. What lies outside the image is left out. */
export function strokeLine({ data, width, height }: RgbImage, from: Point, to: Point, pen: Pen): void {
  const reach = pen.width / 2 + 1;
  const [left, right] = [Math.min(from[0], to[0]) - reach, Math.max(from[0], to[0]) + reach];
  const [top, bottom] = [Math.min(from[1], to[1]) - reach, Math.max(from[1], to[1]) + reach];
  for (let y = Math.max(0, Math.ceil(top)); y <= Math.min(height - 1, bottom); y++) {
    for (let x = Math.max(0, Math.ceil(left)); x <= Math.min(width - 1, right); x++) {
      const coverage = Math.min(1, pen.width / 2 + 0.5 - distanceToSegment(x, y, from, to));
      if (coverage > 0) blend(data, (y * width + x) * 3, pen.colour, coverage * pen.opacity);
    }
  }
}

/** Seven strokes of a digit on a 1 × 2 field: top, upper right, lower right, bottom, lower left, upper left, middle. */
const segments: readonly (readonly [Point, Point])[] = [
  [
    [0, 0],
    [1, 0],
  ],
  [
    [1, 0],
    [1, 1],
  ],
  [
    [1, 1],
    [1, 2],
  ],
  [
    [0, 2],
    [1, 2],
  ],
  [
    [0, 1],
    [0, 2],
  ],
  [
    [0, 0],
    [0, 1],
  ],
  [
    [0, 1],
    [1, 1],
  ],
];
const digits = ['012345', '12', '01346', '01236', '1256', '02356', '023456', '012', '0123456', '012356'];

/** Writes digits and points, `size` pixels high, with their top-left at `at`: fonts differ between machines. */
export function strokeNumber(
  image: RgbImage,
  text: string,
  [left, top]: Point,
  size: number,
  pen: Pen,
): void {
  const unit = size / 2;
  let x = left;
  for (const character of text) {
    const place = ([u, v]: Point): Point => [x + u * unit, top + v * unit];
    if (character === '.')
      strokeLine(image, place([0, 2]), place([0, 2]), { ...pen, width: pen.width * 1.5 });
    for (const segment of digits[Number(character)] ?? '') {
      const [from, to] = segments[Number(segment)]!;
      strokeLine(image, place(from), place(to), pen);
    }
    x += character === '.' ? unit * 0.7 : unit * 1.7;
  }
}

function distanceToSegment(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length > 0 ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

function blend(data: Uint8Array, at: number, colour: Pen['colour'], share: number): void {
  for (const channel of [0, 1, 2] as const) {
    data[at + channel] = Math.round(data[at + channel]! * (1 - share) + colour[channel] * share);
  }
}
