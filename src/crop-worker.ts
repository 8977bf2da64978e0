import { type CropOptions, type CropResult, cropCard, warmUp as warmUpVision } from './vision/index.js';

export interface CropTask {
  readonly bytes: Uint8Array;
  readonly options: Partial<CropOptions>;
  readonly dies?: boolean;
}

/** One crop in this thread. Piscina's entry. */
export default async function crop({ bytes, options, dies }: CropTask): Promise<CropResult> {
  if (dies === true) process.exit(1); // ends this thread, not the process
  try {
    return await cropCard(bytes, options);
  } catch (error) {
    return leaveThread(error);
  }
}

export const warmUp = warmUpVision;

/**
 * A bad photo is a result, so that whatever is thrown is a fault of ours or OpenCV's. An exception in OpenCV leaks its stack
 * until the heap is overwritten, so the thread ends with its error; the pool hands that to the caller and starts another.
 */
function leaveThread(error: unknown): Promise<never> {
  setImmediate(() => {
    throw error instanceof Error ? error : new Error(String(error));
  });
  return new Promise(() => {});
}
