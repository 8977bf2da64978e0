import t, { test } from 'tap';
import { openConfig } from '../../src/config/live-config.js';
import { fixture } from '../../src/photos/fixtures.js';
import { assemble } from '../../src/server.js';
import { documented } from '../support/bodies.js';
import { base64 } from '../support/photos.js';
import { bundleKey, cropHeaders, cropperPath, passwordGrant, tokenPath } from '../support/simulator.js';
import { failureNames, withFailure } from './failing-worker.js';

t.setTimeout(100_000); // a worker takes a second to start on a busy machine

const photo = Buffer.from(fixture('card-on-table').bytes);
const cropWorker = new URL('./failing-worker.js', import.meta.url);

/** What the log says of each. */
const reasons: Readonly<Record<(typeof failureNames)[number], RegExp>> = {
  crash: /a fault that no promise knows of/,
  rejection: /a promise that nobody waits for/,
  exit: /worker exited with code: 3/i,
  'endless loop': /longer than 8 s \(crop-timeout\)/,
  'exception in OpenCV': /^OpenCV: .*GaussianBlur|^OpenCV: /,
  'exhausted heap': /memory/,
};

for (const failure of failureNames)
  test(`a worker's ${failure} costs one request, and nothing else`, async (t) => {
    const log: string[] = [];
    const cropTimeout = failure === 'endless loop' ? 8 : 100;
    const options = { trials: 10, workers: 2, cropTimeout, queueTimeout: 100, seed: 'test', port: 0 };
    const logStream = { write: (line: string) => log.push(line) };
    const app = assemble(openConfig({ options }), { cropWorker, logStream });
    t.teardown(() => app.close());
    const login = await app.inject({
      method: 'POST',
      url: tokenPath,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(passwordGrant).toString(),
    });
    const headers = cropHeaders(login.json().access_token);
    const crop = (bytes: Buffer) =>
      app.inject({
        method: 'POST',
        url: cropperPath,
        headers,
        payload: { bundle_key: bundleKey, img: base64(bytes) },
      });

    const [before, failed, beside, after] = await Promise.all([
      crop(photo),
      crop(withFailure(photo, failure)),
      crop(photo),
      crop(photo),
    ]);
    t.same([failed!.statusCode, failed!.body], [500, documented[500]]);
    for (const good of [before, beside, after, await crop(photo)]) t.equal(good!.statusCode, 200);
    t.match((await crop(photo)).json(), { trials_remaining: '5' }, 'five good ones have spent five trials');
    const errors = log.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
    t.equal(errors.length, 1, 'one line at the level error');
    t.match(errors[0]?.reason, reasons[failure]);
  });
