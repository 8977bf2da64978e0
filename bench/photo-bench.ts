import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { encodeImage } from '../src/vision/codec/encode.js';
import { decodeJpeg } from '../src/vision/codec/jpeg-turbo.js';
import { cropOnClock } from '../src/vision/crop.js';
import { StageClock } from '../src/vision/stage-clock.js';
import type { CropResult, RgbImage, StageTimings } from '../src/vision/types.js';
import type { BenchPhoto } from './crop-photos.js';
import type { NativeRequest, startNativeOpenCv } from './native-opencv.js';
import { median } from './spread.js';

export const stageNames = ['decode', 'detect', 'rectify', 'encode'] as const;
export const columns = ['ours', 'native', 'native, shrunk', 'decode + encode'] as const;

/** Long side that the native peer warps to where we have no crop: what crops mostly have. */
const usualCropSide = 1000;

export type Column = (typeof columns)[number];

/** CPU milliseconds by stage and of all of them, and those of the clock. */
export type Figures = Record<(typeof stageNames)[number] | 'total' | 'wall', number>;

/** The medians of one photo. */
export interface MeasuredPhoto {
  readonly photo: BenchPhoto;
  readonly found: boolean;
  /** The native peer's version. */
  readonly opencv: string;
  readonly columns: Readonly<Partial<Record<Column, Figures>>>;
}

export type NativeOpenCv = Awaited<ReturnType<typeof startNativeOpenCv>>;

/** One photo, cropped by ours and by the native peer as often as it is asked to. */
export class PhotoBench {
  readonly #native: NativeOpenCv;
  readonly #bytes: Uint8Array;
  readonly #runs: Partial<Record<Column, Figures[]>> = {};
  #crop: CropResult | undefined;
  #opencv = '';

  constructor(
    native: NativeOpenCv,
    readonly photo: BenchPhoto,
  ) {
    this.#native = native;
    this.#bytes = readFileSync(photo.path);
  }

  async run(): Promise<void> {
    const { crop, ...ours } = await cropped(this.#bytes);
    this.#crop = crop;
    this.#book('ours', ours);
    const request = { path: this.photo.path, ...warpOf(crop) };
    const native = await this.#native.crop({ ...request, shrink: 0 });
    this.#opencv = native.opencv;
    this.#book('native', native);
    if (this.photo.cell !== 'easy') return;
    this.#book('native, shrunk', await this.#native.crop({ ...request, shrink: 640 }));
  }

  async runCodecs(): Promise<void> {
    const crop = this.#crop;
    if (crop === undefined || crop.fault !== undefined) return;
    this.#book('decode + encode', await decodeAndEncode(this.#bytes, await decoded(crop)));
  }

  measured(): MeasuredPhoto {
    const medians = columns.map((column) => [column, medianFigures(this.#runs[column] ?? [])]);
    return {
      photo: this.photo,
      found: this.#crop?.fault === undefined,
      opencv: this.#opencv,
      columns: Object.fromEntries(medians.filter(([, figures]) => figures !== undefined)),
    };
  }

  #book(column: Column, { stages, wall }: Work): void {
    const { decode = 0, detect = 0, rectify = 0, encode = 0, inspect = 0 } = stages;
    const total = decode + detect + rectify + encode + inspect;
    this.#runs[column] ??= [];
    this.#runs[column].push({ decode, detect, rectify, encode, total, wall });
  }
}

interface Work {
  /** CPU milliseconds. */
  readonly stages: Partial<StageTimings>;
  readonly wall: number;
}

async function cropped(bytes: Uint8Array): Promise<Work & { crop: CropResult }> {
  const begin = performance.now();
  const clock = new StageClock(cpuMilliseconds);
  const crop = await cropOnClock(bytes, {}, clock);
  if (crop.fault !== undefined && crop.fault !== 'card-not-found')
    throw new Error(`${crop.fault}: ${crop.detail}`);
  return { crop, stages: clock.timings, wall: performance.now() - begin };
}

/** What the native peer is to warp: the document that we found, or else the whole photo. */
function warpOf(crop: CropResult): Pick<NativeRequest, 'width' | 'height' | 'corners'> {
  if (crop.fault === undefined) return crop;
  if (crop.photo === undefined) throw new Error(crop.detail);
  const { width, height } = crop.photo;
  const scale = Math.min(1, usualCropSide / Math.max(width, height));
  const [right, bottom] = [width - 1, height - 1];
  return {
    width: Math.round(width * scale),
    height: Math.round(height * scale),
    corners: [
      [0, 0],
      [right, 0],
      [right, bottom],
      [0, bottom],
    ],
  };
}

async function decoded({ image, width, height }: Extract<CropResult, { fault?: never }>): Promise<RgbImage> {
  return { data: await sharp(image).raw().toBuffer(), width, height };
}

async function decodeAndEncode(photo: Uint8Array, crop: RgbImage): Promise<Work> {
  const begin = performance.now();
  const clock = new StageClock(cpuMilliseconds);
  decodeJpeg(photo) ?? (await sharp(photo).raw().toBuffer());
  clock.endStage('decode');
  await encodeImage(crop, 'jpeg', 90);
  clock.endStage('encode');
  return { stages: clock.timings, wall: performance.now() - begin };
}

/** Of the whole process: libvips works in threads of its own. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function medianFigures(runs: readonly Figures[]): Figures | undefined {
  const [first] = runs;
  return first && mapFigures(first, (figure) => median(runs.map((run) => run[figure])));
}

function mapFigures(figures: Figures, value: (figure: keyof Figures) => number): Figures {
  const names = Object.keys(figures) as (keyof Figures)[];
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Figures;
}
