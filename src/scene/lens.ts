import type { RgbImage } from '../vision/types.js';

/** Out of focus: two box filters each way, together a tent. `radius` in pixels, fractions allowed. */
export function defocus(image: RgbImage, radius: number): RgbImage {
  if (radius <= 0) return image;
  let result = image;
  for (let pass = 0; pass < 2; pass++) result = boxDown(boxAcross(result, radius), radius);
  return result;
}

function boxAcross(image: RgbImage, radius: number): RgbImage {
  const { data, width, height } = image;
  const out = new Uint8Array(data.length);
  const whole = Math.floor(radius);
  const part = radius - whole;
  const weight = 1 / (2 * radius + 1);
  // The row with its ends repeated, so that the loop needs no bounds.
  const margin = (whole + 1) * 3;
  const padded = new Uint8Array(width * 3 + 2 * margin);
  for (let y = 0; y < height; y++) {
    const start = y * width * 3;
    padRow(padded, data.subarray(start, start + width * 3), margin);
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let i = 3 + channel; i < margin * 2; i += 3) sum += padded[i]!;
      for (let i = channel; i < width * 3; i += 3) {
        const entering = padded[i + 2 * margin]!;
        out[start + i] = (sum + part * (padded[i]! + entering)) * weight + 0.5;
        sum += entering - padded[i + 3]!;
      }
    }
  }
  return { data: out, width, height };
}

function padRow(padded: Uint8Array, row: Uint8Array, margin: number): void {
  padded.set(row, margin);
  for (let i = 0; i < margin; i++) {
    padded[i] = row[i % 3]!;
    padded[margin + row.length + i] = row[row.length - 3 + (i % 3)]!;
  }
}

/** Row by row with one running sum per column, which keeps to the order of the memory. */
function boxDown(image: RgbImage, radius: number): RgbImage {
  const { data, width, height } = image;
  const stride = width * 3;
  const out = new Uint8Array(data.length);
  const whole = Math.floor(radius);
  const part = radius - whole;
  const weight = 1 / (2 * radius + 1);
  const rowAt = (y: number) => Math.min(height - 1, Math.max(0, y)) * stride;
  const sums = new Float64Array(stride);
  for (let y = -whole; y <= whole; y++) {
    const row = rowAt(y);
    for (let i = 0; i < stride; i++) sums[i]! += data[row + i]!;
  }
  for (let y = 0; y < height; y++) {
    const before = rowAt(y - whole - 1);
    const after = rowAt(y + whole + 1);
    const leaving = rowAt(y - whole);
    for (let i = 0; i < stride; i++) {
      const next = data[after + i]!;
      out[y * stride + i] = (sums[i]! + part * (data[before + i]! + next)) * weight + 0.5;
      sums[i]! += next - data[leaving + i]!;
    }
  }
  return { data: out, width, height };
}

/** The camera moved by this many pixels while the shutter was open. */
export function shake(image: RgbImage, length: number, angle: number): RgbImage {
  // Even, so that the steps lie evenly around the true position.
  const steps = 2 * Math.round(length / 2);
  if (steps === 0) return image;
  const { data, width, height } = image;
  const out = new Uint8Array(data.length);
  const turn = (angle * Math.PI) / 180;
  const shifts = Array.from({ length: steps + 1 }, (_, i) => ({
    x: Math.round((i - steps / 2) * Math.cos(turn)),
    y: Math.round((i - steps / 2) * Math.sin(turn)),
  }));
  const sums = new Float64Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (const shift of shifts) {
      const row = Math.min(height - 1, Math.max(0, y + shift.y)) * width;
      for (let x = 0; x < width; x++) {
        const from = (row + Math.min(width - 1, Math.max(0, x + shift.x))) * 3;
        for (let channel = 0; channel < 3; channel++) sums[x * 3 + channel]! += data[from + channel]!;
      }
    }
    for (let i = 0; i < sums.length; i++) out[y * width * 3 + i] = sums[i]! / shifts.length + 0.5;
  }
  return { data: out, width, height };
}
