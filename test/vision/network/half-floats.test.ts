import t from 'tap';
import { decodeHalves } from '../../../src/vision/network/half-floats.js';

// https://en.wikipedia.org/wiki/Half-precision_floating-point_format
const halves: readonly (readonly [bits: number, value: number])[] = [
  [0x0000, 0],
  [0x8000, -0],
  [0x3c00, 1],
  [0xc000, -2],
  [0x3555, 0.333251953125],
  [0x3c01, 1.0009765625],
  [0x7bff, 65504],
  [0xfbff, -65504],
  [0x0400, 2 ** -14],
  [0x03ff, 1023 * 2 ** -24],
  [0x8001, -(2 ** -24)],
];

t.test('16-bit floats mean what IEEE 754 says', async (t) => {
  const bytes = Buffer.alloc(2 * halves.length);
  halves.forEach(([bits], i) => {
    bytes.writeUInt16LE(bits, 2 * i);
  });
  t.same(
    [...decodeHalves(bytes.toString('base64'))],
    halves.map(([, value]) => value),
  );
});
