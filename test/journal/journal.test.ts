import { test } from 'tap';
import type { JournalEntry } from '../../src/journal/entry.js';
import { createJournal, type JournalLimits } from '../../src/journal/journal.js';
import { redactFields, redactHeaders, shorten } from '../../src/journal/redact.js';

const picture = { format: 'jpeg', bytes: 1000, sha256: 'x', width: 1, height: 1, kept: true };
const entry = (facts: Partial<JournalEntry> = {}): Omit<JournalEntry, 'id'> => ({
  at: '2026-01-01T00:00:00.000Z',
  endpoint: 'crop',
  account: 'demo',
  method: 'POST',
  path: '/',
  requestHeaders: {},
  requestBody: null,
  ended: 'answered',
  status: 200,
  answerHeaders: {},
  answerBody: null,
  station: 'answer',
  rule: null,
  reason: null,
  scenario: null,
  call: 1,
  transactionId: null,
  trialsRemaining: null,
  photo: picture,
  crop: null,
  confidence: null,
  timings: null,
  ms: 1,
  ...facts,
});
const photo = (size = 1000) => ({ photo: Buffer.alloc(size) });
const open = (limits: Partial<JournalLimits> = {}) =>
  createJournal(() => ({ entries: 1000, bytes: 1_000_000, ...limits }));

test('it holds its bounds: the oldest entries go', async (t) => {
  const journal = open({ entries: 10 });
  for (let i = 0; i < 100; i++) journal.add(entry(), {});
  t.same(
    journal.list().map(({ id }) => id),
    [91, 92, 93, 94, 95, 96, 97, 98, 99, 100],
  );
});

test('the oldest pictures go before the oldest entries', async (t) => {
  const journal = open({ bytes: 20_000 });
  for (let i = 0; i < 12; i++) journal.add(entry(), photo());
  t.ok(journal.size.bytes <= 20_000);
  const kept = journal.list().map((each) => each.photo?.kept);
  t.same(kept, kept.toSorted(), 'first those without');
  t.ok(kept.includes(false) && kept.includes(true));
  for (const { id, photo: facts } of journal.list())
    t.equal(journal.picture(id, 'photo') !== undefined, facts?.kept);
  t.equal(journal.list().length, 12, 'no entry had to go');
  for (let i = 0; i < 50; i++) journal.add(entry(), photo());
  t.ok(journal.size.bytes <= 20_000);
});

test('a picture larger than the whole journal leaves its entry behind', async (t) => {
  const journal = open({ bytes: 5000 });
  journal.add(entry(), photo(10_000));
  t.match(journal.list(), [{ photo: { kept: false } }]);
});

test('no room at all, and a bound that sinks', async (t) => {
  const none = open({ bytes: 0 });
  none.add(entry(), photo());
  t.same([none.list(), none.size], [[], { entries: 0, bytes: 0 }]);
  let entries = 100;
  const journal = createJournal(() => ({ entries, bytes: 1_000_000 }));
  for (let i = 0; i < 50; i++) journal.add(entry(), photo(10));
  entries = 5;
  journal.trim();
  t.equal(journal.size.entries, 5);
});

test('its size is that of what it holds', async (t) => {
  const journal = open();
  for (let i = 0; i < 20; i++) journal.add(entry({ account: i % 2 ? 'a' : 'b' }), photo(100 * i));
  t.equal(journal.clear({ account: 'a' }), 10);
  t.equal(journal.list().length, 10);
  t.equal(journal.clear(), 10);
  t.same(journal.size, { entries: 0, bytes: 0 });
});

test('filters', async (t) => {
  const journal = open();
  journal.add(entry({ status: 422, rule: 'CARD_NOT_FOUND' }), {});
  journal.add(
    entry({ status: 502, scenario: { name: 'bad-gateway', text: 'bad-gateway', chosenBy: 'header' } }),
    {},
  );
  journal.add(entry({ account: 'other', endpoint: 'token' }), {});
  const ids = (filter: Parameters<typeof journal.list>[0]) => journal.list(filter).map(({ id }) => id);
  t.same(ids({ status: 422 }), [1]);
  t.same(ids({ scenario: 'bad-gateway' }), [2]);
  t.same(ids({ account: 'other' }), [3]);
  t.same(ids({ account: 'other', endpoint: 'crop' }), []);
  t.same(ids({ after: 1 }), [2, 3]);
  t.same(ids({ rule: 'CARD_NOT_FOUND', status: 422, method: 'POST', path: '/' }), [1]);
});

test('listeners hear of each entry until they leave', async (t) => {
  const journal = open();
  const heard: number[] = [];
  const leave = journal.subscribe(({ id }) => heard.push(id));
  journal.add(entry(), {});
  leave();
  journal.add(entry(), {});
  t.same(heard, [1]);
});

test('secrets are cut short', async (t) => {
  t.equal(shorten('abcdefghij'), 'abcd…');
  t.equal(shorten('abc'), 'a…');
  t.equal(shorten('Bearer abcdefghij'), 'Bearer abcd…');
  t.same(redactHeaders({ Authorization: 'Bearer abcdefghij', cookie: 'session=1', accept: '*/*' }), {
    Authorization: 'Bearer abcd…',
    cookie: 'sess…',
    accept: '*/*',
  });
  t.same(
    redactFields(Object.entries({ bundle_key: 'abcdefghij', img: 'x'.repeat(500), n: 1, o: {}, lang: 'ar' })),
    {
      bundle_key: 'abcd…',
      img: '500 characters',
      n: 1,
      o: '{…}',
      lang: 'ar',
    },
  );
});
