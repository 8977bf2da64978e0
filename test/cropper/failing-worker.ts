import cropPhoto, { type CropTask, type InspectedCrop, leaveThread } from '../../src/cropper/crop-worker.js';
import { MatScope } from '../../src/vision/opencv/mats.js';
import { callOpenCv } from '../../src/vision/opencv/opencv.js';

export { warmUp } from '../../src/cropper/crop-worker.js';

// A crop worker that fails as the photo says, behind its last byte. For worker-failure.test.ts.

const failures = {
  crash: () =>
    setImmediate(() => {
      throw new Error('a fault that no promise knows of');
    }),
  rejection: () => void Promise.reject(new Error('a promise that nobody waits for')),
  exit: () => process.exit(3),
  'endless loop': () => {
    for (;;);
  },
  'exception in OpenCV': () =>
    callOpenCv((cv) => {
      using mats = new MatScope();
      cv.GaussianBlur(mats.empty(), mats.empty(), { width: 2, height: 2 }, 0); // an even size, of nothing
    }),
  'exhausted heap': () => {
    const kept: object[] = [];
    for (;;) kept.push({ kept: kept.length });
  },
} as const;

export type Failure = keyof typeof failures;
export const failureNames = Object.keys(failures) as Failure[];

const mark = 'FAIL:';

/** The photo, which every reader takes as it is without what stands behind its end. */
export const withFailure = (photo: Buffer, failure: Failure): Buffer =>
  Buffer.concat([photo, Buffer.from(`${mark}${failure}`)]);

/** @returns never, where the photo says so */
export default async function crop(task: CropTask): Promise<InspectedCrop> {
  const text = Buffer.from(task.bytes).subarray(-40).toString('latin1');
  const failure = text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : undefined;
  if (failure === undefined) return cropPhoto(task);
  try {
    failures[failure as Failure]();
    return await new Promise(() => {});
  } catch (error) {
    return leaveThread(error);
  }
}
