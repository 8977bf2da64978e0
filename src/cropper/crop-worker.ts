import { createHash } from 'node:crypto';
import { readScenarioText } from '../magic-card/read.js';
import { setImmediate } from '../real-time.js';
import {
  type CropOptions,
  type CropResult,
  cropCard,
  type RgbImage,
  warmUp as warmUpVision,
} from '../vision/index.js';

export interface CropTask {
  readonly bytes: Uint8Array;
  readonly options: Partial<CropOptions> & { readonly keepCandidates?: number };
  /** Whether to look for the code of a magic card. */
  readonly readsCode?: boolean;
}

/** `code` is the scenario that a magic card names, such as `no-card` or `slow;ms=500`; `sha256` that of the crop. */
export type InspectedCrop = CropResult & { readonly code?: string; readonly sha256?: string };

/** One crop in this thread. Piscina's entry. */
export default async function crop({ bytes, options, readsCode }: CropTask): Promise<InspectedCrop> {
  try {
    return identify(readsCode === true ? await cropAndRead(bytes, options) : await cropCard(bytes, options));
  } catch (error) {
    return leaveThread(error);
  }
}

/** For the journal, whose thread has other things to do. */
function identify(result: InspectedCrop): InspectedCrop {
  if (result.fault !== undefined) return result;
  return { ...result, sha256: createHash('sha256').update(result.image).digest('hex') };
}

async function cropAndRead(bytes: Uint8Array, options: CropTask['options']): Promise<InspectedCrop> {
  let code: string | undefined;
  const readCode = (card: RgbImage) => {
    code = readScenarioText(card);
    return code !== undefined;
  };
  const result = await cropCard(bytes, { ...options, inspect: readCode });
  return code === undefined ? result : { ...result, code };
}

/** Ends this thread, not the process. */
export const die = (): never => process.exit(1);

export const warmUp = warmUpVision;

/**
 * A bad photo is a result, so that whatever is thrown is a fault of ours or OpenCV's. An exception in OpenCV leaks its stack
 * until the heap is overwritten, so the thread ends with its error; the pool hands that to the caller and starts another.
 */
export function leaveThread(error: unknown): Promise<never> {
  setImmediate(() => {
    throw error instanceof Error ? error : new Error(String(error));
  });
  return new Promise(() => {});
}
