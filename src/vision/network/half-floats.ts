/** IEEE 754 binary16 numbers, little-endian, in base64. */
export function decodeHalves(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  const floats = new Float32Array(bytes.length >> 1);
  const bits = new Uint32Array(floats.buffer);
  for (let i = 0, at = 0; i < floats.length; i++, at += 2) {
    const half = bytes[at]! | (bytes[at + 1]! << 8);
    // exponent and fraction move to where a 32-bit float has them, whose exponents count from 112 lower
    if (half & 0x7c00) bits[i] = ((half & 0x8000) << 16) | (((half & 0x7fff) << 13) + (112 << 23));
    else floats[i] = (half & 0x8000 ? -1 : 1) * (half & 0x3ff) * 2 ** -24;
  }
  return floats;
}
