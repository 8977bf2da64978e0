import { cutRegion, type DecodedPhoto, decodePhoto, openPhoto, type Photo, toPhoto } from './codec/decode.js';
import { chooseFormat, encodeImage } from './codec/encode.js';
import { toStored } from './codec/orientation.js';
import { PhotoError } from './codec/photo-error.js';
import { findCard } from './detect/detect.js';
import { mapQuad } from './geometry/plane.js';
import { type CropSize, planCropSize } from './rectify/crop-size.js';
import { type Patch, rectify, regionAround } from './rectify/rectify.js';
import { StageClock } from './stage-clock.js';
import { defaultCropOptions } from './tuning.js';
import type { CropOptions, CropResult, Detection, DetectResult, Inspect, PhotoFacts, Quad } from './types.js';

/** Above, bilinear sampling would skip source pixels: the region is shrunk first, to a little more than the crop's scale. */
const maxReductionAtOnce = 1.5;
const oversampling = 1.25;

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
  options: Partial<CropOptions> & { inspect?: Inspect | undefined } = {},
): Promise<CropResult> {
  return cropOnClock(bytes, options, new StageClock());
}

/** `cropCard` with its stages timed by another clock. */
export async function cropOnClock(
  bytes: Uint8Array,
  options: Partial<CropOptions> & { inspect?: Inspect | undefined },
  clock: StageClock,
): Promise<CropResult> {
  return answerFaults(async () => {
    const settings = { ...defaultCropOptions, ...options };
    const { photo, decoded, detection } = await look(bytes, settings, clock);
    const { corners, confidence } = detection;
    if (corners === null) {
      const detail = `no card (confidence ${confidence.toFixed(2)} under ${settings.minConfidence})`;
      return { fault: 'card-not-found', detail, photo: factsOf(photo), confidence };
    }
    const size = planCropSize(corners, photo, settings.maxOutputSide);
    const storedCorners = mapQuad(corners, (corner) => toStored(corner, photo.stored, photo.orientation));
    const patch = await cutPatch(photo, decoded, storedCorners, size);
    const crop = rectify(patch, photo.stored, storedCorners, size);
    clock.endStage('rectify');
    options.inspect?.(crop);
    clock.endStage('inspect');
    const format = chooseFormat(settings.outputFormat, photo.format);
    const image = await encodeImage(crop, format, settings.quality);
    clock.endStage('encode');
    const { width, height } = crop;
    return {
      photo: factsOf(photo),
      corners,
      confidence,
      image,
      format,
      width,
      height,
      timings: clock.timings,
    };
  });
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

/** Decodes what the detector needs and asks it; its answer in pixels of the upright photo. */
async function look(
  bytes: Uint8Array,
  options: CropOptions & { keepCandidates?: number },
  clock: StageClock,
): Promise<{ photo: Photo; decoded: DecodedPhoto; detection: Detection }> {
  const photo = await openPhoto(bytes, options);
  const decoded = await decodePhoto(photo);
  clock.endStage('decode');
  const { minConfidence, keepCandidates = 0 } = options;
  const detection = findCard(decoded.image, { minConfidence, keepCandidates });
  clock.endStage('detect');
  return { photo, decoded, detection: inPhoto(detection, decoded) };
}

function inPhoto({ corners, confidence, candidates }: Detection, decoded: DecodedPhoto): Detection {
  return {
    corners: corners && toPhoto(corners, decoded),
    confidence,
    ...(candidates && {
      candidates: candidates.map((candidate) => ({ ...candidate, quad: toPhoto(candidate.quad, decoded) })),
    }),
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
