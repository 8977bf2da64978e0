import { URL } from 'node:url';
import { Piscina } from 'piscina';
import { type BodyTask, largeBody, type ReadBody, readBody } from './read-body.js';
import type { Scratch } from './scratch.js';

export interface BodyReader {
  /**
   * @param task takes its bytes over where they are many: they must be a memory of their own
   * @param scratch for the photo of a smaller one
   */
  read(task: BodyTask, scratch: Scratch): Promise<ReadBody>;
  close(): Promise<void>;
}

/** One thread, as soon as there is a large body: parsing, decoding and hashing a photo's text would hold up every other request. */
export function openBodyReader(): BodyReader {
  let pool: Piscina<BodyTask, ReadBody> | undefined;
  const open = () =>
    new Piscina<BodyTask, ReadBody>({
      // Beside this file, as it is in the bundle too.
      filename: new URL('./body-worker.js', import.meta.url).href,
      minThreads: 1,
      maxThreads: 1,
      execArgv: [],
    });

  return {
    read: async (task, scratch) => {
      if (task.bytes.length < largeBody) return readBody(task, scratch);
      pool ??= open();
      return pool.run(task, { transferList: [task.bytes.buffer as ArrayBuffer] });
    },
    close: async () => pool?.destroy(),
  };
}
