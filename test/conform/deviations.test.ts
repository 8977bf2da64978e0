import { test } from 'tap';
import { unreadableJpeg } from '../support/photos.js';
import { bundleKey, cropperPath, startSimulator } from '../support/simulator.js';
import { send } from '../support/wire.js';
import { assertDrifts } from './drifts.js';
import type { Deviate } from './proxy.js';
import { drifts, patient, visit } from './visit.js';

const inText =
  (change: (text: string) => string): Deviate =>
  (answer) => ({ ...answer, text: change(answer.text) });

const redirected: Deviate = (answer, { path }) =>
  /^\/api\/v1\/id_cropper(\/|_)register$/.test(path)
    ? { status: 301, headers: { location: `${path}/` }, text: '' }
    : answer;

/** A call that is refused with 400 spends a trial all the same. */
const spendOn400 =
  (upstream: string): Deviate =>
  async (answer, { path, headers }) => {
    const { authorization } = headers;
    if (answer.status === 400 && authorization !== undefined && path.startsWith(cropperPath)) {
      const body = JSON.stringify({ bundle_key: bundleKey, img: unreadableJpeg });
      await send(upstream, { path, headers: { 'content-type': 'application/json', authorization }, body });
    }
    return answer;
  };

test('each deviation of a text, a status or a path is exactly one drift', async (t) => {
  const { url } = await startSimulator(t, patient);
  await assertDrifts(t, url, [
    ['none', (answer) => answer, {}],
    ['a hyphen for the dash', inText((text) => text.replaceAll('–', '-')), { 'error-dash': ['-', '-', '-'] }],
    [
      '`detail` for `message`',
      inText((text) => text.replace('{"message"', '{"detail"')),
      { 'error-key': ['detail'] },
    ],
    [
      'an integer for a string',
      inText((text) => text.replace(/("trials_remaining":)"(\d+)"/, '$1$2')),
      { 'trials-type': 'integer' },
    ],
    ['301 on a missing slash', redirected, { 'path-slash': ['path-headline: 301', 'path-sample: 301'] }],
    ['a trial spent by a 400', spendOn400(url), { 'trials-400': 'spent' }],
    [
      'two keys for four',
      inText((text) => text.replace(/("error_code":\d+),.*}/, '$1}')),
      { 'error-422-keys': 'short' },
    ],
    [
      '401 for 403',
      (answer) => (answer.status === 403 ? { ...answer, status: 401 } : answer),
      { 'error-403': { status: 401, message: 'Forbidden - specified access_token could not be found' } },
    ],
  ]);
});

test('four keys where the profile has two', async (t) => {
  const { url } = await startSimulator(t, patient);
  t.same(drifts(await visit(url, { unprocessableBody: 'short' })), { 'error-422-keys': 'full' });
});
