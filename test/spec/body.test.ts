import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { test } from 'tap';
import { documented } from '../support/bodies.js';
import { base64, blankJpeg, unreadableJpeg } from '../support/photos.js';
import { bundleKey, cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';

const good = { bundle_key: 'unknown', img: 'AAAA' };
const text = JSON.stringify(good);
const members = (count: number) => Array.from({ length: count }, (_, i) => `"k${i}":0`).join();
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
  ['an unknown field 99 deep', `{"deep":${nested(99)},${text.slice(1)}`, 401],
  ['an unknown field 100,000 deep', `{"deep":${nested(100_000)},${text.slice(1)}`, 400],
  ['9,000 unknown fields', `{${members(9000)},${text.slice(1)}`, 401],
  ['11,000 unknown fields', `{${members(11_000)},${text.slice(1)}`, 400],
  ['11,000 elements', `{"list":[${'0,'.repeat(11_000)}0],${text.slice(1)}`, 400],
  ['brackets, braces and commas in a string', `{"x":"${'[{,:'.repeat(20_000)}",${text.slice(1)}`, 401],
  ['quotes in a string', `{"x":"${'\\"[{,'.repeat(20_000)}",${text.slice(1)}`, 401],
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

const accented = `{"lang":"é",${text.slice(1)}`;
const arabic = `{"lang":"ن",${text.slice(1)}`;
const utf16 = (content: string) => Buffer.from(content, 'utf16le');
const bigEndian = (content: string) => utf16(content).swap16();
const mark = '\ufeff';

/** As stock Django 3.2 with DRF 3.14 answers them: 200 there is 401 here, for the bundle key. */
const charsets: [charset: string, body: string | Buffer, status: 400 | 401, reason?: RegExp][] = [
  ['utf-8', accented, 401],
  ['"UTF8"', accented, 401],
  ['utf_8', accented, 401],
  ['nonsense', accented, 401], // taken for UTF-8
  ['', accented, 401],
  ['iso-8859-1', Buffer.from(accented, 'latin1'), 401],
  ['Latin1', Buffer.from(accented, 'latin1'), 401],
  ['windows-1252', Buffer.from(accented, 'latin1'), 401],
  ['windows-1256', Buffer.from(arabic.replace('ن', 'ä'), 'latin1'), 401],
  ['utf-16', utf16(mark + accented), 401],
  ['UTF-16', bigEndian(mark + accented), 401],
  ['utf-16le', utf16(accented), 401],
  ['utf-16-be', bigEndian(accented), 401],
  ['utf-8-sig', `${mark}${accented}`, 401],
  ['utf-8; charset=iso-8859-1', Buffer.from(accented, 'latin1'), 401],
  ['utf-16', utf16(accented), 400, /^body is not UTF-16; send UTF-8/],
  ['utf-16', accented, 400, /^body is not UTF-16; send UTF-8/],
  ['utf-16', utf16(`${mark}{`), 400, /breaks off/],
  ['utf-16le', utf16(mark + accented), 400, /byte order mark of UTF-16; .* declare charset=utf-16/],
  ['utf-16le', accented, 400, /not (JSON|UTF-16LE)/],
  ['us-ascii', Buffer.from(accented, 'latin1'), 400, /^body is not ASCII/],
  ['utf-8', Buffer.from(accented, 'latin1'), 400, /^body is not UTF-8; send UTF-8, or declare its charset/],
  ['nonsense', Buffer.from(accented, 'latin1'), 400, /the charset that is declared is not known here/],
  ['utf-8', utf16(mark + accented), 400, /UTF-16; send UTF-8, or declare charset=utf-16/],
];

test('station 6: charsets that a body declares', async (t) => {
  const simulator = await startSimulator(t);
  const { authorization } = cropHeaders(await simulator.token());
  for (const [charset, body, status, reason = /bundle key unknown/] of charsets) {
    const headers = { authorization, 'content-type': `application/json; charset=${charset}` };
    const answer = await simulator.exchange({ path: cropperPath, headers, body: Buffer.from(body) });
    t.equal(answer.status, status, `charset=${charset}`);
    t.match(simulator.log().at(-1), { reason }, `charset=${charset}`);
  }
});

test('station 6: a declared charset is that of lang too', async (t) => {
  const simulator = await startSimulator(t);
  const { authorization } = cropHeaders(await simulator.token());
  const headers = { authorization, 'content-type': 'application/json; charset=utf-16' };
  const body = utf16(mark + JSON.stringify({ bundle_key: bundleKey, img: unreadableJpeg, lang: 'ar' }));
  const answer = await simulator.exchange({ path: cropperPath, headers, body });
  t.match(JSON.parse(answer.text), { message: /حدث خطأ/, error_code: 5009 });
});

/** The log says why. */
const faults: [sentence: string, body: string | Buffer, headers: Record<string, string>, reason: RegExp][] = [
  [
    'gzip',
    gzipSync(text),
    { 'content-encoding': 'gzip' },
    /Content-Encoding is not supported; send the body unc/,
  ],
  ['gzip, undeclared', gzipSync(text), {}, /compressed by gzip, which is not supported/],
  ['Brotli', brotliCompressSync(text), { 'content-encoding': 'br' }, /Content-Encoding is not supported/],
  [
    'an encoding that is declared only',
    text,
    { 'content-encoding': 'gzip' },
    /Content-Encoding is not supported/,
  ],
  ['deflate', deflateSync(text), { 'content-encoding': 'deflate' }, /Content-Encoding is not supported/],
  [
    'gzip declared as ISO-8859-1',
    gzipSync(text),
    { 'content-encoding': 'gzip', 'content-type': 'application/json; charset=iso-8859-1' },
    /Content-Encoding is not supported/,
  ],
  ['a byte order mark', `${mark}${text}`, {}, /begins with a byte order mark; send it without/],
  ['a form', 'bundle_key=x&img=A', {}, /looks like a form/],
  ['multipart', '--x\r\nContent-Disposition: form-data', {}, /looks like multipart/],
  ['XML', '<a/>', {}, /looks like XML/],
  ['an object of Python', "{'bundle_key': 'x'}", {}, /single quotes/],
  ['an object of JavaScript', '[object Object]', {}, /without JSON.stringify/],
  ['a photo alone', '/9j/4AAQ', {}, /the photo alone/],
  ['white space', '  ', {}, /it is empty/],
  ['cut off', text.slice(0, -9), {}, /breaks off before its end/],
  ['nothing', '', {}, /body empty; send JSON with/],
  ['an array', '[]', {}, /not a JSON object; send one with/],
];

test('station 6: the log says what is wrong with a body', async (t) => {
  const simulator = await startSimulator(t);
  const good = cropHeaders(await simulator.token());
  for (const [sentence, body, headers, reason] of faults) {
    const answer = await simulator.exchange({ path: cropperPath, headers: { ...good, ...headers }, body });
    t.equal(answer.text, documented[400], sentence);
    t.match(simulator.log().at(-1), { status: 400, rule: 'MISSING_INPUT', reason }, sentence);
  }
  for (const encoding of ['identity', 'Identity', '']) {
    const headers = { ...good, 'content-encoding': encoding };
    t.equal((await simulator.exchange({ path: cropperPath, headers, body: text })).status, 401, encoding);
  }
});

test('a type that is none, without a body, is a missing body', async (t) => {
  const simulator = await startSimulator(t);
  const { authorization } = cropHeaders(await simulator.token());
  for (const type of ['', 'nonsense', '; charset=utf-8']) {
    const headers = { authorization, 'content-type': type };
    const answer = await simulator.exchange({ path: cropperPath, headers });
    t.equal(answer.text, documented[400], type);
    t.match(simulator.log().at(-1), { rule: 'MISSING_INPUT', reason: /body empty/ });
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
