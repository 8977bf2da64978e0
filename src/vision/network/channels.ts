/**
 * Channels of one size in the kernel's memory, two to a plane: of each pixel a 16-bit number of the even channel, then one of the odd
 * channel. What one means is another value in each channel of each layer (units.ts).
 */
export interface Channels {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** Bytes from row to row: the kernels make four pixels at a time. */
  readonly rowBytes: number;
  /** Bytes from plane to plane. */
  readonly planeBytes: number;
  /** Where the first plane begins. */
  readonly at: number;
}

export type ChannelsShape = Omit<Channels, 'at'>;

/** The most that a number may be, either way. */
export const largest = 32767;

const pixelBytes = 4;
/** `pointwise` makes eight pixels of two planes at a time. */
const pixelsAtOnce = 8;
export const planesAtOnce = 2;
export const channelsAtOnce = 2 * planesAtOnce;
/**
 * Between planes. Without it most planes are a multiple of 4096 bytes apart, few of their lines fit into the processor's
 * first cache together, and a run takes an eighth longer.
 */
const gapBytes = 64;

export function shapeOf(count: number, width: number, height: number): ChannelsShape {
  const rowBytes = roundUp(width, 4) * pixelBytes;
  const planeBytes = roundUp(rowBytes * height, pixelsAtOnce * pixelBytes) + gapBytes;
  return { count, width, height, rowBytes, planeBytes };
}

export function planesOf({ count }: Pick<ChannelsShape, 'count'>): number {
  return (count + 1) >> 1;
}

/** Room for channels, of which as many are made as make whole steps. */
export function bytesOf(shape: ChannelsShape): number {
  return roundUp(planesOf(shape), planesAtOnce) * shape.planeBytes;
}

/** Where in the memory's numbers the first one of a channel's row lies; its next ones lie two apart. */
export function rowOf({ at, planeBytes, rowBytes }: Channels, channel: number, y: number): number {
  return (at + (channel >> 1) * planeBytes + y * rowBytes) / 2 + (channel & 1);
}

/** A plane with zeros around it: rows `strideBytes` apart. The kernels read a little beyond it. */
export function frameOf({ width, height }: ChannelsShape): { strideBytes: number; bytes: number } {
  const strideBytes = roundUp(width + 5, 4) * pixelBytes;
  return { strideBytes, bytes: strideBytes * (height + 2) + 64 };
}

export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
