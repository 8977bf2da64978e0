import { cardFormats, recoverShape } from '../geometry/card-formats.js';
import { cornerCosine, distance, shortestSide, signedArea } from '../geometry/plane.js';
import type { Quad } from '../types.js';
import type { OpponentImage } from '../view/opponent-image.js';
import type { Evidence } from '../view/search-view.js';
import { type Colour, ColourTally, colourDistance, meanColour } from './colour.js';
import type { SideEvidence } from './side-features.js';

/** Whether the four inner strips look like one material, the outer strips like one table, and the two differ. */
export function compareColours(image: OpponentImage, quad: Quad, sides: readonly SideEvidence[]): number[] {
  const strips = sides.map((side) => side.strips).filter((pair) => pair !== null);
  const inner = strips.map((pair) => pair.inner);
  const outer = strips.map((pair) => pair.outer);
  const between = strips.map((pair) => colourDistance(pair.inner, pair.outer));
  const interior = sampleInterior(image, quad);
  const outerMean = meanColour(outer);
  return [
    Math.log1p(widest(inner)),
    Math.log1p(widest(outer)),
    Math.log1p(colourDistance(meanColour(inner), outerMean)),
    Math.log1p(between.length > 0 ? Math.min(...between) : 0),
    Math.log1p(interior.spread()),
    Math.log1p(colourDistance(interior.mean(), outerMean)),
  ];
}

/** Keeps what is nearly black from having a tint, in levels. */
const darkest = 12;
/** What a side outside the frame counts for: much like a faint one. */
const unseen = { separation: 0.5, relative: 0.1, tint: 0.05 } as const;

/**
 * How inside and outside differ, by side: beside what either of them varies by, as a share of the lightness, and in
 * tint alone, which shadows do not change. What is dark or noisy is judged by the same measure as what is not.
 */
export function compareSides(sides: readonly SideEvidence[], noise: number) {
  const pairs = sides.map(({ strips }) => strips);
  const lightnesses = pairs.flatMap((pair) => (pair ? [pair.inner[0], pair.outer[0]] : []));
  return {
    separation: sides.map(({ strips, contrast, innerRest, outerRest }) =>
      strips ? Math.log1p(contrast / (1 + innerRest + outerRest + noise)) : unseen.separation,
    ),
    relative: pairs.map((pair) => (pair ? relativeDistance(pair.inner, pair.outer) : unseen.relative)),
    tint: pairs.map((pair) => (pair ? tintDistance(pair.inner, pair.outer) : unseen.tint)),
    lightness: lightnesses.reduce((sum, value) => sum + value, 0) / Math.max(1, lightnesses.length),
  };
}

function relativeDistance(inner: Colour, outer: Colour): number {
  return colourDistance(inner, outer) / (Math.max(inner[0], outer[0]) + darkest);
}

function tintDistance(inner: Colour, outer: Colour): number {
  const [a, b] = [inner[0] + darkest, outer[0] + darkest];
  return Math.hypot(inner[1] / a - outer[1] / b, inner[2] / a - outer[2] / b);
}

function widest(colours: readonly Colour[]): number {
  let most = 0;
  for (const a of colours) for (const b of colours) most = Math.max(most, colourDistance(a, b));
  return most;
}

const cells = 7;

function sampleInterior(image: OpponentImage, quad: Quad): ColourTally {
  const { data, width, height } = image;
  const tally = new ColourTally();
  for (let row = 1; row <= cells; row++) {
    for (let column = 1; column <= cells; column++) {
      const x = Math.round(bilinear(quad, column / (cells + 1), row / (cells + 1), 0));
      const y = Math.round(bilinear(quad, column / (cells + 1), row / (cells + 1), 1));
      if (!(x >= 0 && y >= 0 && x < width && y < height)) continue;
      const i = image.at(x, y);
      tally.add(data[i]!, data[i + 1]!, data[i + 2]!);
    }
  }
  return tally;
}

function bilinear(quad: Quad, u: number, v: number, axis: 0 | 1): number {
  const top = quad[0][axis] + (quad[1][axis] - quad[0][axis]) * u;
  const bottom = quad[3][axis] + (quad[2][axis] - quad[3][axis]) * u;
  return top + (bottom - top) * v;
}

/** What of the quad's shape speaks for a flat rectangle in perspective, and for a card's proportions. */
export function describeShape({ width, height }: OpponentImage, quad: Quad): number[] {
  const shape = recoverShape(quad, width, height);
  const lengths = quad.map((corner, index) => Math.max(1e-6, distance(corner, quad[(index + 1) % 4]!)));
  return [
    Math.abs(Math.log(shape.aspect / cardFormats.id1)),
    Math.abs(Math.log(shape.aspect / cardFormats.id2)),
    Math.min(4, shape.aspect),
    shape.skew,
    Math.max(Math.abs(Math.log(lengths[0]! / lengths[2]!)), Math.abs(Math.log(lengths[1]! / lengths[3]!))),
    Math.max(...quad.map((_, index) => Math.abs(cornerCosine(quad, index)))),
  ];
}

/** Where in the frame the quad lies and how much of it it fills. */
export function describePlace(evidence: Evidence, quad: Quad, sides: readonly SideEvidence[]): number[] {
  const { width, height } = evidence.image;
  const centreX = (quad[0][0] + quad[1][0] + quad[2][0] + quad[3][0]) / 4;
  const centreY = (quad[0][1] + quad[1][1] + quad[2][1] + quad[3][1]) / 4;
  return [
    Math.sqrt(Math.abs(signedArea(quad)) / (width * height)),
    shortestSide(quad) / Math.max(width, height),
    sides.reduce((total, side) => total + side.outside, 0),
    sides.filter((side) => side.outside > 0.7).length,
    Math.hypot(centreX / width - 0.5, centreY / height - 0.5),
    Math.log1p(evidence.noise),
    Math.max(width, height) / Math.min(width, height),
  ];
}
