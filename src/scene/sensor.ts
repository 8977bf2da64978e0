import type { Random } from '../random.js';
import type { RgbImage } from '../vision/types.js';

const tableSize = 1 << 16;

/**
 * Adds the noise of a small sensor, in place: `strength` is its deviation in grey levels at mid grey. Most of it is common to
 * the channels, as after a phone's own chroma filter.
 */
export function addNoise(image: RgbImage, strength: number, random: Random): void {
  if (strength <= 0) return;
  const { data, width, height } = image;
  // Drawing twelve million normals would take a second; a table read from a random place each row looks the same.
  const table = Float32Array.from({ length: tableSize }, () => random.normal());
  const scale = noiseByLevel(strength);
  for (let y = 0; y < height; y++) {
    let common = random.int(0, tableSize - 1);
    let own = random.int(0, tableSize - 1);
    for (let i = y * width * 3; i < (y + 1) * width * 3; i += 3) {
      const shared = table[common++ & (tableSize - 1)]!;
      for (let channel = 0; channel < 3; channel++) {
        const value = data[i + channel]!;
        const noise = shared * 0.85 + table[own++ & (tableSize - 1)]! * 0.5;
        data[i + channel] = clampByte(value + noise * scale[value]!);
      }
    }
  }
}

/** Photons come in by chance: in linear light the deviation grows with the root, in sRGB it falls towards white. */
function noiseByLevel(strength: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, level) => strength * (1.25 - 0.5 * (level / 255)));
}

/** The edge enhancement that phones apply: each pixel pushed away from the mean of its four neighbours. */
export function sharpen(image: RgbImage, strength: number): RgbImage {
  if (strength <= 0) return image;
  const { data, width, height } = image;
  const out = Uint8Array.from(data);
  const stride = width * 3;
  for (let y = 1; y < height - 1; y++)
    for (let i = y * stride + 3; i < (y + 1) * stride - 3; i++) {
      const around = (data[i - 3]! + data[i + 3]! + data[i - stride]! + data[i + stride]!) / 4;
      out[i] = clampByte(data[i]! + strength * (data[i]! - around));
    }
  return { data: out, width, height };
}

function clampByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5;
}
