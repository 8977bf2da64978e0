/** Channels of one size in the kernel's memory: planes of 32-bit floats. */
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

const floatBytes = 4;
/** `pointwise` makes eight pixels of four channels at a time. */
const pixelsAtOnce = 8;
export const channelsAtOnce = 4;
/**
 * Between planes. Without it most planes are a multiple of 4096 bytes apart, few of their lines fit into the processor's
 * first cache together, and a run takes an eighth longer.
 */
const gapBytes = 64;

export function shapeOf(count: number, width: number, height: number): ChannelsShape {
  const rowBytes = roundUp(width, 4) * floatBytes;
  const planeBytes = roundUp(rowBytes * height, pixelsAtOnce * floatBytes) + gapBytes;
  return { count, width, height, rowBytes, planeBytes };
}

/** Room for channels, of which as many are made as make whole steps. */
export function bytesOf({ count, planeBytes }: ChannelsShape): number {
  return roundUp(count, channelsAtOnce) * planeBytes;
}

/** A plane with zeros around it: rows `strideBytes` apart. The kernels read a little beyond it. */
export function frameOf({ width, height }: ChannelsShape): { strideBytes: number; bytes: number } {
  const strideBytes = roundUp(width + 5, 4) * floatBytes;
  return { strideBytes, bytes: strideBytes * (height + 2) + 64 };
}

export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
