import { decodeView, openPhoto } from '../codec/decode.js';
import { encodeImage } from '../codec/encode.js';
import { scaleQuad } from '../geometry/plane.js';
import type { Detection, Quad, RgbImage } from '../types.js';
import { type Pen, strokeLine, strokeNumber } from './stroke.js';

const candidatePen: Pen = { colour: [255, 160, 0], width: 1.5, opacity: 0.7 };
const winnerPen: Pen = { colour: [0, 230, 60], width: 4, opacity: 1 };
const refusalPen: Pen = { colour: [230, 0, 40], width: 8, opacity: 1 };
const numberSize = 18;

/**
 * The photo, upright and at most 1,200 pixels long, with what the detector saw in it: the candidates in orange with
 * their scores, the card in green with the confidence and a dot in its top-left corner. A red frame: no card.
 *
 * @param detection what `detectCard` answered for the same bytes
 * @returns a PNG file
 * @throws PhotoError where the bytes are no photo
 */
export async function paintCandidates(bytes: Uint8Array, detection: Detection): Promise<Uint8Array> {
  const photo = await openPhoto(bytes, { maxPixels: Number.POSITIVE_INFINITY, minSide: 1 });
  const { image, scale } = await decodeView(photo);
  const inView = (quad: Quad) => scaleQuad(quad, 1 / scale[0], 1 / scale[1]);
  // Best first, so the first is the card itself where there is one.
  const losers = (detection.candidates ?? []).slice(detection.corners ? 1 : 0);
  for (const { quad, score } of losers.reverse()) strokeQuad(image, inView(quad), score, candidatePen);
  if (detection.corners) {
    const corners = inView(detection.corners);
    strokeQuad(image, corners, detection.confidence, winnerPen);
    strokeLine(image, corners[0], corners[0], { ...winnerPen, width: winnerPen.width * 4 });
  } else {
    strokeQuad(image, frameOf(image), detection.confidence, refusalPen);
  }
  return encodeImage(image, 'png', 100);
}

function strokeQuad(image: RgbImage, quad: Quad, score: number, pen: Pen): void {
  quad.forEach((corner, i) => {
    strokeLine(image, corner, quad[(i + 1) % 4]!, pen);
  });
  const [x, y] = quad[0];
  const inset = pen.width + numberSize / 2;
  const width = Math.min(pen.width, 3);
  strokeNumber(image, score.toFixed(2), [x + inset, y + inset], numberSize, { ...pen, width });
}

function frameOf({ width, height }: RgbImage): Quad {
  return [
    [0, 0],
    [width - 1, 0],
    [width - 1, height - 1],
    [0, height - 1],
  ];
}
