import { test } from 'tap';
import { documented } from '../support/bodies.js';
import { base64, blankJpeg } from '../support/photos.js';
import { bundleKey, cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';

const good = { bundle_key: 'unknown', img: 'AAAA' };
const text = JSON.stringify(good);
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** 401 means that station 6 lets the body pass: its bundle key is unknown. */
const bodies: [sentence: string, body: string | Buffer, status: 400 | 401][] = [
  ['as it should be', text, 401],
  ['unknown fields are ignored', JSON.stringify({ ...good, extra: { a: [1] } }), 401],
  ['white space around', ` \r\n\t${text}\n `, 401],
  ['the last of equal keys counts', '{"bundle_key":1,"bundle_key":"x","img":"A"}', 401],
  ['keys in Arabic', JSON.stringify({ ...good, ملاحظة: 'نص' }), 401],
  ['lang may be anything that is a string', JSON.stringify({ ...good, lang: 'xx' }), 401],
  ['__proto__ is a field like any other', `{"__proto__":{"bundle_key":1},${text.slice(1)}`, 401],
  ['an unknown field 100,000 deep', `{"deep":${nested(100_000)},${text.slice(1)}`, 401],
  ['empty', '', 400],
  ['white space alone', '   ', 400],
  ['not JSON', 'hello', 400],
  ['cut off', text.slice(0, -1), 400],
  ['more after the end', `${text}x`, 400],
  ['single quotes', text.replaceAll('"', "'"), 400],
  ['NaN, which Python would read', '{"bundle_key":NaN,"img":"A"}', 400],
  ['a byte order mark', Buffer.from(`\ufeff${text}`), 400],
  ['not UTF-8', Buffer.from(text.replace('unknown', 'unkn\xf6wn'), 'latin1'), 400],
  ['compressed bytes', Buffer.from('1f8b0800000000000003', 'hex'), 400],
  ['null', 'null', 400],
  ['an array', `[${text}]`, 400],
  ['a string', '"text"', 400],
  ['a number', '5', 400],
  ['arrays 100,000 deep', nested(100_000), 400],
  ['no field at all', '{}', 400],
  ['fields under __proto__', `{"__proto__":${text}}`, 400],
  ['fields under constructor.prototype', `{"constructor":{"prototype":${text}}}`, 400],
  ['bundle_key absent', '{"img":"AAAA"}', 400],
  ['img absent', '{"bundle_key":"unknown"}', 400],
  ...(['bundle_key', 'img'] as const).flatMap((field) =>
    [null, '', 1, true, [], ['a'], {}].map((value): [string, string, 400] => [
      `${field} ${JSON.stringify(value)}`,
      JSON.stringify({ ...good, [field]: value }),
      400,
    ]),
  ),
  ...[null, 1, false, [], {}].map((lang): [string, string, 400] => [
    `lang ${JSON.stringify(lang)}`,
    JSON.stringify({ ...good, lang }),
    400,
  ]),
];

test('station 6: which bodies are a request', async (t) => {
  const simulator = await startSimulator(t);
  const headers = cropHeaders(await simulator.token());
  for (const [sentence, body, status] of bodies) {
    const answer = await simulator.exchange({ path: cropperPath, headers, body });
    t.equal(answer.status, status, sentence);
    t.equal(answer.text, documented[status]);
    t.equal(simulator.log().at(-1)?.rule, status === 400 ? 'MISSING_INPUT' : 'INVALID_BUNDLE_KEY');
  }
});

test('the body limit holds while streaming, and nothing is spent', async (t) => {
  const simulator = await startSimulator(t, { bodyLimit: 10_000 });
  const token = await simulator.token();
  const photo = base64(await blankJpeg());
  const headers = { ...cropHeaders(token), 'transfer-encoding': 'chunked' };
  const answer = await simulator
    .exchange({
      path: cropperPath,
      headers,
      body: JSON.stringify({ bundle_key: bundleKey, img: 'A'.repeat(20_000) }),
    })
    // The server closes while the client still writes: some clients see the reset before the answer.
    .catch((error: NodeJS.ErrnoException) => ({ status: 413, text: documented[413], code: error.code }));
  t.equal(answer.text, documented[413]);
  t.match(simulator.log().at(-1), { rule: 'ENTITY_TOO_LARGE', status: 413 });
  const next = await simulator.crop(token, { bundle_key: bundleKey, img: photo });
  t.match(JSON.parse(next.text), { trials_remaining: '2' }, 'the next call is the first that spends');
});
