import {
  cutRegion,
  type DecodedPhoto,
  decodeByShortSide,
  decodePhoto,
  openPhoto,
  type Photo,
  toDecoded,
  toPhoto,
} from './codec/decode.js';
import { chooseFormat, encodeImage } from './codec/encode.js';
import { toStored } from './codec/orientation.js';
import { PhotoError } from './codec/photo-error.js';
import { type FindOptions, findCard } from './detect/detect.js';
import { findCardInStretches, isElongated, stretchImage } from './detect/stretches.js';
import { cardFormats, recoverShape } from './geometry/card-formats.js';
import { mapQuad, orderCorners } from './geometry/plane.js';
import { describeMiss } from './miss.js';
import { defaultCropOptions } from './options.js';
import { type CropSize, planCropSize } from './rectify/crop-size.js';
import { type Patch, rectify, regionAround } from './rectify/rectify.js';
import { StageClock } from './stage-clock.js';
import type {
  Candidate,
  CropOptions,
  CropResult,
  DetectResult,
  Finding,
  Inspect,
  PhotoFacts,
  Quad,
} from './types.js';

/** Above, bilinear sampling would skip source pixels: the region is shrunk first, to a little more than the crop's scale. */
const maxReductionAtOnce = 1.5;
const oversampling = 1.25;
/**
 * How many quads of a picture without an answer are inspected, the best first. Of 500 magic cards photographed anew 11 were rated 0.00, by trees
 * and a network that know no cards with nothing on them but codes (bench/magic-card.ts, 2026-11-28).
 */
const inspectedInDoubt = 4;
/** Pixels of their longer side, at most. */
const inspectedSide = 640;
/** How far the proportion of a doubtful quad may be off, as a share of that of ID-1. */
const cardLike = 0.25;

/**
 * Finds the card in a photo (JPEG, PNG or WebP) and returns it straightened, as an image file of its own.
 *
 * A photo that gives no crop is an answer (`fault`), not an exception; what is thrown is a defect, after which
 * the thread should not be used again (see `callOpenCv`).
 *
 * @example const crop = await cropCard(await readFile('photo.jpg'));
 *          if (crop.fault === undefined) await writeFile('card.jpg', crop.image);
 */
export async function cropCard(
  bytes: Uint8Array,
  options: Partial<CropOptions> & { inspect?: Inspect | undefined; keepCandidates?: number } = {},
): Promise<CropResult> {
  return cropOnClock(bytes, options, new StageClock());
}

/** `cropCard` with its stages timed by another clock. */
export async function cropOnClock(
  bytes: Uint8Array,
  options: Partial<CropOptions> & { inspect?: Inspect | undefined; keepCandidates?: number },
  clock: StageClock,
): Promise<CropResult> {
  return answerFaults(async () => {
    const settings = { ...defaultCropOptions, ...options };
    const { inspect, keepCandidates } = options;
    const kept = Math.max(keepCandidates ?? 0, inspect ? inspectedInDoubt : 0);
    const looked = await look(bytes, { ...settings, keepCandidates: kept }, clock);
    const { photo, decoded } = looked;
    const isFound = looked.detection.corners !== null;
    const detection = isFound || !inspect ? looked.detection : recognise(looked, inspect);
    if (!isFound) clock.endStage('inspect');
    const { corners, confidence, candidates } = detection;
    const asked = keepCandidates ? candidates?.slice(0, keepCandidates) : undefined;
    const seen = { photo: factsOf(photo), confidence, ...(asked && { candidates: asked }) };
    const missed = (): CropResult => {
      const detail = describeMiss(detection, photo, settings.minConfidence);
      return { fault: 'card-not-found', detail, ...seen, timings: clock.timings };
    };
    if (corners === null) return missed();
    const size = planCropSize(corners, photo, settings.maxOutputSide);
    const storedCorners = mapQuad(corners, (corner) => toStored(corner, photo.stored, photo.orientation));
    const patch = await cutPatch(photo, decoded, storedCorners, size);
    const crop = rectify(patch, photo.stored, storedCorners, size);
    clock.endStage('rectify');
    if (isFound) inspect?.(crop);
    clock.endStage('inspect');
    const format = chooseFormat(settings.outputFormat, photo.format);
    const image = await encodeImage(crop, format, settings.quality);
    clock.endStage('encode');
    const { width, height } = crop;
    return {
      ...seen,
      corners,
      image,
      format,
      width,
      height,
      timings: clock.timings,
    };
  });
}

/**
 * Of what is too doubtful to be answered, the first in which something can be read is the answer: that is surer than any rating. Of quads that are
 * rated alike, as 0.00, those with about a card's proportion come first: a code may also be read in a part of the card, or in more than it.
 * Looked at in the search's own pixels, since every photo without a card comes by here.
 */
function recognise({ photo, searched, detection }: Look, inspect: Inspect): Finding {
  const { image } = searched;
  const patch = { image, region: { left: 0, top: 0, width: image.width, height: image.height } };
  const candidates = detection.candidates ?? [];
  const shapeOf = ({ quad }: Candidate) => recoverShape(quad, photo.width, photo.height);
  const isCardLike = (candidate: Candidate) =>
    Math.abs(shapeOf(candidate).aspect / cardFormats.id1 - 1) <= cardLike;
  const known = candidates
    .slice(0, inspectedInDoubt)
    .filter((candidate) => shapeOf(candidate).skew < 1) // what no camera sees as a rectangle cannot be laid straight
    .sort((a, b) => b.score - a.score || Number(isCardLike(b)) - Number(isCardLike(a)))
    .find(({ quad }) => {
      const corners = toDecoded(orderCorners(quad), searched);
      const size = planCropSize(corners, image, inspectedSide);
      return inspect(rectify(patch, image, corners, size)) === true;
    });
  if (known === undefined) return detection;
  const others = candidates.filter((candidate) => candidate !== known);
  return {
    ...detection,
    corners: orderCorners(known.quad),
    confidence: known.score,
    best: known,
    candidates: [known, ...others],
  };
}

/** Finds the card and returns its corners in pixels of the upright photo. Faults and exceptions as for `cropCard`. */
export async function detectCard(
  bytes: Uint8Array,
  options: Partial<CropOptions> & { keepCandidates?: number } = {},
): Promise<DetectResult> {
  return answerFaults(async () => {
    const clock = new StageClock();
    const { photo, detection } = await look(bytes, { ...defaultCropOptions, ...options }, clock);
    return { ...factsOf(photo), ...detection, timings: clock.timings };
  });
}

/** What was decoded, what of it was searched, and what was found. */
interface Look {
  readonly photo: Photo;
  readonly decoded: DecodedPhoto;
  /** The same, but for a very wide or very tall photo that was looked at once more. */
  readonly searched: DecodedPhoto;
  /** In pixels of the upright photo. */
  readonly detection: Finding;
}

/** Decodes what the detector needs and asks it. */
async function look(
  bytes: Uint8Array,
  options: CropOptions & { keepCandidates?: number },
  clock: StageClock,
): Promise<Look> {
  const photo = await openPhoto(bytes, options);
  const decoded = await decodePhoto(photo);
  clock.endStage('decode');
  const whole = inPhoto(findCard(decoded.image, options), decoded);
  const isSettled = whole.corners !== null || !isElongated(photo);
  const found = isSettled
    ? { searched: decoded, detection: whole }
    : await lookAlong(photo, decoded, options);
  clock.endStage('detect');
  return { photo, decoded, ...found };
}

/** A second look at a very wide or very tall photo, at more of its pixels. */
async function lookAlong(photo: Photo, decoded: DecodedPhoto, options: FindOptions) {
  const searched = await decodeByShortSide(photo, decoded, stretchImage);
  return { searched, detection: inPhoto(findCardInStretches(searched.image, options), searched) };
}

function inPhoto(finding: Finding, decoded: DecodedPhoto): Finding {
  const place = (candidate: Candidate) => ({ ...candidate, quad: toPhoto(candidate.quad, decoded) });
  const { corners, best, candidates } = finding;
  return {
    ...finding,
    corners: corners && toPhoto(corners, decoded),
    best: best && place(best),
    ...(candidates && { candidates: candidates.map(place) }),
  };
}

/** The pixels that the crop is made of. */
async function cutPatch(
  photo: Photo,
  { pixels }: DecodedPhoto,
  corners: Quad,
  { reduction }: CropSize,
): Promise<Patch> {
  const isReduced = reduction > maxReductionAtOnce;
  if (pixels && !isReduced) return { image: pixels, region: { left: 0, top: 0, ...photo.stored } };
  const region = regionAround(corners, photo.stored);
  const scale = isReduced ? oversampling / reduction : 1;
  const width = Math.max(2, Math.round(region.width * scale));
  const height = Math.max(2, Math.round(region.height * scale));
  return { image: await cutRegion(pixels ?? photo, region, { width, height }), region };
}

function factsOf({ format, width, height }: Photo): PhotoFacts {
  return { format, width, height };
}

async function answerFaults<T>(work: () => Promise<T>) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PhotoError) return { fault: error.fault, detail: error.detail };
    throw error;
  }
}
