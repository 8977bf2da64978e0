import { cardFormats, recoverShape } from '../geometry/card-formats.js';
import { cornerCosine, shortestSide, sideLengths, signedArea } from '../geometry/plane.js';
import { darkest, type OpponentImage } from '../view/opponent-image.js';
import type { SearchView, ViewQuad } from '../view/search-view.js';
import { type Colour, ColourTally, colourDistance, meanColour } from './colour.js';
import type { SideMeasures } from './side-features.js';

/** Whether the four inner strips look like one material, the outer strips like one table, and the two differ. */
export function compareColours(image: OpponentImage, quad: ViewQuad, sides: readonly SideMeasures[]) {
  const strips = sides.map((side) => side.strips).filter((pair) => pair !== null);
  const inner = strips.map((pair) => pair.inner);
  const outer = strips.map((pair) => pair.outer);
  const between = strips.map((pair) => colourDistance(pair.inner, pair.outer));
  const interior = sampleInterior(image, quad);
  const outerMean = meanColour(outer);
  return {
    innerSpread: Math.log1p(widest(inner)),
    outerSpread: Math.log1p(widest(outer)),
    ringContrast: Math.log1p(colourDistance(meanColour(inner), outerMean)),
    ringContrastLeast: Math.log1p(between.length > 0 ? Math.min(...between) : 0),
    interiorRest: Math.log1p(interior.spread()),
    insideOutside: Math.log1p(colourDistance(interior.mean(), outerMean)),
  };
}

/** What a side outside the frame counts for: much like a faint one. */
const unseen = { separation: 0.5, relative: 0.1, tint: 0.05 } as const;

/** How inside and outside differ along a side, beside what either of them varies by. */
export function separation(
  { strips, contrast, innerRest, outerRest }: SideMeasures,
  { noise }: SearchView,
): number {
  return strips ? Math.log1p(contrast / (1 + innerRest + outerRest + noise)) : unseen.separation;
}

/** The same as a share of the lightness: what is dark is judged by the same measure as what is not. */
export function relativeDifference({ strips }: SideMeasures): number {
  if (!strips) return unseen.relative;
  const { inner, outer } = strips;
  return colourDistance(inner, outer) / (Math.max(inner[0], outer[0]) + darkest);
}

/** The same in tint alone, which shadows do not change. */
export function tintDifference({ strips }: SideMeasures): number {
  if (!strips) return unseen.tint;
  const { inner, outer } = strips;
  const [a, b] = [inner[0] + darkest, outer[0] + darkest];
  return Math.hypot(inner[1] / a - outer[1] / b, inner[2] / a - outer[2] / b);
}

/** Mean luma along the sides. */
export function lightness(sides: readonly SideMeasures[]): number {
  const values = sides.flatMap(({ strips }) => (strips ? [strips.inner[0], strips.outer[0]] : []));
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function widest(colours: readonly Colour[]): number {
  let most = 0;
  for (const a of colours) for (const b of colours) most = Math.max(most, colourDistance(a, b));
  return most;
}

const cells = 7;

function sampleInterior(image: OpponentImage, quad: ViewQuad): ColourTally {
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

function bilinear(quad: ViewQuad, u: number, v: number, axis: 0 | 1): number {
  const top = quad[0][axis] + (quad[1][axis] - quad[0][axis]) * u;
  const bottom = quad[3][axis] + (quad[2][axis] - quad[3][axis]) * u;
  return top + (bottom - top) * v;
}

/** What of the quad's shape speaks for a flat rectangle in perspective, and for a card's proportions. */
export function describeShape({ width, height }: OpponentImage, quad: ViewQuad) {
  const shape = recoverShape(quad, width, height);
  const [top, right, bottom, left] = sideLengths(quad).map((length) => Math.max(1e-6, length)) as Four;
  return {
    id1Misfit: Math.abs(Math.log(shape.aspect / cardFormats.id1)),
    id2Misfit: Math.abs(Math.log(shape.aspect / cardFormats.id2)),
    aspect: Math.min(4, shape.aspect),
    skew: shape.skew,
    opposite: Math.max(Math.abs(Math.log(top / bottom)), Math.abs(Math.log(right / left))),
    angle: Math.max(...quad.map((_, index) => Math.abs(cornerCosine(quad, index)))),
  };
}

type Four = [number, number, number, number];

/** Where in the frame the quad lies and how much of it it fills. */
export function describePlace(view: SearchView, quad: ViewQuad, sides: readonly SideMeasures[]) {
  const { width, height } = view.opponent;
  const centreX = (quad[0][0] + quad[1][0] + quad[2][0] + quad[3][0]) / 4;
  const centreY = (quad[0][1] + quad[1][1] + quad[2][1] + quad[3][1]) / 4;
  return {
    area: Math.sqrt(Math.abs(signedArea(quad)) / (width * height)),
    shortSide: shortestSide(quad) / Math.max(width, height),
    outOfFrame: sides.reduce((total, side) => total + side.outside, 0),
    sidesOutOfFrame: sides.filter((side) => side.outside > 0.7).length,
    offCentre: Math.hypot(centreX / width - 0.5, centreY / height - 0.5),
    noise: Math.log1p(view.noise),
    frameAspect: Math.max(width, height) / Math.min(width, height),
  };
}
