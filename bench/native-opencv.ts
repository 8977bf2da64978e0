import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Quad, StageTimings } from '../src/vision/types.js';

export interface NativeRequest {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly corners: Quad;
  readonly shrink: number;
}

export interface NativeAnswer {
  /** CPU milliseconds. */
  readonly stages: StageTimings;
  /** Milliseconds by the clock, all stages together. */
  readonly wall: number;
  readonly found: boolean;
  readonly opencv: string;
}

/** The pipeline in bench/native_opencv.py, in one Python process that stays; `python` needs opencv-python-headless. */
export async function startNativeOpenCv(python: string) {
  const child = spawn(python, ['bench/native_opencv.py'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child, 'spawn');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    crop: async (request: NativeRequest): Promise<NativeAnswer> => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${python} ended: is opencv-python-headless installed there?`);
      return JSON.parse(value) as NativeAnswer;
    },
    stop: () => child.stdin.end(),
  };
}
