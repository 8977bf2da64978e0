import { test } from 'tap';
import { contactSupport, documented } from '../support/bodies.js';
import { base64, blankJpeg } from '../support/photos.js';
import { bundleKey, cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';

/**
 * The table "what triggers which". Each row's request has the row's own fault and every later one, so that only a check in
 * the right place gives the row's answer.
 */
const rows = [
  { fault: 'path', sentence: 'unknown path', status: 404 },
  { fault: 'method', sentence: 'known path, other method', status: 405 },
  { fault: 'contentType', sentence: 'a body that is not declared as JSON', status: 415 },
  { fault: 'declaredLength', sentence: 'declared length over the limit', status: 413 },
  { fault: 'token', sentence: 'token unknown', status: 403 },
  { fault: 'json', sentence: 'body is not JSON', status: 400 },
  { fault: 'field', sentence: 'lang is not a string', status: 400 },
  { fault: 'bundle', sentence: 'bundle key unknown', status: 401 },
  { fault: 'base64', sentence: 'img is not base64', status: 415 },
  { fault: 'format', sentence: 'img is no picture', status: 415 },
  { fault: 'trials', sentence: 'no trials left', status: 403 },
  { fault: 'broken', sentence: 'picture broken', status: 422 },
  { fault: 'noCard', sentence: 'no card in the picture', status: 422 },
] as const;

type Fault = (typeof rows)[number]['fault'];

test('the earliest fault of a request is the one that is answered', async (t) => {
  const simulator = await startSimulator(t, { trials: 1 });
  const [exhausted, fresh] = [await simulator.token(), () => simulator.token()];
  const photo = await blankJpeg();
  await simulator.crop(exhausted, { bundle_key: bundleKey, img: base64(photo) });

  for (const [index, { fault, sentence, status }] of rows.entries()) {
    const faults = new Set<Fault>(rows.slice(index).map((row) => row.fault));
    const token = faults.has('token') ? 'unknown' : faults.has('trials') ? exhausted : await fresh();
    const answer = await simulator.exchange({
      path: faults.has('path') ? '/api/v1/nothing' : cropperPath,
      method: faults.has('method') ? 'PUT' : 'POST',
      headers: {
        ...cropHeaders(token),
        ...(faults.has('contentType') ? { 'content-type': 'text/plain' } : {}),
        ...(faults.has('declaredLength') ? { 'content-length': String(21 * 2 ** 20) } : {}),
      },
      body: bodyWith(faults, photo),
      withholdBody: faults.has('declaredLength'),
    });
    t.equal(answer.status, status, `row ${index + 1}: ${fault}: ${sentence}`);
    if (status === 422) t.match(JSON.parse(answer.text), { message: contactSupport, error_code: 5009 });
    else t.equal(answer.text, documented[status]);
  }
});

function bodyWith(faults: ReadonlySet<Fault>, photo: Buffer): string {
  const text = JSON.stringify({
    ...(faults.has('field') ? { lang: 5 } : {}),
    bundle_key: faults.has('bundle') ? 'f'.repeat(32) : bundleKey,
    img: imageWith(faults, photo),
  });
  return faults.has('json') ? text.slice(0, -1) : text;
}

function imageWith(faults: ReadonlySet<Fault>, photo: Buffer): string {
  if (faults.has('base64')) return '?';
  if (faults.has('format')) return base64(Buffer.from('GIF89a'));
  if (faults.has('broken')) return base64(photo.subarray(0, photo.length / 2));
  return base64(photo);
}
