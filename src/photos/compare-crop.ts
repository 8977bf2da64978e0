import { createHash } from 'node:crypto';
import sharp, { type SharpOptions } from 'sharp';
import { homography, project } from '../vision/geometry/perspective.js';
import {
  frameQuad,
  mapQuad,
  orderCorners,
  scaleQuad,
  shortestSide,
  signedArea,
} from '../vision/geometry/plane.js';
import { clipPolygon, intersectionOverUnion } from '../vision/geometry/polygon.js';
import type { Quad, Size } from '../vision/types.js';
import type { KnownPhoto } from './known-photos.js';
import { type GreyImage, placeOfCrop, sampleQuad } from './place-of-crop.js';

/** Small enough that a pixel more or less at an edge does not count, large enough for photo and print to lie apart. */
const grid = { width: 64, height: 64 } as const;

const turns = [0, 90, 180, 270] as const;

async function greys(picture: Uint8Array, turn = 0): Promise<Buffer> {
  return sharp(picture)
    .rotate(turn)
    .resize({ ...grid, fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer();
}

const apart = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
};

const tenths = (value: number) => Math.round(value * 10) / 10;
const hundredths = (value: number) => Math.round(value * 100) / 100;

async function describe(picture: Uint8Array, ideal: Size) {
  const { format, width, height } = await sharp(picture).metadata();
  return {
    format: String(format),
    width,
    height,
    bytes: picture.length,
    sha256: createHash('sha256').update(picture).digest('hex'),
    ideal: { width: ideal.width, height: ideal.height },
  };
}

/**
 * What a returned card is beside another crop of its photo, in numbers alone.
 *
 * @throws Error where it is no picture
 */
export async function compareCrop(picture: Uint8Array, ideal: Uint8Array) {
  const wanted = await greys(ideal);
  const differences = await Promise.all(turns.map(async (turn) => apart(await greys(picture, turn), wanted)));
  const difference = Math.min(...differences);
  return {
    ...(await describe(picture, await sharp(ideal).metadata())),
    turn: turns[differences.indexOf(difference)]!,
    difference: tenths(difference),
  };
}

const cells = 48;
/** Correlation from which on a picture was cut out of the photo; of another card it is below 0.6. */
const leastCorrelation = 0.75;

/**
 * What a returned picture is beside the photo that it was cut out of, in numbers alone: where in it, which way up, how like, and what became of
 * corners and colours. `outline` and what follows is left out where it is nowhere in that photo.
 *
 * @throws Error where it is no picture
 */
export async function compareWithPhoto(picture: Uint8Array, known: KnownPhoto) {
  const facts = await describe(picture, known.ideal);
  const photo = await uprightSize(known.bytes);
  const shrink = (scale: number) => readGreys(known.bytes, scaled(photo, scale));
  const shown = await readGreys(picture, { width: cells, height: cells });
  const [first] = known.documents as [Quad];
  const place = await placeOfCrop(shrink, shown, photo, known.documents);
  const isFound = place.correlation >= leastCorrelation;
  const scale = Math.min(1, cells / shortestSide(first));
  const view = await shrink(scale);
  const quad = isFound ? scaleQuad(place.quad, scale) : nearestTurn(view, shown, scaleQuad(first, scale));
  const placed = isFound && (await describePlace(picture, known, photo, place.quad, view));
  return {
    ...facts,
    turn: turnOf(quad),
    difference: tenths(differenceAt(view, shown, quad)),
    ...placed,
  };
}

/** @param quad in pixels of the photo, from the picture's own top-left */
async function describePlace(
  picture: Uint8Array,
  { bytes, documents, hasProfile }: KnownPhoto,
  photo: Size,
  quad: Quad,
  view: GreyImage,
) {
  const found = orderCorners(quad);
  return {
    outline: { photo, documents: documents.map(rounded), found: rounded(found) },
    overlaps: documents.map((each) => overlapOf(found, each)),
    corners: await judgeCorners(picture, bytes, quad),
    ...(hasProfile && {
      colours: await judgeColours(picture, bytes, view, scaleQuad(quad, view.width / photo.width)),
    }),
  };
}

const scaled = ({ width, height }: Size, scale: number): Size => ({
  width: Math.round(width * scale),
  height: Math.round(height * scale),
});

const rounded = (quad: Quad) => mapQuad(quad, ([x, y]) => [Math.round(x), Math.round(y)]);

const differenceAt = (photo: GreyImage, picture: GreyImage, quad: Quad) =>
  apart(sampleQuad(photo, quad, cells) ?? [255], picture.data);

function nearestTurn(photo: GreyImage, picture: GreyImage, quad: Quad): Quad {
  const turned = turns.map((_, n) => mapQuad(quad, (__, i) => quad[(i + n) % 4]!));
  const rate = (each: Quad) => differenceAt(photo, picture, each);
  return turned.reduce((best, each) => (rate(each) < rate(best) ? each : best));
}

/** Where the picture's top-left corner lies says how it was turned. */
const turnOf = (quad: Quad) => turns[orderCorners(quad).indexOf(quad[0])]!;

/** How much of a document what came back shows, and how much of both they share. */
function overlapOf(found: Quad, document: Quad) {
  const common = Math.abs(signedArea(clipPolygon(document, found)));
  return {
    iou: hundredths(intersectionOverUnion(found, document)),
    covered: hundredths(common / Math.abs(signedArea(document))),
  };
}

/** EXIF turn applied. */
async function uprightSize(bytes: Uint8Array): Promise<Size> {
  const { autoOrient } = await sharp(bytes).metadata();
  return { width: autoOrient.width, height: autoOrient.height };
}

const upright = (bytes: Uint8Array, options: SharpOptions = {}) =>
  sharp(bytes, { failOn: 'none', ...options }).autoOrient();

async function readGreys(bytes: Uint8Array, size: Size): Promise<GreyImage> {
  const data = await upright(bytes)
    .flatten({ background: '#fff' })
    .resize({ ...size, fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer();
  return { data, ...size };
}

/** Its share of the longer side is less than what a rounded corner leaves free: 1.3 of 85.6 mm along the diagonal. */
const cornerShare = 0.006;

/**
 * What a rounded corner shows: what lies beneath the card as the photo has it, or what was painted there instead.
 */
async function judgeCorners(
  picture: Uint8Array,
  bytes: Uint8Array,
  found: Quad,
): Promise<'kept' | 'white' | 'black' | 'transparent'> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const side = Math.max(1, Math.round(cornerShare * Math.max(info.width, info.height)));
  const { width, height } = info;
  const places = [
    [0, 0],
    [width - side, 0],
    [width - side, height - side],
    [0, height - side],
  ] as const;
  const mean = (channel: number) =>
    places
      .map(([left, top]) => meanOf(data, width, 4, channel, left, top, side))
      .reduce((sum, v) => sum + v) / 4;
  if (mean(3) < 128) return 'transparent';
  const colour = [0, 1, 2].map(mean);
  const beneath = await coloursBeneath(bytes, found, places, info, side);
  const far = (other: readonly number[]) => apart(colour, other);
  const candidates = [
    ['kept', far(beneath)],
    ['white', far([255, 255, 255])],
    ['black', far([0, 0, 0])],
  ] as const;
  return candidates.reduce((best, each) => (each[1] < best[1] ? each : best))[0];
}

function meanOf(
  data: Uint8Array,
  width: number,
  channels: number,
  channel: number,
  left: number,
  top: number,
  side: number,
): number {
  let sum = 0;
  for (let y = top; y < top + side; y++)
    for (let x = left; x < left + side; x++) sum += data[(y * width + x) * channels + channel]!;
  return sum / side ** 2;
}

/** The photo's colours at the corners of the picture, on average. */
async function coloursBeneath(
  bytes: Uint8Array,
  found: Quad,
  places: readonly (readonly [left: number, top: number])[],
  { width, height }: Size,
  side: number,
): Promise<number[]> {
  const { data, info } = await upright(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const map = homography(frameQuad({ width, height }), found)!;
  const sums = [0, 0, 0];
  for (const [left, top] of places) {
    const [x, y] = project(map, [left + (side - 1) / 2, top + (side - 1) / 2]);
    const column = Math.min(info.width - 1, Math.max(0, Math.round(x)));
    const row = Math.min(info.height - 1, Math.max(0, Math.round(y)));
    for (const channel of sums.keys()) sums[channel]! += data[(row * info.width + column) * 3 + channel]! / 4;
  }
  return sums;
}

/**
 * Of a photo whose profile says that its colours are stronger than the numbers say: whether what came back, its own profile heeded, is as strong
 * as they are, or as the numbers alone would be.
 */
async function judgeColours(
  picture: Uint8Array,
  bytes: Uint8Array,
  { width, height }: Size,
  quad: Quad,
): Promise<'followed' | 'ignored' | 'other'> {
  const sample = async (options: SharpOptions) =>
    (await readPlanes(bytes, { width, height }, options)).map((plane) =>
      pool(sampleQuad(plane, quad, cells)!),
    );
  const real = await sample({});
  const bare = strength(await sample({ ignoreIcc: true }), real);
  const planes = await readPlanes(picture, { width: cells, height: cells });
  const shown = strength(
    planes.map(({ data }) => pool(data)),
    real,
  );
  const share = (shown - bare) / (strength(real, real) - bare);
  if (share > 0.3 && share < 1.7) return 'followed';
  return share > -0.9 && share <= 0.3 ? 'ignored' : 'other';
}

/** Means of so many cells each way: a pixel more or less, and colours stored at half the resolution, do not count. */
const pooled = 8;

function pool(values: ArrayLike<number>): Float64Array {
  const means = new Float64Array((cells / pooled) ** 2);
  for (let i = 0; i < values.length; i++) {
    const [x, y] = [i % cells, Math.floor(i / cells)];
    means[Math.floor(y / pooled) * (cells / pooled) + Math.floor(x / pooled)]! += values[i]! / pooled ** 2;
  }
  return means;
}

/** Red, green and blue. */
async function readPlanes(bytes: Uint8Array, size: Size, options: SharpOptions = {}): Promise<GreyImage[]> {
  const data = await upright(bytes, options)
    .flatten({ background: '#fff' })
    .resize({ ...size, fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  const pixels = size.width * size.height;
  const plane = (channel: number) => Uint8Array.from({ length: pixels }, (_, i) => data[i * 3 + channel]!);
  return [0, 1, 2].map((channel) => ({ data: plane(channel), ...size }));
}

/** How much of the colours of one picture is in another, grey taken out of both. */
function strength(colours: readonly ArrayLike<number>[], like: readonly ArrayLike<number>[]): number {
  let sum = 0;
  for (let i = 0; i < like[0]!.length; i++) {
    const [grey, greyLike] = [colours, like].map(
      (planes) => planes.reduce((all, plane) => all + plane[i]!, 0) / 3,
    );
    for (const channel of [0, 1, 2])
      sum += (colours[channel]![i]! - grey!) * (like[channel]![i]! - greyLike!);
  }
  return sum;
}
