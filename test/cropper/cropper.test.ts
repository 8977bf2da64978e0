import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Test, test } from 'tap';
import { type Config, loadConfig, type Options } from '../../src/config/config.js';
import { openConfig } from '../../src/config/live-config.js';
import { createCropper } from '../../src/cropper/cropper.js';
import { makeRoomForPixels } from '../../src/cropper/thread-heap.js';
import { VendorError } from '../../src/errors.js';
import { fixture } from '../../src/photos/fixtures.js';
import { assemble } from '../../src/server.js';
import { documented } from '../support/bodies.js';
import { blankJpeg } from '../support/photos.js';
import { bundleKey, cropHeaders, cropperPath, passwordGrant, tokenPath } from '../support/simulator.js';

const photo = () => Buffer.from(fixture('card-on-table').bytes);
const cropper = (options: Options) => {
  const config = loadConfig({ options });
  return createCropper(() => config);
};

test('a worker that dies takes one crop with it; the next has a worker again', async (t) => {
  const dying = cropper({ workers: 1 });
  t.teardown(() => dying.close());
  for (let crop = 0; crop < 3; crop++) await t.rejects(dying.killWorker(), /worker exited/);
  t.match(await dying.crop(photo()), { format: 'jpeg' }, 'a crop after those that died');
  await dying.warmUp();
  t.equal(dying.ready, true, 'a worker after those that died');
});

test('an exception in the vision ends its thread with that exception', async (t) => {
  // A bad photo is data; what throws is what no photo can cause. As the pool starts it, but without the pool.
  const url = new URL('../../src/cropper/crop-worker.js', import.meta.url);
  const worker = new Worker(
    `import(${JSON.stringify(url.href)}).then(({ default: crop }) => crop({ bytes: null, options: {} }))`,
    { eval: true, execArgv: [], env: {} },
  );
  const exit = new Promise((resolve) => worker.once('exit', resolve));
  const [error] = (await once(worker, 'error')) as [Error];
  t.type(error, TypeError);
  t.equal(await exit, 1);
});

test('after an exception the next crop has a thread of its own', async (t) => {
  // No photo makes the vision throw; a quality that no setting can have does, once there is a card to encode.
  const broken = createCropper(() => ({ ...loadConfig(), workers: 1, outputQuality: 1000 }));
  t.teardown(() => broken.close());
  await t.rejects(broken.crop(photo()));
  // A copy: what sharp returns is memory of its own, which Node from 22 on does not hand to another thread, and that of a small buffer is everybody's.
  t.match(await broken.crop(Uint8Array.from(await blankJpeg())), { fault: 'card-not-found' });
  await t.rejects(broken.crop(photo()));
});

/** A server with limits that no setting can have. @returns what crops a photo by a token with so many trials */
async function impatient(t: Test, trials: number, limits: Partial<Config>) {
  const live = openConfig({ options: { trials, workers: 1, logLevel: 'silent' } });
  const app = assemble({ ...live, current: { ...live.current, ...limits } });
  t.teardown(() => app.close());
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(passwordGrant).toString();
  const login = await app.inject({ method: 'POST', url: tokenPath, headers: form, body });
  const headers = cropHeaders(login.json().access_token);
  const payload = { bundle_key: bundleKey, img: fixture('card-on-table').base64 };
  return () => app.inject({ method: 'POST', url: cropperPath, headers, payload });
}

test('a crop that takes too long is given up with 500, and its trial returned', async (t) => {
  const crop = await impatient(t, 1, { cropTimeout: 0.001 });
  for (let call = 0; call < 2; call++) {
    const answer = await crop();
    t.same([answer.statusCode, answer.body], [500, documented[500]]);
  }
});

test('a photo that waits too long for a worker is answered 503 with Retry-After, and its trial returned', async (t) => {
  const crop = await impatient(t, 3, { queueTimeout: 0.001, cropTimeout: 100 });
  const [taken, ...waiting] = await Promise.all([crop(), crop(), crop()]);
  t.match(taken!.json(), { trials_remaining: '2' });
  for (const { statusCode, headers, body } of waiting) {
    t.same([statusCode, headers['retry-after'], body], [503, '1', documented[503]]);
  }
  t.match((await crop()).json(), { trials_remaining: '1' });
});

test('photos are taken in the order in which they came', async (t) => {
  const one = cropper({ workers: 1 });
  t.teardown(() => one.close());
  const order: number[] = [];
  const blank = await blankJpeg();
  const crops = [1, 2, 3, 4, 5].map(async (n) => {
    await one.crop(Uint8Array.from(blank));
    order.push(n);
  });
  await Promise.all(crops);
  t.same(order, [1, 2, 3, 4, 5]);
});

test('the queue has a bound', async (t) => {
  const bounded = cropper({ workers: 1, maxQueue: 2 });
  t.teardown(() => bounded.close());
  const outcomes = await Promise.allSettled(Array.from({ length: 9 }, () => bounded.crop(photo())));
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  t.ok(refused.length >= 6, `${refused.length} of 9 refused`);
  for (const error of refused) {
    t.type(error, VendorError);
    t.equal(error.row, 'SERVICE_UNAVAILABLE');
  }
});

test('closing before the first crop, and twice, is fine', async (t) => {
  const idle = cropper({});
  await idle.close();
  await idle.close();
  t.equal(idle.ready, false);
});

test('a thread with room for pixels searches its heap less than once in three crops', async (t) => {
  makeRoomForPixels();
  const url = new URL('../../src/vision/index.js', import.meta.url);
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
    const { PerformanceObserver, constants } = require('node:perf_hooks');
    const starts = new Set();
    const book = (collections) => {
      for (const { startTime, detail } of collections) {
        if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) starts.add(startTime);
      }
    };
    import(${JSON.stringify(url.href)}).then(async ({ cropCard, warmUp }) => {
      await warmUp();
      const observer = new PerformanceObserver((list) => book(list.getEntries()));
      observer.observe({ entryTypes: ['gc'] });
      for (let crop = 0; crop < 24; crop++) await cropCard(workerData);
      book(observer.takeRecords());
      parentPort.postMessage(starts.size);
    });`,
    { eval: true, execArgv: [], env: {}, workerData: photo() },
  );
  const [searches] = await once(worker, 'message');
  t.ok(searches < 8, `${searches} times in 24 crops`);
});
