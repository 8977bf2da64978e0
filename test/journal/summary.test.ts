import { test } from 'tap';
import type { JournalEntry } from '../../src/journal/entry.js';
import { summarize } from '../../src/journal/summary.js';

const nothing = { station: null, rule: null, reason: null, scenario: null, account: null, status: null };
const cropper = { ...nothing, method: 'POST', path: '/api/v1/id_cropper_register' };

const cases: readonly (readonly [string, object])[] = [
  [
    'POST /api/v1/id_cropper_register 401 entitle INVALID_BUNDLE_KEY "no \\"key\\"" by demo',
    {
      ...cropper,
      status: 401,
      station: 'entitle',
      rule: 'INVALID_BUNDLE_KEY',
      reason: 'no "key"',
      account: 'demo',
    },
  ],
  [
    'POST /api/v1/id_cropper_register 200 answer scenario slow;ms=5 by demo',
    { ...cropper, status: 200, station: 'answer', scenario: { text: 'slow;ms=5' }, account: 'demo' },
  ],
  ['POST /api/v1/id_cropper_register no answer', cropper],
  [
    'GET /nowhere 404 NOT_FOUND',
    { ...nothing, method: 'GET', path: '/nowhere', status: 404, rule: 'NOT_FOUND' },
  ],
];

test('a request as one line', async (t) => {
  for (const [line, entry] of cases) t.equal(summarize([entry as JournalEntry]), line);
});

test('several, and none', async (t) => {
  const entries = cases.map(([, entry]) => entry as JournalEntry);
  t.equal(summarize(entries), cases.map(([line]) => line).join('\n'));
  t.equal(summarize([]), 'there were no requests');
});
