import { test } from 'tap';
import {
  type Filter,
  filterLines,
  type Line,
  noFilter,
  outcomeOf,
} from '../../src/inspector/calls/filter.js';
import { visibleRange } from '../../src/inspector/calls/visible.js';
import { arabic } from '../../src/inspector/words/arabic.js';
import { english, type Word } from '../../src/inspector/words/english.js';

const line = (id: number, more: Partial<Line> = {}): Line => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  endpoint: 'crop',
  account: 'demo',
  method: 'POST',
  path: '/api/v1/id_cropper_register',
  ended: 'answered',
  status: 200,
  station: 'answer',
  rule: null,
  reason: null,
  scenario: null,
  transactionId: null,
  confidence: null,
  drift: null,
  ms: 1,
  picture: null,
  ...more,
});

const lines = [
  line(6, { endpoint: 'token', path: '/api/o/token/', account: 'other' }),
  line(5, {
    status: null,
    ended: 'unanswered',
    scenario: { name: 'slow', text: 'slow;ms=5', chosenBy: 'queue' },
  }),
  line(4, { status: 503 }),
  line(3, { status: 422, rule: 'CARD_NOT_FOUND', reason: 'no card: confidence 0.10' }),
  line(2, { status: 401, rule: 'INVALID_BUNDLE_KEY' }),
  line(1, { transactionId: 'abc-def', drift: [{ row: 'error-422-keys', ours: 'full', theirs: 'short' }] }),
];

const filters: readonly [Partial<Filter>, readonly number[]][] = [
  [{}, [6, 5, 4, 3, 2, 1]],
  [{ text: '  ' }, [6, 5, 4, 3, 2, 1]],
  [{ text: 'CARD no' }, [3]],
  [{ text: 'slow;ms' }, [5]],
  [{ text: 'abc-def' }, [1]],
  [{ text: 'drift:422-keys' }, [1]],
  [{ text: '-drift:error status:2' }, [6]],
  [{ text: '#4' }, [4]],
  [{ text: 'status:4' }, [3, 2]],
  [{ text: '-status:200 -status:5' }, [5, 3, 2]],
  [{ text: 'reason:"no card"' }, [3]],
  [{ text: '"card no"' }, []],
  [{ text: '-account:demo' }, [6]],
  [{ text: 'scenario:slow account:demo' }, [5]],
  [{ text: 'slow:ms' }, []],
  [{ outcome: 'ok' }, [6, 1]],
  [{ outcome: 'missed' }, [3]],
  [{ outcome: 'refused' }, [2]],
  [{ outcome: 'failed' }, [5, 4]],
  [{ account: 'other' }, [6]],
  [{ endpoint: 'token', account: 'demo' }, []],
  [{ text: 'demo', outcome: 'failed' }, [5, 4]],
];

for (const [filter, expected] of filters)
  test(`calls with ${JSON.stringify(filter)}`, async (t) => {
    t.same(
      filterLines(lines, { ...noFilter, ...filter }).map(({ id }) => id),
      expected,
    );
  });

for (const [status, outcome] of [
  [200, 'ok'],
  [302, 'ok'],
  [400, 'refused'],
  [422, 'missed'],
  [429, 'refused'],
  [500, 'failed'],
  [null, 'failed'],
] as const)
  test(`${status} is ${outcome}`, async (t) => t.equal(outcomeOf(status), outcome));

/** Of rows that are 50 pixels high, in a list that shows 200. */
const ranges: readonly [scrollTop: number, count: number, first: number, end: number][] = [
  [0, 10_000, 0, 6],
  [1000, 10_000, 18, 26],
  [499_800, 10_000, 9994, 10_000],
  [0, 3, 0, 3],
  [0, 0, 0, 0],
  [5000, 3, 3, 3],
];

for (const [scrollTop, count, first, end] of ranges)
  test(`${count} rows, scrolled to ${scrollTop}`, async (t) => {
    t.same(visibleRange(scrollTop, 200, 50, count, 2), [first, end]);
  });

test('the page says the same in both languages', async (t) => {
  const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
  for (const word of Object.keys(english) as Word[]) {
    t.same(holes(arabic[word]), holes(english[word]), word);
    if (!['missed', 'language', 'hash', 'times'].includes(word))
      t.match(arabic[word], /[\u0600-\u06ff]/, word);
  }
});
