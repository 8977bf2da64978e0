/** IEEE 754 binary16 numbers, little-endian, in base64; each the nearest one. What src/vision/network/half-floats.ts reads. */
export function encodeHalves(values: readonly number[]): string {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => {
    bytes.writeUInt16LE(toHalf(value), 2 * i);
  });
  return bytes.toString('base64');
}

function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  // a fraction that is rounded up to one is the next exponent's zero
  return sign | (((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024));
}
