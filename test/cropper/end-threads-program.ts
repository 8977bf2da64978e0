import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { endThreads } from '../../src/cropper/end-threads.js';

// Ends threads in the middle of decoding, which aborts the process where it goes wrong: for end-threads.test.ts, which starts it.

const picture = { width: 1600, height: 1200, channels: 3, background: '#888' } as const;
const photo = await sharp({ create: picture }).jpeg().toBuffer();
for (let i = 0; i < 10; i++) {
  const thread = new Worker(new URL('./native-thread.js', import.meta.url), { workerData: photo });
  const [decoded] = await once(thread, 'message');
  if (decoded !== true) throw new Error('there is no libjpeg-turbo here');
  await endThreads(() => thread.terminate());
}
console.log('still here');
