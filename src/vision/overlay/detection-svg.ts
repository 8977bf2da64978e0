import { frameQuad, orderCorners } from '../geometry/plane.js';
import type { Candidate, Detection, Quad, Size } from '../types.js';

const candidateInk = '#ffa000';
const cardInk = '#00e63c';
const refusalInk = '#e60028';

/** Height of what is written, as a share of the picture's long side. */
const textShare = 1 / 55;
/** Room that a character takes, in heights of the text. */
const characterWidth = 0.62;
const lineHeight = 1.25;

/** A line of text and where it begins: its lower left end. */
interface Label {
  readonly text: string;
  readonly ink: string;
  readonly x: number;
  readonly y: number;
}

/** What the detector saw, as an SVG to lay over a picture of this size; `place` takes a quad to the picture's pixels. */
export function drawDetection(detection: Detection, size: Size, place: (quad: Quad) => Quad): string {
  const { corners, confidence, candidates = [] } = detection;
  const fontSize = Math.max(size.width, size.height) * textShare;
  const labels = new Labels(size, fontSize);
  const shapes: string[] = [];
  if (corners) {
    const outline = place(corners);
    shapes.unshift(polygon(outline, cardInk, 4), disc(outline, 8));
    labels.add(candidates[0] ? labelOf(candidates[0], 0) : confidence.toFixed(2), cardInk, outline);
  } else {
    shapes.unshift(polygon(frameQuad(size), refusalInk, 12));
    labels.add(`no card ${confidence.toFixed(2)}`, refusalInk, frameQuad(size));
  }
  // best first, so the first is the card itself where there is one
  candidates.forEach((candidate, rank) => {
    if (corners && rank === 0) return;
    const outline = orderCorners(place(candidate.quad));
    shapes.unshift(polygon(outline, candidateInk, 1.5));
    labels.add(labelOf(candidate, rank), candidateInk, outline);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">
  ${[...shapes, ...labels.draw()].join('\n  ')}
</svg>`;
}

function labelOf({ source, score }: Candidate, rank: number): string {
  return `${rank + 1} ${source} ${score.toFixed(2)}`;
}

/** Labels that keep out of each other's way: candidates often lie almost on top of each other. */
class Labels {
  readonly #size: Size;
  readonly #fontSize: number;
  readonly #placed: Label[] = [];

  constructor(size: Size, fontSize: number) {
    this.#size = size;
    this.#fontSize = fontSize;
  }

  /** Just inside a quad's top-left corner, or the nearest free line towards the picture's middle. */
  add(text: string, ink: string, [[left, top]]: Quad): void {
    const line = this.#fontSize * lineHeight;
    const x = Math.max(line / 2, Math.min(left + line / 2, this.#size.width - this.#widthOf(text)));
    const step = top < this.#size.height / 2 ? line : -line;
    let y = Math.max(1.5 * line, Math.min(top + 1.5 * line, this.#size.height - line));
    while (this.#placed.some((other) => this.#overlap(other, { text, ink, x, y }))) y += step;
    this.#placed.push({ text, ink, x, y });
  }

  draw(): string[] {
    const font = `font-family="sans-serif" font-weight="bold" font-size="${this.#fontSize}"`;
    const halo = `stroke="#000" stroke-width="${this.#fontSize / 5}" stroke-linejoin="round" paint-order="stroke"`;
    return this.#placed.map(
      ({ text, ink, x, y }) => `<text x="${x}" y="${y}" ${font} fill="${ink}" ${halo}>${text}</text>`,
    );
  }

  #overlap(a: Label, b: Label): boolean {
    const line = this.#fontSize * lineHeight;
    return (
      Math.abs(a.y - b.y) < line && a.x < b.x + this.#widthOf(b.text) && b.x < a.x + this.#widthOf(a.text)
    );
  }

  #widthOf(text: string): number {
    return text.length * characterWidth * this.#fontSize;
  }
}

/** Pixel centres lie at integers in a quad, pixel corners in an SVG. */
function polygon(quad: Quad, ink: string, width: number): string {
  const points = quad.map(([x, y]) => `${x + 0.5},${y + 0.5}`).join(' ');
  return `<polygon points="${points}" fill="none" stroke="${ink}" stroke-width="${width}" stroke-linejoin="round"/>`;
}

function disc([[x, y]]: Quad, radius: number): string {
  return `<circle cx="${x + 0.5}" cy="${y + 0.5}" r="${radius}" fill="${cardInk}"/>`;
}
