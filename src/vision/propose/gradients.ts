import type { OpponentImage } from '../view/opponent-image.js';

/** Per pixel, the gradient of whichever channel changes most there: the difference over two pixels. */
export interface Gradients {
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** The outermost pixels have no gradient. */
export function computeGradients(image: OpponentImage): Gradients {
  const { data, width, height } = image.complete();
  const gx = new Float32Array(width * height);
  const gy = new Float32Array(width * height);
  const stride = width * 3;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1, at = i * 3; x < width - 1; x++, i++, at += 3) {
      let strongest = -1;
      for (let c = at; c < at + 3; c++) {
        const dx = data[c + 3]! - data[c - 3]!;
        const dy = data[c + stride]! - data[c - stride]!;
        const squared = dx * dx + dy * dy;
        if (squared > strongest) {
          strongest = squared;
          gx[i] = dx;
          gy[i] = dy;
        }
      }
    }
  }
  return { width, height, x: gx, y: gy };
}
