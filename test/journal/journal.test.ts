import fc from 'fast-check';
import { test } from 'tap';
import type { JournalEntry } from '../../src/journal/entry.js';
import { createJournal } from '../../src/journal/journal.js';
import { createPictureRing } from '../../src/journal/picture-ring.js';
import type { JournalLimits } from '../../src/journal/picture-shelf.js';
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
  note: null,
  scenario: null,
  call: 1,
  transactionId: null,
  trialsRemaining: null,
  photo: picture,
  crop: null,
  confidence: null,
  candidates: null,
  timings: null,
  ms: 1,
  upstream: null,
  drift: null,
  ...facts,
});
const open = (limits: Partial<JournalLimits> = {}) =>
  createJournal(() => ({ entries: 1000, bytes: 1_000_000, ...limits }));
type Journal = ReturnType<typeof open>;
const addWithPhoto = (journal: Journal, size = 1000, fill = 0) =>
  journal.add(entry(), { photo: journal.keep(Buffer.alloc(size, fill)) });

test('it holds its bounds: the oldest entries go', async (t) => {
  const journal = open({ entries: 10 });
  for (let i = 0; i < 100; i++) journal.add(entry(), {});
  t.same(
    journal.list().map(({ id }) => id),
    [91, 92, 93, 94, 95, 96, 97, 98, 99, 100],
  );
  const small = open({ bytes: 80_000 });
  for (let i = 0; i < 100; i++) small.add(entry(), {});
  t.ok(small.size.entryBytes <= 10_000 && small.size.entries > 3, 'an eighth is for the entries');
});

test('the oldest pictures are written over, and their entries stay', async (t) => {
  const journal = open({ bytes: 80_000 });
  for (let i = 0; i < 9; i++) addWithPhoto(journal, 10_000, i);
  const kept = journal.list().map((each) => each.photo?.kept);
  t.same(kept, kept.toSorted(), 'first those without');
  t.ok(kept.includes(false) && kept.includes(true));
  for (const { id, photo } of journal.list()) {
    const bytes = journal.picture(id, 'photo');
    t.equal(bytes !== undefined, photo?.kept);
    if (bytes) t.ok(bytes.equals(Buffer.alloc(10_000, id - 1)), `the picture of ${id}`);
  }
});

test('a picture larger than the whole journal leaves its entry behind', async (t) => {
  const journal = open({ bytes: 50_000 });
  addWithPhoto(journal, 60_000);
  t.match(journal.list(), [{ photo: { kept: false } }]);
});

test('no room at all, and bounds that change', async (t) => {
  const none = open({ bytes: 0 });
  addWithPhoto(none);
  t.same(none.list(), []);
  let limits = { entries: 100, bytes: 1_000_000 };
  const journal = createJournal(() => limits);
  for (let i = 0; i < 50; i++) addWithPhoto(journal, 10);
  limits = { ...limits, entries: 5 };
  journal.trim();
  t.same(
    journal.list().map(({ photo }) => photo?.kept),
    Array(5).fill(true),
  );
  limits = { ...limits, bytes: 2_000_000 };
  t.same(
    journal.list().map(({ photo }) => photo?.kept),
    Array(5).fill(false),
    'pictures begin anew',
  );
});

test('what is cleared is gone', async (t) => {
  const journal = open();
  for (let i = 0; i < 20; i++)
    journal.add(entry({ account: i % 2 ? 'a' : 'b' }), { photo: journal.keep(Buffer.alloc(9)) });
  t.equal(journal.clear({ account: 'a' }), 10);
  t.equal(journal.list().length, 10);
  t.equal(journal.clear(), 10);
  t.same([journal.size, journal.picture(1, 'photo')], [{ entries: 0, entryBytes: 0 }, undefined]);
});

test('whatever is put into the ring comes out as it was, or not at all', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 64 }),
      fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 40 }),
      (capacity, pictures) => {
        const ring = createPictureRing(capacity);
        const places = pictures.map((picture) => ring.put(picture));
        return places.every((place, i) => {
          const bytes = place && ring.get(place);
          return bytes === undefined ? !(place && ring.has(place)) : bytes.equals(pictures[i]!);
        });
      },
    ),
  );
});

test('the last picture is always there', async () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), (lengths) => {
      const ring = createPictureRing(50);
      return lengths.every((length, i) => {
        const place = ring.put(Buffer.alloc(length, i));
        return ring.get(place!)?.equals(Buffer.alloc(length, i));
      });
    }),
  );
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
  const leave = journal.subscribe(() => heard.push(journal.list().at(-1)!.id));
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
      n: '…',
      o: '{…}',
      lang: 'ar',
    },
  );
});

test('what is not known to be harmless is cut, whatever it is called', async (t) => {
  const names = ['pwd', 'passwd', 'code', 'assertion', 'pin', 'otp', 'nonsense', 'Message', 'img'];
  const shown = Object.values(redactFields(names.map((name) => [name, 'abcdefghij'])));
  t.same(
    shown,
    names.map(() => 'abcd…'),
  );
  t.same(redactFields([['pin', 123456]]), { pin: '123…' });
  t.same(
    redactHeaders({ 'X-Session': 'abcdefghij', 'x-amz-security': 'abcdefghij', 'x-request-id': 'abc' }),
    {
      'X-Session': 'abcd…',
      'x-amz-security': 'abcd…',
      'x-request-id': 'abc',
    },
  );
});

test('secrets by any name', async (t) => {
  t.same(redactHeaders({ referer: 'http://x/y?token=abcdefghij' }), { referer: 'http://x/y' });
  t.same(redactHeaders({ 'x-api-key': 'abcdefghij', 'x-access-token': 'abcdefghij', 'token-type': 'x' }), {
    'x-api-key': 'abcd…',
    'x-access-token': 'abcd…',
    'token-type': 'x',
  });
  t.same(
    redactFields(
      Object.entries({ accessToken: 'abcdefghij', clientSecret: 'abcdefghij', token_type: 'Bearer' }),
    ),
    {
      accessToken: 'abcd…',
      clientSecret: 'abcd…',
      token_type: 'Bearer',
    },
  );
});
