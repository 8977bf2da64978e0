/** One row of the photo while it is being painted. */
export interface Row {
  /** Its number from the top. */
  readonly y: number;
  /** Interleaved RGB, 0 to 255, not yet rounded. */
  readonly colours: Float32Array;
  /** Where on the desk each pixel looks, in millimetres. */
  readonly deskX: Float64Array;
  readonly deskY: Float64Array;
}

/** `y` is the painter's to move on; each painter has one row for all of its rows. */
export function createRow(width: number) {
  return {
    y: 0,
    colours: new Float32Array(width * 3),
    deskX: new Float64Array(width),
    deskY: new Float64Array(width),
  };
}

/** Something that a row passes through, from the desk upwards to the lamp. */
export interface Layer {
  paintRow(row: Row): void;
}

/** In the order in which they are painted. */
export interface Layers {
  /** What lies on the desk. */
  readonly behind: readonly Layer[];
  /** The card, the fingers and the light. */
  readonly above: readonly Layer[];
}

export function multiplyPixel(row: Row, x: number, factor: number): void {
  const index = x * 3;
  row.colours[index]! *= factor;
  row.colours[index + 1]! *= factor;
  row.colours[index + 2]! *= factor;
}

export function blendPixel(row: Row, x: number, colour: Float32Array, alpha: number): void {
  const { colours } = row;
  const index = x * 3;
  for (let channel = 0; channel < 3; channel++)
    colours[index + channel]! += (colour[channel]! - colours[index + channel]!) * alpha;
}
