import { test } from 'tap';
import { startSimulator } from '../support/simulator.js';
import { ofText, redirected, spendOn400 } from './deviations.js';
import { assertDrifts } from './drifts.js';
import { drifts, patient, visit } from './visit.js';

test('each deviation of a text, a status or a path is exactly one drift', async (t) => {
  const { url } = await startSimulator(t, patient);
  await assertDrifts(t, url, [
    ['none', (answer) => answer, {}],
    ['a hyphen for the dash', ofText((text) => text.replaceAll('–', '-')), { 'error-dash': ['-', '-', '-'] }],
    [
      '`detail` for `message`',
      ofText((text) => text.replace('{"message"', '{"detail"')),
      { 'error-key': ['detail'] },
    ],
    [
      'an integer for a string',
      ofText((text) => text.replace(/("trials_remaining":)"(\d+)"/, '$1$2')),
      { 'trials-type': 'integer' },
    ],
    ['301 on a missing slash', redirected, { 'path-slash': ['path-headline: 301', 'path-sample: 301'] }],
    ['a trial spent by a 400', spendOn400(url), { 'trials-400': 'spent' }],
    [
      'two keys for four',
      ofText((text) => text.replace(/("error_code":\d+),.*}/, '$1}')),
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
