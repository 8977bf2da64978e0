import { createRequire } from 'node:module';

/** A matrix in OpenCV's own memory; only `delete()` frees it. Views go stale when that memory grows: copy out at once. */
export interface Mat {
  readonly rows: number;
  readonly cols: number;
  readonly data: Uint8Array;
  readonly data32S: Int32Array;
  delete(): void;
}

export interface MatVector {
  size(): number;
  /** Makes a new handle each time, which has to be deleted like any other. */
  get(index: number): Mat;
  delete(): void;
}

/** The part of OpenCV that we use, typed by hand: the types shipped with the package are all `any`. */
export interface OpenCv {
  readonly Mat: { new (): Mat; new (rows: number, cols: number, type: number): Mat };
  readonly MatVector: new () => MatVector;
  readonly HEAP8: Int8Array;
  readonly CV_8UC1: number;
  readonly CV_8UC3: number;
  readonly RETR_LIST: number;
  readonly CHAIN_APPROX_SIMPLE: number;
  Canny(image: Mat, edges: Mat, low: number, high: number, aperture: number, l2Gradient: boolean): void;
  GaussianBlur(source: Mat, target: Mat, size: { width: number; height: number }, sigma: number): void;
  dilate(source: Mat, target: Mat, kernel: Mat): void;
  findContours(image: Mat, contours: MatVector, hierarchy: Mat, mode: number, method: number): void;
}

interface OpenCvModule {
  readonly cv: OpenCv;
  cvTranslateError(cv: OpenCv, thrown: number): string;
}

// Loaded once a thread, as it takes so long.
let loaded: OpenCvModule | undefined;

/** OpenCV, loaded on first use: synchronous, 250 to 500 ms once. */
export function openCv(): OpenCv {
  loaded ??= loadModule();
  return loaded.cv;
}

/** Size of OpenCV's memory, which only ever grows: unchanged after many runs means that nothing leaks. */
export function heapBytes(): number {
  return openCv().HEAP8.length;
}

/**
 * Runs OpenCV calls and turns the bare numbers that it throws into Errors.
 *
 * @throws Error with OpenCV's own text. An exception leaks OpenCV's stack: the worker should not be used again.
 */
export function callOpenCv<T>(work: (cv: OpenCv) => T): T {
  const cv = openCv();
  try {
    return work(cv);
  } catch (thrown) {
    throw typeof thrown === 'number' ? new Error(`OpenCV: ${translate(thrown)}`) : thrown;
  }
}

/** The module is CommonJS and not all of its names resolve in ESM, hence `require`. */
function loadModule(): OpenCvModule {
  const exceptions = process.listeners('uncaughtException');
  const rejections = process.listeners('unhandledRejection');
  const module = createRequire(import.meta.url)('opencv-wasm') as OpenCvModule;
  // Loading adds a listener to each, which would kill the process on any stray rejection in it.
  for (const listener of process.listeners('uncaughtException')) {
    if (!exceptions.includes(listener)) process.removeListener('uncaughtException', listener);
  }
  for (const listener of process.listeners('unhandledRejection')) {
    if (!rejections.includes(listener)) process.removeListener('unhandledRejection', listener);
  }
  return module;
}

/** The text without the path of the machine that built OpenCV. */
function translate(thrown: number): string {
  const text = String(loaded?.cvTranslateError(openCv(), thrown));
  return text
    .replace(/^Exception: /, '')
    .replace(/\S*\/(\w+\.\w+:\d+)/, '$1')
    .trim();
}
